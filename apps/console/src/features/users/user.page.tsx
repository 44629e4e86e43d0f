import type { User } from '@latchkey/server/contract';
import { Alert, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { BackLink } from '../../components/back-link.tsx';
import { CopyableId } from '../../components/copyable-id.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageTabs } from '../../components/page-tabs.tsx';
import { userName } from '../../components/user-name.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { LogsTab } from '../audit-logs/logs-tab.tsx';
import { WhySection } from '../authorization/why-section.tsx';
import { Memberships } from '../organizations/memberships.tsx';
import { HeldRoles } from '../roles/held-roles.tsx';
import { IdentitiesTab } from './identities-tab.tsx';
import { ProfileTab } from './profile-tab.tsx';
import { SecurityTab } from './security-tab.tsx';
import { userQuery } from './users.queries.ts';

const route = getRouteApi('/signed-in/users/$userId/$tab');
const tabs = ['settings', 'security', 'roles', 'organizations', 'identities', 'logs'] as const;

/** Everything about one user. */
export function UserPage() {
  const { userId } = route.useParams();
  const { api } = useConsole();
  const query = useQuery(userQuery(api, userId));
  return <Loaded query={query}>{(user) => <Details key={user.id} user={user} />}</Loaded>;
}

function Details({ user }: { user: User }) {
  const { users: t, lists } = usePhrases();
  const { tab } = route.useParams();
  const navigate = route.useNavigate();
  const name = userName(user);
  return (
    <>
      <PageHeader
        above={<BackLink to="/users">{t.back}</BackLink>}
        title={name}
        part={t.tabs[tab]}
        description={<CopyableId id={user.id} of={name} />}
      />
      {user.isSuspended && (
        <Alert color="orange" mb="lg">
          {t.suspension.notice}
        </Alert>
      )}
      <PageTabs
        label={lists.parts({ name })}
        value={tab}
        tabs={tabs.map((value) => ({ value, label: t.tabs[value] }))}
        onChange={(next) => navigate({ params: { userId: user.id, tab: next } })}
      >
        {tab === 'settings' && <ProfileTab user={user} />}
        {tab === 'security' && <SecurityTab user={user} />}
        {tab === 'roles' && (
          <Stack gap="lg">
            <HeldRoles holder={{ userId: user.id }} />
            <WhySection holder={{ userId: user.id }} name={name} />
          </Stack>
        )}
        {tab === 'organizations' && <Memberships holder={{ userId: user.id }} name={name} />}
        {tab === 'identities' && <IdentitiesTab user={user} />}
        {tab === 'logs' && <LogsTab of={{ userId: user.id }} name={name} />}
      </PageTabs>
    </>
  );
}
