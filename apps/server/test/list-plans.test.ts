// Every paged list stays on an index and costs the same statements, however much there is: looked at in the plans, with
// rows enough that a wrong one shows. A second tenant has much of everything, so that reading a table whole shows too.
import { beforeAll, expect, test } from 'vitest';
import { transaction } from '../src/kernel/scope.ts';
import { createTestApp } from './harness.ts';
import { createRecorder, explain, fillTables, rowsRead, type Statement } from './plans.ts';

const app = await createTestApp();
const record = createRecorder(app);
const NEIGHBOUR = 'neighbour';
await app.modules.tenants.create({ id: NEIGHBOUR, name: 'The neighbour' });

/** How much of a thing each tenant has. */
const SIZES = {
  default: { users: 50_000, organizations: 4000, small: 300, many: 2000 },
  [NEIGHBOUR]: { users: 20_000, organizations: 10_000, small: 3000, many: 20_000 },
};
/** Of a table that is longer, not one statement may read all. */
const LONG_TABLE = 1000;
/** What a list may look at: what one organization, one role or the template has, and never what the tenant has. */
const MOST_ROWS = 16_000;

/** One of each thing has much to list: the user `u1`, the organization `o1` with 1,000 members, the role `r1`. */
const SEED = `
insert into users (tenant_id, id, username, primary_email, name, created_at, updated_at)
  select $1, 'u' || n, 'user_' || md5('u' || n), md5('e' || n) || '@example.com', 'Person ' || md5('n' || n),
    now() - n * interval '1 second', now() from generate_series(1, $2::int) n;
insert into applications (tenant_id, id, name, description, type, oidc_client_metadata, is_third_party, created_at)
  select $1, 'a' || n, 'Application ' || md5('a' || n), 'made for this', case when n = 1 then 'Traditional' else 'MachineToMachine' end,
    '{"redirectUris":[],"postLogoutRedirectUris":[]}', n = 1, now() - n * interval '1 second' from generate_series(1, $4::int) n;
insert into resources (tenant_id, id, name, indicator, created_at)
  select $1, 's' || n, 'API ' || n, 'https://api.example/' || n, now() - n * interval '1 second' from generate_series(1, $4::int) n;
insert into scopes (tenant_id, id, resource_id, name, created_at)
  select $1, 'p' || r || '-' || n, 's' || r, 'scope:' || n, now() from generate_series(1, $4::int) r, generate_series(1, case when r = 1 then 300 else 5 end) n;
insert into roles (tenant_id, id, name, description, type, created_at)
  select $1, 'r' || n, 'Role ' || n, 'made for this', case when n % 2 = 1 then 'User' else 'MachineToMachine' end, now() from generate_series(1, $4::int) n;
insert into roles_scopes (tenant_id, role_id, scope_id)
  select $1, 'r' || r, 'p1-' || n from generate_series(1, $4::int) r, generate_series(1, case when r = 1 then 300 else 3 end) n;
insert into users_roles (tenant_id, user_id, role_id) select $1, 'u' || n, 'r1' from generate_series(1, 400) n;
insert into users_roles (tenant_id, user_id, role_id) select $1, 'u' || n, 'r' || 3 + 2 * (n % 40) from generate_series(1, $2::int / 2) n;
insert into users_roles (tenant_id, user_id, role_id) select $1, 'u1', 'r' || n from generate_series(101, 201, 2) n;
insert into users_roles (tenant_id, user_id, role_id) select $1, 'u' || n, 'r5' from generate_series(1, $2::int) n on conflict do nothing;
insert into users_roles (tenant_id, user_id, role_id) select $1, 'u' || n, 'r9' from generate_series(1, $2::int - 3) n on conflict do nothing;
insert into applications_roles (tenant_id, application_id, role_id) select $1, 'a' || n, 'r2' from generate_series(2, $4::int) n;
insert into applications_roles (tenant_id, application_id, role_id) select $1, 'a2', 'r' || n from generate_series(102, 202, 2) n;
insert into organizations (tenant_id, id, name, slug, description, created_at)
  select $1, 'o' || n, 'Organization ' || md5('o' || n), 'slug-' || n, md5('d' || n), now() - n * interval '1 second' from generate_series(1, $3::int) n;
insert into organization_scopes (tenant_id, id, name, created_at)
  select $1, 'x' || n, 'permission:' || n, now() from generate_series(1, 101) n;
insert into organization_roles (tenant_id, id, organization_id, name, type, created_at)
  select $1, 't' || n, null, 'Template ' || n, case when n % 2 = 1 then 'User' else 'MachineToMachine' end, now() from generate_series(1, 50) n;
insert into organization_roles (tenant_id, id, organization_id, name, type, created_at)
  select $1, 'w' || n, 'o' || n, 'Own ' || n, 'User', now() from generate_series(1, $3::int) n;
insert into organization_role_scopes (tenant_id, organization_role_id, organization_scope_id)
  select $1, 't' || r, 'x' || n from generate_series(1, 50) r, generate_series(1, case when r = 1 then 101 else 3 end) n;
insert into organization_role_resource_scopes (tenant_id, organization_role_id, scope_id)
  select $1, 't' || r, 'p1-' || n from generate_series(1, 50) r, generate_series(1, case when r = 1 then 300 else 3 end) n;
insert into organization_users (tenant_id, organization_id, user_id, joined_at) select $1, 'o1', 'u' || n, now() from generate_series(1, 1000) n;
insert into organization_users (tenant_id, organization_id, user_id, joined_at)
  select $1, 'o' || o, 'u' || 1 + (o * 10 + n) % $2::int, now() from generate_series(2, $3::int) o, generate_series(1, 10) n;
insert into organization_users (tenant_id, organization_id, user_id, joined_at)
  select $1, 'o' || o, 'u1', now() from generate_series(2, 100) o on conflict do nothing;
insert into user_counts (tenant_id, users) select $1, $2::int;
insert into role_holders (tenant_id, role_id, users)
  select $1, r.id, count(h.user_id) from roles r left join users_roles h on h.tenant_id = $1 and h.role_id = r.id
  where r.tenant_id = $1 group by r.id;
insert into organization_member_counts (tenant_id, organization_id, users)
  select $1, organization_id, count(*) from organization_users where tenant_id = $1 group by organization_id;
insert into organization_user_roles (tenant_id, organization_id, user_id, organization_role_id)
  select tenant_id, organization_id, user_id, 't1' from organization_users where tenant_id = $1;
insert into organization_user_roles (tenant_id, organization_id, user_id, organization_role_id)
  select $1, 'o1', 'u1', 't' || n from generate_series(3, 49, 2) n;
insert into organization_applications (tenant_id, organization_id, application_id, joined_at)
  select $1, 'o1', 'a' || n, now() from generate_series(2, $4::int) n;
insert into organization_applications (tenant_id, organization_id, application_id, joined_at)
  select $1, 'o' || n, 'a2', now() from generate_series(2, 100) n;
insert into organization_application_roles (tenant_id, organization_id, application_id, organization_role_id)
  select $1, 'o1', 'a2', 't' || n from generate_series(2, 50, 2) n;
insert into organization_invitations (tenant_id, id, organization_id, inviter_id, invitee, status, created_at, updated_at, expires_at)
  select $1, 'i' || n, 'o' || case when n <= 300 then 1 else 1 + n % $3::int end, 'u' || 1 + n % 100, 'guest-' || n || '@example.com',
    case when n % 2 = 0 then 'Pending' else 'Accepted' end, now() - n * interval '1 second', now(), now() + interval '1 day' from generate_series(1, $5::int) n;
insert into organization_invitation_roles (tenant_id, invitation_id, organization_role_id) select $1, 'i' || n, 't1' from generate_series(1, $5::int) n;
insert into organization_jit_email_domains (tenant_id, organization_id, email_domain)
  select $1, 'o' || o, 'd' || n || '.example' from generate_series(1, $3::int) o, generate_series(1, case when o = 1 then 300 else 1 end) n;
insert into organization_jit_roles (tenant_id, organization_id, organization_role_id)
  select $1, 'o' || o, 't' || n from generate_series(1, $3::int) o, generate_series(1, case when o = 1 then 49 else 1 end, 2) n;
insert into consent_organizations (tenant_id, application_id, user_id, organization_id, created_at)
  select $1, 'a1', user_id, organization_id, now() from organization_users where tenant_id = $1 and organization_id <> 'o1';
insert into message_deliveries (tenant_id, id, channel, recipient, template_type, connector_id, factory_id, status, duration_ms, request_id, created_at)
  select $1, 'm' || n, 'Email', 'guest-' || n % 500 || '@example.com', 'SignIn', 'x', 'x', 'Sent', 1, 'x', now() - n * interval '1 second' from generate_series(1, $5::int) n;
insert into development_inbox (tenant_id, id, channel, recipient, template_type, locale, message, created_at)
  select $1, 'n' || n, 'Email', 'guest-7@example.com', 'SignIn', 'en', '{"content":"c","contentType":"text/plain"}', now() - n * interval '1 second' from generate_series(1, $5::int) n;
insert into webhook_deliveries (tenant_id, id, webhook_id, event, object_type, object_id, body, state, due_at, created_at, expires_at)
  select $1, 'v' || n, $6, 'User.Created', 'User', 'u1', '{}', 'dead', now(), now() - n * interval '1 second', now() + interval '1 day' from generate_series(1, $5::int) n;
insert into development_inbox_webhooks (tenant_id, id, webhook_id, event, object_type, object_id, body, created_at)
  select $1, 'v' || n, $6, 'User.Created', 'User', 'u1', '{}', now() - n * interval '1 second' from generate_series(1, $5::int) n;
insert into webhook_attempts (tenant_id, id, webhook_id, delivery_id, event, attempt, result, duration_ms, created_at)
  select $1, 'e' || n, $6, 'v' || n, 'User.Created', 1, 'Error', 1, now() - n * interval '1 second' from generate_series(1, $5::int) n;
insert into user_imports (tenant_id, id, format, is_dry_run, status, actor_type, request_id, created_at)
  select $1, 'j' || n, 'csv', true, 'Completed', 'user', 'x', now() - n * interval '1 second' from generate_series(1, $5::int) n;
insert into audit_logs (tenant_id, id, key, result, actor_type, request_id, user_id, target_type, target_id, payload, created_at)
  select $1, 'l' || n, 'User.Data.Updated', 'Success', 'user', 'x', 'u' || n % 1000, 'User', 'u' || n % 1000, '{}', now() - n * interval '1 second' from generate_series(1, $5::int) n`;

/** What is sealed can be read in its own tenant only, so these are the neighbour's; our own come by the API. */
const SEALED = `
insert into sso_connectors (tenant_id, id, provider_name, connector_name, config_sealed, domains, branding, sync_profile, enable_token_storage, created_at)
  select $1, 'c' || n, 'OIDC', 'SSO ' || n, 'x', '{}', '{}', false, false, now() - n * interval '1 second' from generate_series(1, $4::int) n;
insert into one_time_tokens (tenant_id, id, email, token_sealed, token_hash, status, created_at, expires_at)
  select $1, 'k' || n, 'guest-' || n % 500 || '@example.com', 'x', md5($1 || n), 'active', now() - n * interval '1 second', now() + interval '1 day' from generate_series(1, $5::int) n;
insert into webhooks (tenant_id, id, name, events, url, signing_key_sealed, enabled, created_at)
  select $1, 'h' || n, 'Hook ' || n, '[]', 'http://localhost:1/', 'x', false, now() - n * interval '1 second' from generate_series(1, 100) n`;

/** Connectors that let users into organizations. */
const JOINING = `insert into organization_jit_sso_connectors (tenant_id, organization_id, sso_connector_id)
  select tenant_id, 'o1', id from sso_connectors`;

/** A list is asked for a hundred rows, and there is one more. */
const OWN = 101;
/** A webhook with deliveries. */
let hookId: string | undefined;
const made = async (path: string, bodyOf: (n: number) => object) => {
  for (let n = 1; n <= OWN; n++) expect((await app.api('POST', path, bodyOf(n))).status).toBeLessThan(300);
};

beforeAll(async () => {
  // What is sealed comes by the API, and everything else past it.
  await made('/api/one-time-tokens', () => ({ email: 'guest-7@example.com' }));
  await made('/api/hooks', (n) => ({
    name: `Hook ${n}`,
    events: ['Role.Deleted'],
    config: { url: 'http://localhost:1/' },
  }));
  await made('/api/sso-connectors', (n) => ({ providerName: 'OIDC', connectorName: `SSO ${n}` }));
  const [hook] = (await app.api('GET', '/api/hooks?page=1')).body as { id: string }[];
  hookId = hook?.id;
  const seeds = Object.entries(SIZES).map(([tenantId, { users, organizations, small, many }]) => {
    // As literals, because statements with parameters go one by one.
    const values = [`'${tenantId}'`, users, organizations, small, many, `'${tenantId === NEIGHBOUR ? 'h1' : hookId}'`];
    const seed = tenantId === NEIGHBOUR ? `${SEED};${SEALED}` : SEED;
    return seed.replace(/\$(\d)/g, (_whole, number) => String(values[Number(number) - 1]));
  });
  await fillTables(app, [...seeds, JOINING]);
}, 300_000);

/** Addresses of lists with much in them; every paged operation has one at least. */
const LISTS: Record<string, string[]> = {
  '/api/users': [
    '/api/users',
    '/api/users?search=%25f00ba%25',
    '/api/users?search.username=user_%25abc1&search.name=%25abc1%25',
    '/api/users?search.primaryEmail=nobody%40example.com&mode.primaryEmail=exact',
    '/api/users?excludeRoleId=r1&enableCap=true',
    '/api/users?excludeRoleId=r5',
    '/api/users?excludeRoleId=r9&enableCap=true',
    '/api/users?excludeRoleId=r9&enableCap=true&search=%25a%25',
    '/api/users?before=u20000&excludeRoleId=r9',
    '/api/users?excludeOrganizationId=o1&enableCap=true',
    '/api/users?before=u40000',
    '/api/users?before=u40000&excludeRoleId=r1',
  ],
  '/api/users/:userId/roles': ['/api/users/u1/roles', '/api/users/u1/roles?search=%25Role 1%25'],
  '/api/roles': ['/api/roles?type=User', '/api/roles?search=%25Role 1%25', '/api/roles?excludeUserId=u1'],
  '/api/roles/:id/users': [
    '/api/roles/r1/users',
    '/api/roles/r1/users?search=%25f00%25',
    '/api/roles/r1/users?before=u200',
  ],
  '/api/roles/:id/applications': ['/api/roles/r2/applications', '/api/roles/r2/applications?search=%25f0%25'],
  '/api/roles/:id/scopes': ['/api/roles/r1/scopes', '/api/roles/r1/scopes?search=%251%25'],
  '/api/resources': ['/api/resources', '/api/resources?includeScopes=true'],
  '/api/resources/:resourceId/scopes': ['/api/resources/s1/scopes', '/api/resources/s1/scopes?search=%251%25'],
  '/api/applications': [
    '/api/applications',
    '/api/applications?search=%25f0%25',
    '/api/applications?types=MachineToMachine&excludeRoleId=r2',
    '/api/applications?excludeOrganizationId=o1',
  ],
  '/api/applications/:applicationId/roles': ['/api/applications/a2/roles'],
  '/api/applications/:id/organizations': ['/api/applications/a2/organizations'],
  '/api/applications/:id/users/:userId/consent-organizations': ['/api/applications/a1/users/u1/consent-organizations'],
  '/api/organizations': [
    '/api/organizations',
    '/api/organizations?showFeatured=true',
    '/api/organizations?q=f00',
    '/api/organizations?before=o2000',
  ],
  '/api/organizations/:id/users': [
    '/api/organizations/o1/users',
    '/api/organizations/o1/users?q=f00',
    '/api/organizations/o1/users?before=u500',
    '/api/organizations/o1/users?organizationRoleId=t1',
  ],
  '/api/organizations/:id/users/:userId/roles': ['/api/organizations/o1/users/u1/roles'],
  '/api/organizations/:id/applications': [
    '/api/organizations/o1/applications',
    '/api/organizations/o1/applications?q=f0',
  ],
  '/api/organizations/:id/applications/:applicationId/roles': ['/api/organizations/o1/applications/a2/roles'],
  '/api/organizations/:id/jit/email-domains': ['/api/organizations/o1/jit/email-domains'],
  '/api/organizations/:id/jit/roles': ['/api/organizations/o1/jit/roles'],
  '/api/organizations/:id/jit/sso-connectors': ['/api/organizations/o1/jit/sso-connectors'],
  '/api/organization-scopes': ['/api/organization-scopes', '/api/organization-scopes?q=1'],
  '/api/organization-roles': ['/api/organization-roles', '/api/organization-roles?organizationId=o1'],
  '/api/organization-roles/:id/scopes': ['/api/organization-roles/t1/scopes'],
  '/api/organization-roles/:id/resource-scopes': ['/api/organization-roles/t1/resource-scopes'],
  '/api/organization-invitations': [
    '/api/organization-invitations?organizationId=o1',
    '/api/organization-invitations?inviterId=u7',
    '/api/organization-invitations?invitee=guest-7%40example.com',
  ],
  '/api/one-time-tokens': ['/api/one-time-tokens?email=guest-7%40example.com'],
  '/api/message-deliveries': ['/api/message-deliveries?recipient=guest-7%40example.com'],
  '/api/development-inbox': ['/api/development-inbox'],
  '/api/development-inbox/webhooks': ['/api/development-inbox/webhooks'],
  '/api/hooks': ['/api/hooks', '/api/hooks?includeExecutionStats=true'],
  '/api/hooks/:id/recent-logs': ['/api/hooks/:hook/recent-logs'],
  '/api/hooks/:id/deliveries': ['/api/hooks/:hook/deliveries'],
  '/api/sso-connectors': ['/api/sso-connectors'],
  '/api/user-imports': ['/api/user-imports'],
  '/api/logs': ['/api/logs?userId=u7'],
  '/api/logs/history': ['/api/logs/history?targetType=User&targetId=u7'],
};

test('every paged list is looked at', () => {
  const paged = app.operations.filter(({ paging }) => paging).map(({ path }) => path);
  expect(Object.keys(LISTS).sort()).toEqual(paged.sort());
});

const longTables = async (): Promise<Set<string>> => {
  const { rows } = await app.world.database.pool.query<{ name: string }>(
    'select relname as name from pg_class where reltuples > $1',
    [LONG_TABLE],
  );
  return new Set(rows.map(({ name }) => name));
};

/** No long table is read whole, and no step looks at more than `most` rows. */
async function expectIndexes(statements: Statement[], most: number): Promise<void> {
  expect(statements.length).toBeGreaterThan(0);
  const long = await longTables();
  for (const statement of statements) {
    const plan = await explain(app, statement);
    const whole = plan.filter(
      (node) => node['Node Type'].includes('Seq Scan') && long.has(node['Relation Name'] ?? ''),
    );
    const names = whole.map((node) => node['Relation Name']);
    expect(names, statement.text).toEqual([]);
    expect(rowsRead(plan), statement.text).toBeLessThan(most);
  }
}

test.each(Object.values(LISTS).flat())(
  '%s: on indexes, and as many statements for 100 rows as for two',
  async (url) => {
    const page = (size: number) =>
      record(() =>
        app.api('GET', `${url.replace(':hook', hookId ?? '')}${url.includes('?') ? '&' : '?'}page=1&page_size=${size}`),
      );
    // What is read once is remembered from then on.
    await page(2);
    const [few, many] = [await page(2), await page(100)];
    expect([few.result.status, many.result.status]).toEqual([200, 200]);
    expect(many.statements).toHaveLength(few.statements.length);
    expect(many.statements.length).toBeLessThan(8);
    await expectIndexes(many.statements, MOST_ROWS);
  },
);

/** Goes on as the Link header leads, to the end; how many answers there were, and who was in them. */
async function readToTheEnd(first: string): Promise<{ answers: number; ids: string[]; totals: (string | null)[] }> {
  const ids: string[] = [];
  const totals: (string | null)[] = [];
  let next: string | undefined = first;
  while (next) {
    const { status, body, headers } = await app.api('GET', next);
    expect(status).toBe(200);
    ids.push(...(body as { id: string }[]).map(({ id }) => id));
    totals.push(headers.get('total-number'));
    next = /<https?:\/\/[^/]+([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
  }
  return { answers: totals.length, ids, totals };
}

test('three without a role that all others hold are found in bounded steps, and at once by who wants a full page', async () => {
  const three = ['u49998', 'u49999', 'u50000'];
  const stepwise = await readToTheEnd('/api/users?excludeRoleId=r9&enableCap=true&page=1');
  // The fifth stretch ends with the last user, which only the sixth answer can tell.
  expect(stepwise).toEqual({ answers: 6, ids: three, totals: ['3', null, null, null, null, null] });
  expect(await readToTheEnd('/api/users?excludeRoleId=r9&page=1')).toEqual({ answers: 1, ids: three, totals: ['3'] });

  const { body, headers } = await app.api('GET', '/api/users?excludeRoleId=r9&enableCap=true&search=%25a%25');
  expect([body, headers.get('total-number'), headers.get('total-number-is-capped')]).toEqual([[], '0', 'true']);
  // Of the newest 10,000, a thousand are members.
  const outside = '/api/users?excludeOrganizationId=o1&enableCap=true&search=%25person%25&page_size=2';
  const { body: some, headers: told } = await app.api('GET', outside);
  expect(some.map(({ id }: { id: string }) => id)).toEqual(['u1001', 'u1002']);
  expect([told.get('total-number'), told.get('total-number-is-capped')]).toEqual(['9000', 'true']);
});

test('whoever signs in is found by an index, in any case', async () => {
  const identifiers = [
    { type: 'email', value: 'Nobody@example.com' },
    { type: 'phone', value: '49170000000' },
    { type: 'username', value: 'Nobody' },
  ] as const;
  for (const caseSensitive of [true, false]) {
    await app.api('PATCH', '/api/sign-in-exp', { usernamePolicy: { caseSensitive } });
    for (const identifier of identifiers) {
      const { statements } = await record(() => app.modules.users.findByIdentifier(app.scope(), identifier));
      await expectIndexes(statements, 10);
    }
  }
});

test('a batch of an import looks at what it brings, not at who is there', async () => {
  await app.api('PATCH', '/api/sign-in-exp', { usernamePolicy: { caseSensitive: false } });
  const users = Array.from({ length: 50 }, (_, n) => ({
    username: `Brought_${n}`,
    primaryEmail: `${n}@brought.example`,
  }));
  const taken = { username: 'Brought_51', primaryEmail: '1@brought.example' };
  const bring = (some: object[]) => transaction(app.scope(), (tx) => app.modules.users.createMany(tx, some, {}));
  await bring(users);
  const { statements } = await record(() => bring([taken]));
  expect(statements.length).toBeLessThan(15);
  const reads = statements.filter(({ text }) => text.includes('from users'));
  expect(reads).toHaveLength(2);
  await expectIndexes(reads, 200);
});
