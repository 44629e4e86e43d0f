import { Box, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EntryList } from '../../components/entry-list.tsx';
import { Pages, pageSize } from '../../components/list-panel.tsx';
import { PickDialog } from '../../components/pick-dialog.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { namesQuery, type RuleSubject, ruleChoices } from './access.queries.ts';
import { DropButton } from './drop-button.tsx';

type Props = { subject: RuleSubject; ids: string[]; onChange: (ids: string[]) => void };

/** The users, roles or organizations that may enter, as edited; the names of one page of them are asked for at a time. */
export function RuleSection({ subject, ids, onChange }: Props) {
  const { access: t } = usePhrases().applicationTabs;
  const { api } = useConsole();
  const [picking, { open, close }] = useDisclosure(false);
  const [page, setPage] = useState(1);
  const last = Math.max(1, Math.ceil(ids.length / pageSize));
  const current = Math.min(page, last);
  const shown = ids.slice((current - 1) * pageSize, current * pageSize);
  const query = useQuery({ ...namesQuery(api, subject, shown), placeholderData: keepPreviousData });
  const { title, hint, none, add } = t.subjects[subject];
  return (
    <Section
      title={title}
      description={hint}
      actions={
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
          {add}
        </Button>
      }
    >
      <EntryList
        query={query}
        items={(names) => shown.map((id) => names.find((name) => name.id === id) ?? { id, label: id, hint: undefined })}
        none={none}
        entry={({ id, label, hint: about }) => ({
          id,
          title: label,
          hint: about,
          action: <DropButton name={label} onDrop={() => onChange(ids.filter((other) => other !== id))} />,
        })}
      />
      {last > 1 && (
        <Box>
          <Pages total={ids.length} page={current} onPage={(next) => setPage(next ?? 1)} />
        </Box>
      )}
      <PickDialog
        opened={picking}
        title={add}
        choices={ruleChoices(api, subject)}
        none={t.nothingToAdd}
        done={null}
        onPick={async (picked) => onChange([...new Set([...ids, ...picked])])}
        onClose={close}
      />
    </Section>
  );
}
