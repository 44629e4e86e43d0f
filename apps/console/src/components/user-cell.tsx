import { Avatar, Badge, Box, Group, Text } from '@mantine/core';
import { usePhrases } from '../i18n/language.tsx';
import { NameLink } from './link.tsx';
import { userHint, userName } from './user-name.ts';

type Props = { user: Parameters<typeof userName>[0] & { avatar: string | null; isSuspended: boolean } };

/** A user in a list: face, name, and the way to the details. */
export function UserCell({ user }: Props) {
  const { users: t } = usePhrases();
  const name = userName(user);
  return (
    <Group gap="sm" wrap="nowrap">
      <Avatar src={user.avatar} name={name} color="door" size={34} alt="" aria-hidden />
      <Box miw={0}>
        <Group gap="xs">
          <NameLink to="/users/$userId/$tab" params={{ userId: user.id, tab: 'settings' }}>
            {name}
          </NameLink>
          {user.isSuspended && (
            <Badge color="red" variant="light">
              {t.suspended}
            </Badge>
          )}
        </Group>
        <Text size="sm" className="quiet">
          {userHint(user)}
        </Text>
      </Box>
    </Group>
  );
}
