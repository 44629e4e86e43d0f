import { auditRow } from '../../apps/server/src/kernel/audit.ts';
import { type Load, stateless } from '../load.ts';
import { cpuTimeOf } from '../processes.ts';
import type { Server } from '../server.ts';

/** People and applications that the entries are about. */
const PEOPLE = 10_000;
const APPLICATIONS = 20;
const BATCH = 250_000;

/** Entries as an install has them: two in three of tokens, the others of sign-ins and of changes, over ninety days. */
export async function seedLogs(server: Server, count: number): Promise<void> {
  const database = await server.openDatabase();
  const client = await database.pool.connect();
  try {
    await client.query("select set_config('latchkey.tenant', 'default', false)");
    for (let from = 1; from <= count; from += BATCH) {
      await client.query(
        `insert into audit_logs (tenant_id, id, key, result, actor_type, actor_id, target_type, target_id, user_id,
           application_id, request_id, ip, user_agent, payload, created_at)
         select 'default', 'bench' || n,
           (array['ExchangeTokenBy.RefreshToken', 'ExchangeTokenBy.AuthorizationCode', 'Interaction.SignIn.Submit',
             'ExchangeTokenBy.ClientCredentials', 'ExchangeTokenBy.RefreshToken', 'User.Data.Updated'])[1 + n % 6],
           case when n % 47 = 0 then 'Error' else 'Success' end, 'user', 'u' || n % ${PEOPLE},
           'User', 'u' || n % ${PEOPLE}, 'u' || n % ${PEOPLE}, 'a' || n % ${APPLICATIONS}, md5('r' || n), '203.0.113.7',
           'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
           jsonb_build_object('after', jsonb_build_object('name', md5('n' || n % ${PEOPLE}))),
           now() - make_interval(secs => n * 7776000.0 / $3)
         from generate_series($1::int, $2::int) n`,
        [from, Math.min(from + BATCH - 1, count), count],
      );
    }
    await client.query('vacuum analyze audit_logs');
  } finally {
    client.release();
    await database.close();
  }
}

const RECORDED = 40_000;
const AT_ONCE = 500;
/** The server writes gathered entries so: many of them as one parameter. */
const WRITE = `insert into audit_logs (tenant_id, id, key, result, actor_type, actor_id, target_type, target_id, user_id,
    application_id, request_id, ip, user_agent, payload, created_at)
  select * from jsonb_to_recordset($1::jsonb) as entries ("tenantId" varchar, id varchar, key varchar, result varchar,
    "actorType" varchar, "actorId" varchar, "targetType" varchar, "targetId" varchar, "userId" varchar,
    "applicationId" varchar, "requestId" varchar, ip varchar, "userAgent" text, payload jsonb, "createdAt" timestamptz)`;

/** CPU milliseconds of one gathered entry: made here as the server makes it, and written by PostgreSQL. */
export async function measureRecording(server: Server): Promise<number> {
  const source = {
    tenantId: 'default',
    actor: { type: 'app', id: 'bench-machine' },
    requestId: 'bench-request',
    now: new Date(),
    ip: '203.0.113.7',
    userAgent: 'bench',
  } as const;
  const details = { applicationId: 'bench-machine', params: { grant_type: 'client_credentials', scope: 'all' } };
  const database = await server.openDatabase();
  const client = await database.pool.connect();
  const write = async (count: number) => {
    for (let done = 0; done < count; done += AT_ONCE) {
      const rows = Array.from({ length: AT_ONCE }, () =>
        auditRow(source, { key: 'ExchangeTokenBy.ClientCredentials', details }),
      );
      await client.query(WRITE, [JSON.stringify(rows)]);
    }
  };
  try {
    await client.query("select set_config('latchkey.tenant', 'default', false)");
    await write(AT_ONCE * 4);
    const [own, postgres] = [process.cpuUsage(), cpuTimeOf(server.pid()).postgres];
    await write(RECORDED);
    const { user, system } = process.cpuUsage(own);
    return ((user + system) / 1000 + cpuTimeOf(server.pid()).postgres - postgres) / RECORDED;
  } finally {
    client.release();
    await database.close();
  }
}

/** What administrators ask of the trail, each with what the Console sends beside it. */
export function logLists(server: Server, headers: { authorization: string }): { name: string; load: Load }[] {
  const month = Date.now() - 30 * 86_400_000;
  const queries = {
    'the newest': '',
    'of a kind': 'kind=change',
    'of a user': 'userId=u4711',
    'of an application, failed': 'applicationId=a7&result=Error',
    'of a key, up to a month ago': `logKey=Interaction.SignIn.Submit&end_time=${month}`,
    'with a word': 'search=u4711',
  };
  return Object.entries(queries).map(([name, query]) => ({
    name,
    load: stateless(server.origin, [{ path: `/api/logs?page_size=20&enableCap=true&${query}`, headers }]),
  }));
}
