import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { type AuditedObject, differenceQuery, type Moments } from './audit-logs.queries.ts';
import { shownChange } from './changes.ts';
import { ChangesTable } from './changes-table.tsx';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A moment as a field of the reader's own time zone has it. */
const toField = (time: number): string =>
  new Date(time - new Date(time).getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);

/** What is different in an object between two moments that are chosen. */
export function CompareMoments({ of }: { of: AuditedObject }) {
  const { history: t } = usePhrases().auditLogs;
  const [from, setFrom] = useState(() => toField(Date.now() - DAY_MS));
  // The minute that has begun is over by then.
  const [to, setTo] = useState(() => toField(Date.now() + MINUTE_MS));
  const [moments, setMoments] = useState<Moments>();
  const compare = (event: FormEvent) => {
    event.preventDefault();
    setMoments({ from: new Date(from).getTime(), to: new Date(to).getTime() });
  };
  return (
    <Stack component="section" aria-label={t.compareTitle}>
      <form onSubmit={compare}>
        <Group align="end">
          <TextInput
            type="datetime-local"
            flex="1 1 12rem"
            label={t.from}
            value={from}
            required
            withAsterisk={false}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            flex="1 1 12rem"
            label={t.to}
            value={to}
            required
            withAsterisk={false}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            {t.compare}
          </Button>
        </Group>
      </form>
      {moments && <Difference of={of} moments={moments} />}
    </Stack>
  );
}

function Difference({ of, moments }: { of: AuditedObject; moments: Moments }) {
  const { history: t } = usePhrases().auditLogs;
  const { api } = useConsole();
  const query = useQuery(differenceQuery(api, of, moments));
  return (
    <Loaded query={query}>
      {({ from, to, changes }) => (
        <div role="status">
          {from.state === null && to.state !== null && <Text size="sm">{t.notYet}</Text>}
          {from.state !== null && to.state === null && <Text size="sm">{t.noMore}</Text>}
          {changes.length === 0 ? <Text>{t.same}</Text> : <ChangesTable changes={changes.map(shownChange)} />}
        </div>
      )}
    </Loaded>
  );
}
