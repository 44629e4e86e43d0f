import { CONNECTIONS, expectJson, type Load, send, stateless } from '../load.ts';
import type { Server } from '../server.ts';
import { signIn } from './sign-in.ts';
import { refreshLoad, type Session } from './tokens.ts';

export interface Size {
  users: number;
  organizations: number;
  /** Of each organization. */
  members: number;
}

const INVITATIONS = 100_000;
const LOGS = 200_000;
/** Who asks for lists at the same time: what is measured is how long one takes, not how many there can be. */
const CALLERS = 2;

/**
 * Organizations with members, a role that everybody holds, one that a thousand do, invitations and a trail: all of it
 * written past the API, after the users. Each step is a connection of its own, so that its checks are planned for
 * tables as they are by then.
 */
export async function seedAuthorization(server: Server, { users, organizations, members }: Size): Promise<void> {
  const userId = (n: string) => `substr(md5((${n})::text), 1, 12)`;
  const steps = [
    `insert into roles (tenant_id, id, name, description, type, created_at)
     select 'default', 'role-' || n, 'Bench role ' || n, 'of the bench', 'User', now() from generate_series(1, 100) n`,
    `insert into users_roles (tenant_id, user_id, role_id)
     select 'default', id, 'role-1' from users where tenant_id = 'default' and username like 'user\\_%'`,
    `insert into users_roles (tenant_id, user_id, role_id)
     select 'default', ${userId('n')}, 'role-2' from generate_series(1, least(1000, ${users})) n`,
    `insert into organizations (tenant_id, id, name, slug, description, created_at)
     select 'default', 'org-' || n, initcap(substr(md5('o' || n), 1, 10)), 'org-' || n, md5('d' || n), now() - n * interval '1 second'
     from generate_series(1, ${organizations}) n`,
    `insert into organization_roles (tenant_id, id, name, type, created_at)
     select 'default', 'org-role-' || n, 'Bench role ' || n, 'User', now() from generate_series(1, 10) n`,
    // Neighbours in an organization are no neighbours by age.
    `insert into organization_users (tenant_id, organization_id, user_id, joined_at)
     select distinct 'default', 'org-' || o, ${userId(`1 + (o::bigint * 7919 + n::bigint * 104729) % ${users}`)}, now()
     from generate_series(1, ${organizations}) o, generate_series(1, ${members}) n`,
    `insert into organization_user_roles (tenant_id, organization_id, user_id, organization_role_id)
     select 'default', 'org-' || o, m.user_id, 'org-role-1' from generate_series(1, 10) o
     join organization_users m on m.tenant_id = 'default' and m.organization_id = 'org-' || o`,
    `insert into organization_invitations (tenant_id, id, organization_id, invitee, status, created_at, updated_at, expires_at)
     select 'default', 'inv-' || n, 'org-' || 1 + n % ${organizations}, 'guest-' || n || '@example.com', 'Pending',
       now() - n * interval '1 second', now(), now() + interval '7 days' from generate_series(1, ${INVITATIONS}) n`,
    `insert into audit_logs (tenant_id, id, key, result, actor_type, request_id, user_id, target_type, target_id, payload, created_at)
     select 'default', 'log-' || n, 'User.Data.Updated', 'Success', 'user', 'bench', ${userId(`1 + n % 1000`)}, 'User',
       ${userId(`1 + n % 1000`)}, '{}', now() - n * interval '1 second' from generate_series(1, ${LOGS}) n`,
    'vacuum analyze users_roles, organizations, organization_users, organization_user_roles, organization_invitations, audit_logs',
  ];
  for (const step of steps) {
    const database = await server.openDatabase();
    const client = await database.pool.connect();
    try {
      await client.query("select set_config('latchkey.tenant', 'default', false)");
      await client.query(step);
    } finally {
      client.release();
      await database.close();
    }
  }
}

type Headers = { authorization: string };

/** A user in the middle of all. */
async function middleUser(server: Server, users: number): Promise<string> {
  const database = await server.openDatabase();
  try {
    const { rows } = await database.pool.query<{ id: string }>('select substr(md5($1::int::text), 1, 12) as id', [
      Math.ceil(users / 2),
    ]);
    return rows[0]?.id ?? '';
  } finally {
    await database.close();
  }
}

/** The lists that administrators and synchronizations ask for, by what they are called in the report. */
export async function authorizationLists(server: Server, headers: Headers, { users }: Size) {
  const middle = await middleUser(server, users);
  const list = (path: string): Load => stateless(server.origin, [{ path, headers }], CALLERS);
  const parts = Array.from({ length: 50 }, (_, n) => ((n * 7919) % 65_536).toString(16).padStart(4, '0'));
  const search = (path: (part: string) => string): Load =>
    stateless(
      server.origin,
      parts.map((part) => ({ path: path(part), headers })),
      CALLERS,
    );
  const paths = {
    users: '/api/users?page=1',
    'users, on from the middle': `/api/users?before=${middle}`,
    'users without a role, at most 10,000 counted': '/api/users?excludeRoleId=role-2&enableCap=true',
    'users that hold a role with a thousand': '/api/roles/role-2/users?page=1',
    'users that hold a role with everybody, at most 10,000 counted': '/api/roles/role-1/users?enableCap=true',
    'users that hold a role with everybody': '/api/roles/role-1/users?page=1',
    'roles, with how many hold each': '/api/roles?page=1&page_size=20',
    organizations: '/api/organizations?page=1',
    'organizations, with how many members and three of them': '/api/organizations?showFeatured=true',
    'members of an organization': '/api/organizations/org-7/users?page=1',
    'members who hold a role': '/api/organizations/org-7/users?organizationRoleId=org-role-1',
    'organizations of a user': `/api/users/${middle}/organizations`,
    'invitations of an organization': '/api/organization-invitations?organizationId=org-7&page=1',
    'the trail of a user': `/api/logs?userId=${middle}&enableCap=true`,
  };
  return [
    ...Object.entries(paths).map(([name, path]) => ({ name, load: list(path) })),
    { name: 'users, with search', load: search((part) => `/api/users?search=%25${part}%25&page=1`) },
    { name: 'organizations, with search', load: search((part) => `/api/organizations?q=${part}&page=1`) },
    {
      name: 'members of an organization, with search',
      load: search((part) => `/api/organizations/org-7/users?q=${part}&page=1`),
    },
  ];
}

const API = 'https://bench.example.com/api';
const SCOPES = 500;

/** People whose tokens for an API come of so many roles of ten scopes each, and who belong to so many organizations. */
export async function roleHolders(
  server: Server,
  headers: Headers,
): Promise<(roles: number, organizations: number) => Promise<Load>> {
  const json = { ...headers, 'content-type': 'application/json' };
  const post = async <Body>(path: string, body: object, status = 201): Promise<Body> => {
    const answer = await send(`${server.origin}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
    if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${answer.body}`);
    return (answer.body === '' ? undefined : JSON.parse(answer.body)) as Body;
  };
  const app = await server.cli<{ id: string }>(
    ...['app', 'create', '--type', 'Native', '--name', 'Bench roles', '--redirect-uri', 'http://127.0.0.1:9/callback'],
  );
  const resource = await post<{ id: string }>('/api/resources', { name: 'Bench', indicator: API });
  const scopeIds: string[] = [];
  for (let n = 0; n < SCOPES; n++) {
    scopeIds.push((await post<{ id: string }>(`/api/resources/${resource.id}/scopes`, { name: `bench:${n}` })).id);
  }
  let people = 0;
  return async (roles, organizations) => {
    const roleIds: string[] = [];
    for (let n = 0; n < roles; n++) {
      const role = { name: `bench-${roles}-${n}`, description: 'bench', scopeIds: scopeIds.slice(n * 10, n * 10 + 10) };
      roleIds.push((await post<{ id: string }>('/api/roles', role, 200)).id);
    }
    const scope = `openid offline_access profile roles urn:logto:scope:organizations urn:logto:scope:organization_roles ${Array.from({ length: 10 }, (_, n) => `bench:${n}`).join(' ')}`;
    const sessions: Session[] = [];
    for (let index = 0; index < CONNECTIONS; index++) {
      const person = { username: `bench_holder_${++people}`, password: 'Paper-lamp-4-river' };
      const { id } = await post<{ id: string }>('/api/users', person, 200);
      await post(`/api/users/${id}/roles`, { roleIds });
      for (let n = 1; n <= organizations; n++) await post(`/api/organizations/org-${n}/users`, { userIds: [id] });
      const tokens = await signIn(server, app.id, person, { scope, resource: API });
      sessions.push({ clientId: app.id, accessToken: tokens.access_token, refreshToken: tokens.refresh_token });
    }
    return refreshLoad(server, sessions, { resource: API });
  };
}

/** Imports users whose passwords came hashed; answers how many seconds it took. */
export async function importUsers(server: Server, headers: Headers, count: number): Promise<number> {
  // Of the password "password"; every row costs the same whatever the digest.
  const passwordDigest = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      username: `imported_${n}`,
      primaryEmail: `imported-${n}@example.com`,
      name: `Imported ${n}`,
      passwordDigest,
      passwordAlgorithm: 'Bcrypt',
    }),
  );
  const body = `--bench\r\ncontent-disposition: form-data; name="file"; filename="users"\r\n\r\n${lines.join('\n')}\r\n--bench--\r\n`;
  const begin = performance.now();
  const { id } = expectJson<{ id: string }>(
    await send(`${server.origin}/api/user-imports?format=ndjson`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=bench' },
      body,
    }),
    201,
  );
  for (;;) {
    const job = expectJson<{ status: string; created: number }>(
      await send(`${server.origin}/api/user-imports/${id}`, { headers }),
    );
    if (job.status === 'Completed') {
      if (job.created !== count) throw new Error(`${job.created} of ${count} were created`);
      return (performance.now() - begin) / 1000;
    }
    if (job.status !== 'Waiting' && job.status !== 'Running') throw new Error(`the import is ${job.status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
