import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { usePhrases } from '../i18n/language.tsx';

/** A field for what nobody should read over a shoulder; its eye can be reached and names the field in the reader's language. */
export function SecretInput(props: PasswordInputProps & { label: string }) {
  const { actions: t } = usePhrases().shell;
  const [visible, { toggle }] = useDisclosure(false);
  const { label } = props;
  return (
    <PasswordInput
      autoComplete="off"
      {...props}
      visible={visible}
      onVisibilityChange={toggle}
      visibilityToggleButtonProps={{
        'aria-label': visible ? t.concealOf({ label }) : t.revealOf({ label }),
        'aria-hidden': false,
        tabIndex: 0,
      }}
    />
  );
}
