import { Table } from '@mantine/core';
import { usePhrases } from '../../i18n/language.tsx';
import type { Change } from './changes.ts';

/** Fields that differ, with what they were and what they are. */
export function ChangesTable({ changes }: { changes: Change[] }) {
  const { auditLogs: t } = usePhrases();
  return (
    <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} role="group" aria-label={t.changes}>
      <Table>
        <Table.Caption>{t.changes}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.field}</Table.Th>
            <Table.Th>{t.before}</Table.Th>
            <Table.Th>{t.after}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ field, before, after }) => (
            <Table.Tr key={field}>
              <Table.Td className="mono" style={{ overflowWrap: 'anywhere' }}>
                {field}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{before}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{after}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
