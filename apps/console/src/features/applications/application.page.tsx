import type { ApplicationDetails } from '@latchkey/server/contract';
import { Badge, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { BackLink } from '../../components/back-link.tsx';
import { CopyableId } from '../../components/copyable-id.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { NotFound } from '../../components/not-found.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageTabs } from '../../components/page-tabs.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { LogsTab } from '../audit-logs/logs-tab.tsx';
import { WhySection } from '../authorization/why-section.tsx';
import { Memberships } from '../organizations/memberships.tsx';
import { ProtectedSettingsTab } from '../protected-applications/protected-settings-tab.tsx';
import { HeldRoles } from '../roles/held-roles.tsx';
import { SamlSettingsTab } from '../saml-applications/saml-settings-tab.tsx';
import { AccessTab } from './access-tab.tsx';
import { applicationQuery } from './applications.queries.ts';
import { BrandingTab } from './branding-tab.tsx';
import { ConsentTab } from './consent-tab.tsx';
import { ManagementApiSection } from './management-api-section.tsx';
import { SettingsTab } from './settings-tab.tsx';

const route = getRouteApi('/signed-in/applications/$applicationId/$tab');

/** Everything about one application. */
export function ApplicationPage() {
  const { applicationId } = route.useParams();
  const { api } = useConsole();
  const query = useQuery(applicationQuery(api, applicationId));
  return <Loaded query={query}>{(application) => <Details key={application.id} application={application} />}</Loaded>;
}

/** A machine has roles and organizations where people are let in, asked and shown a page. */
function tabsOf({ type, isThirdParty }: ApplicationDetails) {
  if (type === 'MachineToMachine') return ['settings', 'roles', 'organizations', 'logs'] as const;
  if (isThirdParty) return ['settings', 'permissions', 'access', 'branding', 'logs'] as const;
  return ['settings', 'access', 'branding', 'logs'] as const;
}

function Details({ application }: { application: ApplicationDetails }) {
  const { applications: t, lists } = usePhrases();
  const { tab } = route.useParams();
  const navigate = route.useNavigate();
  const { id, name, type, isThirdParty } = application;
  const tabs = tabsOf(application);
  const shown = tabs.find((value) => value === tab);
  if (!shown) return <NotFound />;

  return (
    <>
      <PageHeader
        above={<BackLink to="/applications">{t.details.back}</BackLink>}
        title={name}
        part={t.tabs[shown]}
        description={
          <Group component="span" gap="xs">
            {t.types[type]}
            {isThirdParty && (
              <Badge component="span" variant="light" color="gray" tt="none">
                {t.thirdParty}
              </Badge>
            )}
            <CopyableId id={id} of={name} />
          </Group>
        }
      />
      <PageTabs
        label={lists.parts({ name })}
        value={shown}
        tabs={tabs.map((value) => ({ value, label: t.tabs[value] }))}
        onChange={(next) => navigate({ params: { applicationId: id, tab: next } })}
      >
        {shown === 'settings' && <Settings application={application} />}
        {shown === 'roles' && (
          <Stack gap="lg">
            <ManagementApiSection application={application} />
            <HeldRoles holder={{ applicationId: id }} />
            <WhySection holder={{ applicationId: id }} name={name} />
          </Stack>
        )}
        {shown === 'organizations' && <Memberships holder={{ applicationId: id }} name={name} />}
        {shown === 'permissions' && <ConsentTab applicationId={id} />}
        {shown === 'access' && <AccessTab application={application} />}
        {shown === 'branding' && <BrandingTab application={application} />}
        {shown === 'logs' && <LogsTab of={{ applicationId: id }} name={name} />}
      </PageTabs>
    </>
  );
}

function Settings({ application }: { application: ApplicationDetails }) {
  if (application.type === 'SAML') return <SamlSettingsTab application={application} />;
  if (application.type === 'Protected') return <ProtectedSettingsTab application={application} />;
  return <SettingsTab application={application} />;
}
