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
  /** One statement each, sent at the end of the transaction in progress together with its commit. */
  readonly atCommit: ((db: Database) => Promise<unknown>)[];
  /** Runs when the transaction in progress has committed. */
  readonly afterCommit: (() => void)[];
}

/**
 * Runs `work` in one transaction: all of its changes, their audit rows and their announcements, or none.
 * Inside another transaction it is a savepoint, and what it wants done after the commit waits for the outer one.
 */
export async function transaction<Result>(scope: Scope, work: (scope: Scope) => Promise<Result>): Promise<Result> {
  const afterCommit: (() => void)[] = [];
  let last: Promise<PromiseSettledResult<unknown>[]> | undefined;
  const result = await scope.db.transaction(async (db) => {
    const tx: Scope = { ...scope, db, inTransaction: true, atCommit: [], afterCommit };
    const done = await work(tx);
    last = Promise.allSettled(tx.atCommit.map((send) => send(db)));
    // A savepoint's release fails behind a failed statement, and would hide why.
    if (scope.inTransaction) throwFailed(await last);
    return done;
  });
  // PostgreSQL has made the commit behind a failed statement a rollback.
  if (last) throwFailed(await last);
  if (scope.inTransaction) scope.afterCommit.push(...afterCommit);
  else for (const run of afterCommit) run();
  return result;
}

function throwFailed(outcomes: readonly PromiseSettledResult<unknown>[]): void {
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/**
 * Gathers what a transaction writes beside its changes: everything of one kind by one statement at its end, which costs
 * no round trip because the commit follows in the same one. Outside a transaction it is written at once.
 */
export function writtenAtCommit<Item>(
  write: (db: Database, items: Item[]) => Promise<unknown>,
): (scope: Scope, item: Item) => Promise<void> {
  const gathered = new WeakMap<Scope['atCommit'], Item[]>();
  return async (scope, item) => {
    if (!scope.inTransaction) {
      await write(scope.db, [item]);
      return;
    }
    const known = gathered.get(scope.atCommit);
    if (known) known.push(item);
    else {
      const items = [item];
      gathered.set(scope.atCommit, items);
      scope.atCommit.push((db) => write(db, items));
    }
  };
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
    atCommit: [],
    afterCommit: [],
  };
}
