import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { errorMessage } from '../components/error-message.ts';
import { notifyFailed } from '../components/notify.ts';
import { useConsole } from '../console-context.tsx';
import { usePhrases } from '../i18n/language.tsx';

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { shell: t } = usePhrases();
  const { session } = useConsole();
  const { data: claims } = useQuery({
    queryKey: ['session-claims'],
    queryFn: () => session.claims(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const name = claims?.name ?? claims?.username ?? claims?.sub ?? '';
  const signOut = () => session.signOut().catch((error: unknown) => notifyFailed(errorMessage(error, t)));

  return (
    <Menu position="bottom-end" withArrow width={220}>
      <Menu.Target>
        <UnstyledButton ms={4} style={{ borderRadius: '50%' }}>
          <Avatar src={claims?.picture} name={name} size={32} color="door" alt="" aria-hidden />
          <span className="visually-hidden">{t.account.menu}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {t.account.signedInAs}
          <Text fw={600} truncate c="var(--mantine-color-text)">
            {name}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          {t.account.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
