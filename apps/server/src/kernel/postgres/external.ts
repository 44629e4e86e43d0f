import pg from 'pg';

/** The database behind DATABASE_URL cannot be used; the message is one line for the operator. */
export class ExternalDatabaseError extends Error {
  override readonly name = 'ExternalDatabaseError';
}

const OLDEST_VERSION = 15;

interface Facts {
  version: number;
  role: string;
  superuser: boolean;
  bypassesRls: boolean;
  database: string;
  createInDatabase: boolean;
  createInSchema: boolean | null;
}

const FACTS = `
  select current_setting('server_version_num')::int / 10000 as version,
         current_user as role,
         rolsuper as superuser,
         rolbypassrls as "bypassesRls",
         current_database() as database,
         has_database_privilege(current_database(), 'CREATE') as "createInDatabase",
         has_schema_privilege(current_schema(), 'CREATE') as "createInSchema"
    from pg_roles where rolname = current_user`;

/**
 * Looks at the database behind DATABASE_URL before anything is written to it.
 * Throws an `ExternalDatabaseError` when it cannot be used; answers warnings for the operator otherwise.
 */
export async function checkExternalDatabase(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // The session is short; what ends it shows in the statement that is under way.
  client.on('error', () => undefined);
  let facts: Facts | undefined;
  try {
    await client.connect();
    facts = (await client.query<Facts>(FACTS)).rows[0];
  } catch (error) {
    throw new ExternalDatabaseError(explain(error, url), { cause: error });
  } finally {
    // Not awaited: it waits for an answer that a stranger on the port never gives.
    client.end().catch(() => undefined);
  }
  if (!facts) throw new ExternalDatabaseError('DATABASE_URL: the role of the session is unknown to the database');
  return judge(facts);
}

function judge(facts: Facts): string[] {
  const { version, role, database } = facts;
  if (version < OLDEST_VERSION) {
    throw new ExternalDatabaseError(
      `DATABASE_URL: PostgreSQL ${version} is too old, ${OLDEST_VERSION} or newer is needed`,
    );
  }
  if (!facts.createInDatabase) {
    throw new ExternalDatabaseError(
      `DATABASE_URL: role ${role} may not create schemas in database ${database}: run ALTER DATABASE "${database}" OWNER TO "${role}"`,
    );
  }
  if (!facts.createInSchema) {
    throw new ExternalDatabaseError(
      `DATABASE_URL: role ${role} may not create tables in database ${database}: run GRANT CREATE ON SCHEMA public TO "${role}" there`,
    );
  }
  if (!facts.superuser && !facts.bypassesRls) return [];
  return [
    `DATABASE_URL: role ${role} bypasses row-level security (superuser or BYPASSRLS), the second wall between tenants: use an ordinary role that owns the database`,
  ];
}

/** SQLSTATEs and system errors of a failed connection, in the operator's words. The password is in none of them. */
function explain(error: unknown, url: string): string {
  const { host: encodedHost, pathname, username } = new URL(url);
  // The directory of a Unix-domain socket is written %2Flike%2Fthis.
  const host = decodeURIComponent(encodedHost);
  const { code = '', message } = error as { code?: string; message: string };
  const reasons: Record<string, string> = {
    '28P01': `authentication failed for user ${username}: check user and password`,
    '28000': `user ${username} is not admitted: ${message}`,
    '3D000': `database ${pathname.slice(1)} does not exist on ${host}: create it with CREATE DATABASE`,
    '53300': `${host} has no free connection: raise max_connections or lower DATABASE_POOL_SIZE`,
    '57P03': `${host} is starting up or shutting down: try again`,
    ENOTFOUND: `host ${host} is unknown`,
    ECONNREFUSED: `nothing listens on ${host}`,
  };
  return `DATABASE_URL: ${reasons[code] ?? `${host} cannot be reached: ${message.split('\n')[0] || code}`}`;
}
