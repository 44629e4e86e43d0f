import { getRouteApi } from '@tanstack/react-router';
import { PageHeader } from '../../components/page-header.tsx';
import { PageTabs } from '../../components/page-tabs.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { OrganizationRoles } from './organization-roles.tsx';
import { TemplatePermissionsTab } from './template-permissions-tab.tsx';

const route = getRouteApi('/signed-in/organization-template/$tab');
const tabs = ['organization-roles', 'organization-permissions'] as const;

/** What all organizations have in common. */
export function OrganizationTemplatePage() {
  const { template: t } = usePhrases().organizations;
  const { tab } = route.useParams();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader title={t.title} part={t.tabs[tab]} description={t.lead} />
      <PageTabs
        label={t.title}
        value={tab}
        tabs={tabs.map((value) => ({ value, label: t.tabs[value] }))}
        onChange={(next) => navigate({ params: { tab: next } })}
      >
        {tab === 'organization-roles' ? <OrganizationRoles /> : <TemplatePermissionsTab />}
      </PageTabs>
    </>
  );
}
