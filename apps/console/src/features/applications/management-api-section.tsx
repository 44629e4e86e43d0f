import type { ApplicationDetails } from '@latchkey/server/contract';
import { Switch } from '@mantine/core';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useSetManagementAccess } from './applications.queries.ts';

/** Lets a machine-to-machine application call this tenant's `/api`; saved at once, because it stands alone. */
export function ManagementApiSection({ application }: { application: ApplicationDetails }) {
  const { applications, shell } = usePhrases();
  const { managementApi: t } = applications.details;
  const { config } = useConsole();
  const setAccess = useSetManagementAccess(application.id);
  const change = (allowed: boolean) => setAccess.mutate(allowed, { onSuccess: () => notifyDone(shell.form.saved) });

  return (
    <Section title={t.title} description={t.hint}>
      <Switch
        label={t.allow}
        description={t.allowHint}
        checked={setAccess.isPending ? setAccess.variables : application.isAdmin}
        disabled={setAccess.isPending}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      {setAccess.error && <FailureAlert error={setAccess.error} />}
      <CopyableValue label={t.resource} value={config.managementResource} />
    </Section>
  );
}
