import type { AuditLogSettings } from '@latchkey/server/contract';
import { Button, Group, NumberInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useSaveRetention } from './settings.queries.ts';

const MAX_DAYS = 36_500;
const kinds = ['protocol', 'signIn', 'change'] as const;
type Days = Record<(typeof kinds)[number], number | ''>;

/** An empty field keeps entries for ever. */
const toForm = ({ retentionDays: { protocol, signIn, change } }: AuditLogSettings): Days => ({
  protocol: protocol ?? '',
  signIn: signIn ?? '',
  change: change ?? '',
});

/** Days that entries of each kind are kept. */
export function RetentionSection({ settings }: { settings: AuditLogSettings }) {
  const { auditLogs, shell } = usePhrases();
  const t = auditLogs.settings;
  const save = useSaveRetention();
  const form = useForm({ initialValues: toForm(settings) });
  const submit = form.onSubmit(({ protocol, signIn, change }) =>
    save.mutate(
      { protocol: protocol || null, signIn: signIn || null, change: change || null },
      {
        onSuccess: (saved) => {
          form.setInitialValues(toForm(saved));
          form.reset();
          notifyDone(shell.form.saved);
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Section title={t.retention} description={t.retentionHint}>
        <Group align="end">
          {kinds.map((kind) => (
            <NumberInput
              key={kind}
              flex="1 1 10rem"
              label={auditLogs.kinds[kind]}
              placeholder={t.forEver}
              suffix={t.days}
              min={1}
              max={MAX_DAYS}
              allowDecimal={false}
              allowNegative={false}
              {...form.getInputProps(kind)}
            />
          ))}
        </Group>
        {save.error && <FailureAlert error={save.error} />}
        <Group>
          <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
            {shell.actions.save}
          </Button>
        </Group>
      </Section>
    </form>
  );
}
