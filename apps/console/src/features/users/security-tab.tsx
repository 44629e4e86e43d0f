import type { User } from '@latchkey/server/contract';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { FactorsSection, TrustedDevicesSection } from './factors-sections.tsx';
import { generatePassword } from './generate-password.ts';
import { PersonalTokensSection } from './personal-tokens-section.tsx';
import { GrantsSection, SessionsSection } from './sessions-sections.tsx';
import { useExpirePassword, useSetPassword } from './users.queries.ts';

/** How the user signs in, and where the user is signed in. */
export function SecurityTab({ user }: { user: User }) {
  return (
    <Stack gap="lg">
      <PasswordSection user={user} />
      <FactorsSection userId={user.id} />
      <TrustedDevicesSection userId={user.id} />
      <PersonalTokensSection userId={user.id} />
      <SessionsSection userId={user.id} />
      <GrantsSection userId={user.id} />
    </Stack>
  );
}

function PasswordSection({ user }: { user: User }) {
  const { password: t } = usePhrases().users;
  const [asking, setAsking] = useState<'reset' | 'expire' | null>(null);
  const [made, setMade] = useState('');
  const [showing, { open, close }] = useDisclosure(false);
  const set = useSetPassword(user.id);
  const expire = useExpirePassword(user.id);
  const keep = () => {
    setAsking(null);
    set.reset();
    expire.reset();
  };
  const reset = () => {
    const password = generatePassword();
    set.mutate(password, {
      onSuccess: () => {
        setMade(password);
        setAsking(null);
        open();
      },
    });
  };
  const demand = () =>
    expire.mutate(undefined, {
      onSuccess: () => {
        setAsking(null);
        notifyDone(t.expired);
      },
    });
  return (
    <Section
      title={t.title}
      description={t.hint}
      actions={
        <Group gap="xs">
          {user.hasPassword && (
            <Button variant="default" size="xs" onClick={() => setAsking('expire')}>
              {t.expire}
            </Button>
          )}
          <Button variant="default" size="xs" onClick={() => setAsking('reset')}>
            {t.reset}
          </Button>
        </Group>
      }
    >
      <Text size="sm">{user.hasPassword ? t.has : t.hasNot}</Text>
      <ConfirmDialog
        opened={asking === 'reset'}
        title={t.reset}
        confirmLabel={t.reset}
        pending={set.isPending}
        error={set.error}
        onConfirm={reset}
        onClose={keep}
      >
        {t.resetBody}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'expire'}
        title={t.expire}
        confirmLabel={t.expire}
        pending={expire.isPending}
        error={expire.error}
        onConfirm={demand}
        onClose={keep}
      >
        {t.expireBody}
      </ConfirmDialog>
      <Dialog opened={showing} title={t.newTitle} onClose={close}>
        <Stack>
          <Text size="sm">{t.newBody}</Text>
          <CopyableValue label={t.value} value={made} />
          <Group justify="flex-end">
            <Button onClick={close}>{t.shown}</Button>
          </Group>
        </Stack>
      </Dialog>
    </Section>
  );
}
