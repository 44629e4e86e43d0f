import type { User } from '@latchkey/server/contract';
import { Box, Table } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { CopyableId } from '../../components/copyable-id.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useUnlink } from './users.queries.ts';

/** The user's accounts at social providers. */
export function IdentitiesTab({ user }: { user: User }) {
  const { users, lists } = usePhrases();
  const { identities: t } = users;
  const unlink = useUnlink(user.id);
  const identities = Object.entries(user.identities);
  if (identities.length === 0)
    return (
      <Box className="surface">
        <EmptyState icon={<IconLink size={28} />} title={t.none} description={t.noneHint} />
      </Box>
    );
  return (
    <Box className="surface">
      <Table verticalSpacing="sm" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.target}</Table.Th>
            <Table.Th>{t.userId}</Table.Th>
            <Table.Th w={1}>
              <span className="visually-hidden">{lists.actions}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {identities.map(([target, { userId }]) => (
            <Table.Tr key={target}>
              <Table.Td>{target}</Table.Td>
              <Table.Td>
                <CopyableId id={userId} of={target} />
              </Table.Td>
              <Table.Td>
                <RemoveButton
                  label={lists.removeOf({ name: target })}
                  title={lists.removeTitle({ name: target })}
                  done={lists.removed({ name: target })}
                  onRemove={() => unlink.mutateAsync(target)}
                >
                  {t.removeBody}
                </RemoveButton>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
