import { Button, Group, NativeSelect, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { sessionQuery, useSaveSession } from './oidc.queries.ts';

const secondsOf = { days: 86_400, hours: 3600, minutes: 60 } as const;
type Unit = keyof typeof secondsOf;
const units = Object.keys(secondsOf) as Unit[];
const maxDays = 365;

/** The largest unit in which a time is a whole number. */
const unitOf = (seconds: number): Unit => units.find((unit) => seconds % secondsOf[unit] === 0) ?? 'minutes';

/** How long somebody stays signed in. */
export function SessionSection() {
  const { oidc: t } = usePhrases();
  const { api } = useConsole();
  const query = useQuery(sessionQuery(api));
  return (
    <Section title={t.session.title} description={t.session.lead}>
      <Loaded query={query} height={61}>
        {({ ttl }) => <SessionForm key={ttl} ttl={ttl} />}
      </Loaded>
    </Section>
  );
}

function SessionForm({ ttl }: { ttl: number }) {
  const { oidc, shell } = usePhrases();
  const { session: t } = oidc;
  const save = useSaveSession();
  const [unit, setUnit] = useState(unitOf(ttl));
  const [time, setTime] = useState<number | string>(ttl / secondsOf[unitOf(ttl)]);
  const seconds = Number(time) * secondsOf[unit];
  const wrong = !Number.isInteger(seconds) || seconds < 1 || seconds > maxDays * secondsOf.days;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) save.mutate(seconds, { onSuccess: () => notifyDone(shell.form.saved) });
      }}
    >
      <Group align="flex-start">
        <NumberInput
          label={t.ttl}
          min={1}
          allowDecimal={false}
          error={wrong && t.wrong}
          value={time}
          onChange={setTime}
        />
        <NativeSelect
          label={t.unit}
          data={units.map((value) => ({ value, label: oidc.units[value] }))}
          value={unit}
          onChange={({ currentTarget: { value } }) => setUnit(units.find((known) => known === value) ?? unit)}
        />
        <Button type="submit" variant="default" mt={25} loading={save.isPending} disabled={wrong || seconds === ttl}>
          {shell.actions.save}
        </Button>
      </Group>
      {save.error && <FailureAlert error={save.error} />}
    </form>
  );
}
