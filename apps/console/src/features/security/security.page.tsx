import { getRouteApi } from '@tanstack/react-router';
import { PageHeader } from '../../components/page-header.tsx';
import { PageTabs } from '../../components/page-tabs.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { BlocklistTab } from './blocklist-tab.tsx';
import { CaptchaTab } from './captcha-tab.tsx';
import { GeneralTab } from './general-tab.tsx';
import { PasswordPolicyTab } from './password-policy-tab.tsx';

const route = getRouteApi('/signed-in/security/$tab');
const tabs = ['captcha', 'password-policy', 'general', 'blocklist'] as const;

/** What keeps programs, guessing and unwanted addresses out. */
export function SecurityPage() {
  const { security: t } = usePhrases();
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
        {tab === 'captcha' && <CaptchaTab />}
        {tab === 'password-policy' && <PasswordPolicyTab />}
        {tab === 'general' && <GeneralTab />}
        {tab === 'blocklist' && <BlocklistTab />}
      </PageTabs>
    </>
  );
}
