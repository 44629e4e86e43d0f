import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/operations.ts';
import { BackLink } from '../../components/back-link.tsx';
import { CopyableId } from '../../components/copyable-id.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageTabs } from '../../components/page-tabs.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { LogsTab } from '../audit-logs/logs-tab.tsx';
import { BrandingTab } from './branding-tab.tsx';
import { InvitationsTab } from './invitations-tab.tsx';
import { JoiningTab } from './joining-tab.tsx';
import { ApplicationsTab, MembersTab } from './members-tabs.tsx';
import { OrganizationRoles } from './organization-roles.tsx';
import { organizationQuery } from './organizations.queries.ts';
import { SettingsTab } from './settings-tab.tsx';

const route = getRouteApi('/signed-in/organizations/$organizationId/$tab');
const tabs = [
  'settings',
  'members',
  'roles',
  'joining',
  'invitations',
  'machine-to-machine',
  'branding',
  'history',
] as const;

export type Organization = AnswerOf<'GET /api/organizations/:id'>;

/** One organization: what it is, and who belongs to it. */
export function OrganizationPage() {
  const { organizationId } = route.useParams();
  const { api } = useConsole();
  const query = useQuery(organizationQuery(api, organizationId));
  return (
    <Loaded query={query}>{(organization) => <Details key={organization.id} organization={organization} />}</Loaded>
  );
}

function Details({ organization }: { organization: Organization }) {
  const { organizations: t, lists } = usePhrases();
  const { tab } = route.useParams();
  const navigate = route.useNavigate();
  const { id, name } = organization;
  return (
    <>
      <PageHeader
        above={<BackLink to="/organizations">{t.back}</BackLink>}
        title={name}
        part={t.tabs[tab]}
        description={<CopyableId id={id} of={name} />}
      />
      <PageTabs
        label={lists.parts({ name })}
        value={tab}
        tabs={tabs.map((value) => ({ value, label: t.tabs[value] }))}
        onChange={(next) => navigate({ params: { organizationId: id, tab: next } })}
      >
        {tab === 'settings' && <SettingsTab organization={organization} />}
        {tab === 'members' && <MembersTab organizationId={id} />}
        {tab === 'roles' && <OrganizationRoles organizationId={id} />}
        {tab === 'joining' && <JoiningTab organizationId={id} />}
        {tab === 'invitations' && <InvitationsTab organizationId={id} />}
        {tab === 'machine-to-machine' && <ApplicationsTab organizationId={id} />}
        {tab === 'branding' && <BrandingTab organization={organization} />}
        {tab === 'history' && <LogsTab of={{ targetType: 'Organization', targetId: id }} name={name} />}
      </PageTabs>
    </>
  );
}
