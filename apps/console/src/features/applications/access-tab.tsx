import type { AccessRules, ApplicationDetails } from '@latchkey/server/contract';
import { Stack, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { accessRulesQuery, useSaveAccessRules, useSwitchAccessRules } from './access.queries.ts';
import { AccessCheckSection } from './access-check-section.tsx';
import { OrganizationRolesSection } from './access-organization-roles.tsx';
import { RuleSection } from './access-rule-section.tsx';

/** Whom the application lets in, and the question whether one user could enter. */
export function AccessTab({ application }: { application: ApplicationDetails }) {
  const { api } = useConsole();
  const query = useQuery(accessRulesQuery(api, application.id));
  return (
    <Loaded query={query}>
      {(rules) => (
        <Stack gap="lg">
          <SwitchSection application={application} isEmpty={isEmpty(rules)} />
          <RulesForm applicationId={application.id} rules={rules} />
          <AccessCheckSection applicationId={application.id} />
        </Stack>
      )}
    </Loaded>
  );
}

const isEmpty = (rules: AccessRules) => Object.values(rules).every((list) => list.length === 0);

/** Saved at once, because it stands alone; asks first when nobody at all could enter any more. */
function SwitchSection({ application, isEmpty }: { application: ApplicationDetails; isEmpty: boolean }) {
  const { applicationTabs, shell } = usePhrases();
  const { access: t } = applicationTabs;
  const [asking, { open, close }] = useDisclosure(false);
  const change = useSwitchAccessRules(application);
  const enabled = change.isPending ? change.variables : application.appLevelAccessControlEnabled;
  const set = (next: boolean) =>
    change.mutate(next, {
      onSuccess: () => {
        close();
        notifyDone(shell.form.saved);
      },
    });
  return (
    <Section title={t.title} description={t.lead}>
      <Switch
        label={t.enable}
        description={enabled ? t.enabledHint : t.disabledHint}
        checked={enabled}
        disabled={change.isPending}
        onChange={({ currentTarget: { checked } }) => (checked && isEmpty ? open() : set(checked))}
      />
      {change.error && !asking && <FailureAlert error={change.error} />}
      <ConfirmDialog
        opened={asking}
        title={t.lockOutTitle}
        confirmLabel={t.enable}
        pending={change.isPending}
        error={change.error}
        onConfirm={() => set(true)}
        onClose={close}
      >
        {t.lockOut}
      </ConfirmDialog>
    </Section>
  );
}

/** All rules are one list on the server, so they are edited together and saved whole. */
function RulesForm({ applicationId, rules }: { applicationId: string; rules: AccessRules }) {
  const { shell } = usePhrases();
  const [saved, setSaved] = useState(rules);
  const [draft, setDraft] = useState(rules);
  const save = useSaveAccessRules(applicationId);
  const change = (part: Partial<AccessRules>) => setDraft({ ...draft, ...part });
  const submit = () =>
    save.mutate(draft, {
      onSuccess: (answer) => {
        setSaved(answer);
        setDraft(answer);
        notifyDone(shell.form.saved);
      },
    });
  return (
    <Stack gap="lg">
      <RuleSection subject="users" ids={draft.userIds} onChange={(userIds) => change({ userIds })} />
      <RuleSection subject="roles" ids={draft.userRoleIds} onChange={(userRoleIds) => change({ userRoleIds })} />
      <RuleSection
        subject="organizations"
        ids={draft.organizationIds}
        onChange={(organizationIds) => change({ organizationIds })}
      />
      <OrganizationRolesSection
        rules={draft.organizationRoleRules}
        onChange={(organizationRoleRules) => change({ organizationRoleRules })}
      />
      {save.error && <FailureAlert error={save.error} />}
      <SaveBar dirty={draft !== saved} pending={save.isPending} onDiscard={() => setDraft(saved)} onSave={submit} />
    </Stack>
  );
}
