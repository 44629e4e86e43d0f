import type { AccessDecision } from '@latchkey/server/contract';
import { Alert, Button, List, Stack } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import type { Choice } from '../../components/pick-dialog.tsx';
import { SearchSelect } from '../../components/search-select.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { organizationRolesQuery } from '../organizations/organizations.queries.ts';
import { namesQuery, ruleChoices, useCheckAccess } from './access.queries.ts';

type Reason = AccessDecision['reasons'][number];

/** Asks, as a sign-in would, whether one user could enter; nobody is signed in by it. */
export function AccessCheckSection({ applicationId }: { applicationId: string }) {
  const { access: t } = usePhrases().applicationTabs;
  const { api } = useConsole();
  const [user, setUser] = useState<Choice | null>(null);
  const check = useCheckAccess(applicationId);
  return (
    <Section title={t.check.title} description={t.check.hint}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (user) check.mutate(user.id);
        }}
      >
        <Stack align="stretch" maw={480}>
          <SearchSelect
            label={t.check.user}
            choices={ruleChoices(api, 'users')}
            chosen={user}
            onChoose={(choice) => {
              setUser(choice);
              check.reset();
            }}
          />
          <Button
            type="submit"
            variant="default"
            disabled={user === null}
            loading={check.isPending}
            style={{ alignSelf: 'start' }}
          >
            {t.check.ask}
          </Button>
        </Stack>
      </form>
      {check.error && <FailureAlert error={check.error} />}
      {check.data && user && <Decision decision={check.data} name={user.label} />}
    </Section>
  );
}

/** The answer in words, with every rule that lets the user in. */
function Decision({ decision, name }: { decision: AccessDecision; name: string }) {
  const { check: t } = usePhrases().applicationTabs.access;
  const { enabled, allowed, reasons } = decision;
  const listed = reasons.length > 0;
  const title = allowed ? t.allowed({ name }) : t.refused({ name });
  return (
    <Alert
      role="status"
      color={allowed ? 'door' : 'red'}
      icon={allowed ? <IconCircleCheck aria-hidden /> : <IconCircleX aria-hidden />}
      title={title}
    >
      {!enabled && (listed ? t.offListed : t.offUnlisted)}
      {enabled && !listed && t.noRule}
      {listed && (
        <List size="sm" mt={enabled ? 0 : 'xs'}>
          {reasons.map((reason) => (
            <List.Item key={`${reason.rule}/${reason.id}/${reason.organizationRoleId ?? ''}`}>
              <ReasonText reason={reason} />
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}

function ReasonText({ reason }: { reason: Reason }) {
  const { check: t } = usePhrases().applicationTabs.access;
  switch (reason.rule) {
    case 'user':
      return t.byUser;
    case 'role':
      return <NamedReason subject="roles" id={reason.id} text={t.byRole} />;
    case 'organization':
      return <NamedReason subject="organizations" id={reason.id} text={t.byOrganization} />;
    case 'organization-role':
      return <OrganizationRoleReason organizationId={reason.id} roleId={reason.organizationRoleId ?? ''} />;
  }
}

type NamedProps = { subject: 'roles' | 'organizations'; id: string; text: (of: { name: string }) => string };

function NamedReason({ subject, id, text }: NamedProps) {
  const { api } = useConsole();
  const { data } = useQuery(namesQuery(api, subject, [id]));
  return text({ name: data?.[0]?.label ?? id });
}

function OrganizationRoleReason({ organizationId, roleId }: { organizationId: string; roleId: string }) {
  const { check: t } = usePhrases().applicationTabs.access;
  const { api } = useConsole();
  const roles = useQuery(organizationRolesQuery(api, organizationId));
  const role = roles.data?.find(({ id }) => id === roleId)?.name ?? roleId;
  return (
    <NamedReason
      subject="organizations"
      id={organizationId}
      text={({ name }) => t.byOrganizationRole({ role, organization: name })}
    />
  );
}
