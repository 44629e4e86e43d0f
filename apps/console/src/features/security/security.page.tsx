import { Tabs } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { PageHeader } from '../../components/page-header.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { BlocklistTab } from './blocklist-tab.tsx';
import { CaptchaTab } from './captcha-tab.tsx';
import { GeneralTab } from './general-tab.tsx';
import { PasswordPolicyTab } from './password-policy-tab.tsx';

const tabs = [
  { name: 'captcha', Panel: CaptchaTab },
  { name: 'password-policy', Panel: PasswordPolicyTab },
  { name: 'general', Panel: GeneralTab },
  { name: 'blocklist', Panel: BlocklistTab },
] as const;

/** What keeps programs, guessing and unwanted addresses out. */
export function SecurityPage() {
  const { security: t } = usePhrases();
  const { tab } = useParams({ from: '/signed-in/security/$tab' });
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t.title} description={t.lead} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => {
          const next = tabs.find(({ name }) => name === value);
          if (next) void navigate({ to: '/security/$tab', params: { tab: next.name } });
        }}
      >
        <Tabs.List aria-label={t.tabs.label} mb="lg">
          {tabs.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {t.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ name, Panel }) => (
          <Tabs.Panel key={name} value={name}>
            <Panel />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
