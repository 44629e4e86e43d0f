import type { IncomingHttpHeaders } from 'node:http';
import type { Caches } from './cache.ts';
import type { Database, DatabasePool } from './database.ts';

/** Who does it. `system` names why; `anonymous` is somebody on the way to signing in. */
export type Actor =
  | { type: 'user'; id: string }
  | { type: 'app'; id: string }
  | { type: 'operator'; id: string }
  | { type: 'system'; id: string }
  | { type: 'anonymous'; id: null };

/** The operation of the API that is being served, as events tell it (features 11.1). */
export interface RouteFacts {
  /** Path within the API, such as `/users/abc`. */
  path: string;
  method: string;
  /** Status that the operation answers when it succeeds. */
  status: number;
  params: Readonly<Record<string, unknown>>;
  /** The path's pattern, such as `/users/:userId`. */
  matchedRoute: string;
}

/** What every service needs to know of the request it serves: made once a request, passed as the first argument. */
export interface Scope {
  /** The tenant's database, or the transaction in progress. */
  readonly db: Database;
  readonly caches: Caches;
  readonly tenantId: string;
  readonly actor: Actor;
  readonly requestId: string;
  readonly now: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** Headers of the request; none where no request is served. */
  readonly headers: IncomingHttpHeaders;
  /** Gives the browser a cookie with the answer; the line is that of Set-Cookie (RFC 6265 §4.1). */
  readonly setCookie: (line: string) => void;
  /** Null outside the API's operations: on the hosted pages, in jobs and on the command line. */
  readonly route: RouteFacts | null;
  readonly inTransaction: boolean;
  /** Runs at the end of the transaction in progress, in it. */
  readonly beforeCommit: ((tx: Scope) => Promise<void>)[];
  /** Runs when the transaction in progress has committed. */
  readonly afterCommit: (() => void)[];
}

/**
 * Runs `work` in one transaction: all of its changes, their audit rows and their announcements, or none.
 * Inside another transaction it is a savepoint, and what it wants done after the commit waits for the outer one.
 */
export async function transaction<Result>(scope: Scope, work: (scope: Scope) => Promise<Result>): Promise<Result> {
  const afterCommit: (() => void)[] = [];
  const result = await scope.db.transaction(async (db) => {
    const tx: Scope = { ...scope, db, inTransaction: true, beforeCommit: [], afterCommit };
    const done = await work(tx);
    for (const run of tx.beforeCommit) await run(tx);
    return done;
  });
  if (scope.inTransaction) scope.afterCommit.push(...afterCommit);
  else for (const run of afterCommit) run();
  return result;
}

/** A scope for work that no request asked for. */
export function systemScope(world: { database: DatabasePool; caches: Caches }, tenantId: string, why: string): Scope {
  return {
    db: world.database.forTenant(tenantId),
    caches: world.caches,
    tenantId,
    actor: { type: 'system', id: why },
    requestId: `system:${why}`,
    now: new Date(),
    ip: null,
    userAgent: null,
    headers: {},
    setCookie: () => undefined,
    route: null,
    inTransaction: false,
    beforeCommit: [],
    afterCommit: [],
  };
}
