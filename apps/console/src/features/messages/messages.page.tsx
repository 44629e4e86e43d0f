import { getRouteApi } from '@tanstack/react-router';
import { PageHeader } from '../../components/page-header.tsx';
import { PageTabs } from '../../components/page-tabs.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { DeliveriesTab } from './deliveries-tab.tsx';
import { InboxTab } from './inbox-tab.tsx';
import { ProvidersTab } from './providers-tab.tsx';
import { TemplatesTab } from './templates-tab.tsx';

const route = getRouteApi('/signed-in/messages/$tab');
const tabs = ['inbox', 'providers', 'templates', 'deliveries'] as const;

/** E-mail and SMS: what was not sent, by which providers, in which words, and what became of it. */
export function MessagesPage() {
  const { messages: t } = usePhrases();
  const { tab } = route.useParams();
  const navigate = route.useNavigate();

  return (
    <>
      <PageHeader title={t.title} part={t.tabs[tab]} description={t.lead} />
      <PageTabs
        label={t.tabs.label}
        value={tab}
        tabs={tabs.map((value) => ({ value, label: t.tabs[value] }))}
        onChange={(next) => navigate({ params: { tab: next } })}
      >
        {tab === 'inbox' && <InboxTab />}
        {tab === 'providers' && <ProvidersTab />}
        {tab === 'templates' && <TemplatesTab />}
        {tab === 'deliveries' && <DeliveriesTab />}
      </PageTabs>
    </>
  );
}
