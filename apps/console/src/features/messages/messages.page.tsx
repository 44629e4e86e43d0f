import { Tabs } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { PageHeader } from '../../components/page-header.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { DeliveriesTab } from './deliveries-tab.tsx';
import { InboxTab } from './inbox-tab.tsx';
import { ProvidersTab } from './providers-tab.tsx';
import { TemplatesTab } from './templates-tab.tsx';

const tabs = ['inbox', 'providers', 'templates', 'deliveries'] as const;

/** E-mail and SMS: what was not sent, by which providers, in which words, and what became of it. */
export function MessagesPage() {
  const { messages: t } = usePhrases();
  const { tab } = useParams({ from: '/signed-in/messages/$tab' });
  const navigate = useNavigate();

  return (
    <>
      <PageHeader title={t.title} description={t.lead} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => {
          const next = tabs.find((candidate) => candidate === value);
          if (next) void navigate({ to: '/messages/$tab', params: { tab: next } });
        }}
      >
        <Tabs.List aria-label={t.tabs.label} mb="lg">
          {tabs.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {t.tabs[value]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="inbox">
          <InboxTab />
        </Tabs.Panel>
        <Tabs.Panel value="providers">
          <ProvidersTab />
        </Tabs.Panel>
        <Tabs.Panel value="templates">
          <TemplatesTab />
        </Tabs.Panel>
        <Tabs.Panel value="deliveries">
          <DeliveriesTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
