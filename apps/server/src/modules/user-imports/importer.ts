import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { audit } from '../../kernel/audit.ts';
import type { Caches } from '../../kernel/cache.ts';
import { type DatabasePool, databaseErrorOf } from '../../kernel/database.ts';
import { asRequestError } from '../../kernel/http.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Log } from '../../kernel/log.ts';
import { type Actor, type Scope, systemScope, transaction } from '../../kernel/scope.ts';
import type { Joining } from '../organizations/index.ts';
import type { ImportedUser, ImportOutcome } from '../users/index.ts';
import { type ReadRow, readRows, UnreadableFile } from './transfer-formats.ts';
import type { ImportedRow } from './user-imports.contract.ts';
import * as store from './user-imports.store.ts';

export interface ImporterDependencies {
  database: DatabasePool;
  caches: Caches;
  log: Log;
  now: () => Date;
  createUsers(tx: Scope, users: ImportedUser[], details: Record<string, unknown>): Promise<ImportOutcome[]>;
  usernamesAreCaseSensitive(scope: Scope): Promise<boolean>;
  assignRoles(tx: Scope, assignments: { userId: string; roleNames: readonly string[] }[]): Promise<void>;
  findUnknownRoles(scope: Scope, names: readonly string[]): Promise<string[]>;
  /** Domains of addresses that some organization takes users in by. */
  welcomeDomains(scope: Scope): Promise<Set<string>>;
  joinOrganizations(tx: Scope, joining: Joining): Promise<unknown>;
}

/** Rows of one transaction. */
const BATCH = 500;
/** Refused rows that the report keeps. */
const MAX_ERRORS = 10_000;
const LEASE_MS = 60_000;
/** SQLSTATE classes that blame the data: 22 data exception, 23 integrity constraint violation. */
const BLAMES_DATA = /^2[23]/;

/** Somebody cancelled the import, or another process has taken it over. */
class NoLongerOurs extends Error {}
/** Takes a dry run's changes back. */
class DryRunDone extends Error {}

/** The database is away for a while, which is no fault of the file. */
const isOutage = (error: unknown): boolean => asRequestError(error).code === 'request.unavailable';

type Verdict = { row: ReadRow; refusal?: { code: string; details?: string | undefined } };

const toUser = ({ emailVerified, createdAt, roleNames: _, ...rest }: ImportedRow): ImportedUser => ({
  ...rest,
  emailIsVerified: emailVerified,
  createdAt: createdAt === undefined ? undefined : new Date(createdAt),
});

/** Finds rows that want what an earlier row of the same file has. */
function createDuplicates(caseSensitive: boolean) {
  const seen = new Map<string, number>();
  return ({ number, user }: ReadRow): string | undefined => {
    if (!user) return undefined;
    const { id, username, primaryEmail, primaryPhone, identities = {} } = user;
    const claims = [
      id && ['id', id],
      username && ['username', caseSensitive ? username : username.toLowerCase()],
      primaryEmail && ['primaryEmail', primaryEmail.toLowerCase()],
      primaryPhone && ['primaryPhone', primaryPhone],
      ...Object.entries(identities).map(([target, { userId }]) => [`identities.${target}`, userId]),
    ].flatMap((claim) => (claim ? [claim as [string, string]] : []));
    for (const claim of claims) {
      const earlier = seen.get(JSON.stringify(claim));
      if (earlier !== undefined) return `${claim[0]}: is that of row ${earlier}, too`;
    }
    for (const claim of claims) seen.set(JSON.stringify(claim), number);
    return undefined;
  };
}

export type Importer = ReturnType<typeof createImporter>;

/**
 * Works through imports, one at a time in each process. A batch's users and the progress are one transaction, and a
 * process that dies leaves its lease to run out: another one goes on after the last whole batch.
 */
export function createImporter(deps: ImporterDependencies) {
  const workerId = standardId();
  /** Where an import was when it was interrupted by a fault. */
  const faults = new LRUCache<string, number>({ max: 1000 });
  let running: Promise<void> | undefined;
  let isStopping = false;

  const scopeOf = (job: store.ImportRow): Scope => ({
    ...systemScope(deps, job.tenantId, 'user import'),
    actor: { type: job.actorType, id: job.actorId } as Actor,
    requestId: job.requestId,
    now: deps.now(),
  });

  const leasedUntil = () => new Date(deps.now().getTime() + LEASE_MS);

  /** The import, held, while it is still ours. */
  const hold = async (tx: Scope, key: store.ImportKey): Promise<store.ImportRow> => {
    const job = await store.lockImport(tx.db, key);
    if (job?.status !== 'Running' || job.workerId !== workerId) throw new NoLongerOurs();
    return job;
  };

  /** Creates the users of these rows with all that they are given. */
  const createAll = async (tx: Scope, rows: ReadRow[], importId: string): Promise<Verdict[]> => {
    const readable = rows.filter((row): row is ReadRow & { user: ImportedRow } => row.user !== undefined);
    const names = [...new Set(readable.flatMap(({ user }) => user.roleNames ?? []))];
    const unknown = new Set(names.length > 0 ? await deps.findUnknownRoles(tx, names) : []);
    const strangers = ({ roleNames = [] }: ImportedRow) => roleNames.filter((name) => unknown.has(name));
    const wanted = readable.filter(({ user }) => strangers(user).length === 0);
    const outcomes = await deps.createUsers(
      tx,
      wanted.map(({ user }) => toUser(user)),
      { userImportId: importId },
    );
    const outcomeOf = new Map(wanted.map((row, index) => [row.number, outcomes[index]]));

    const created = wanted.flatMap(({ number, user }) => {
      const outcome = outcomeOf.get(number);
      return outcome && 'id' in outcome ? [{ ...outcome, roleNames: user.roleNames ?? [] }] : [];
    });
    if (created.length > 0) {
      await deps.assignRoles(
        tx,
        created.map(({ id, roleNames }) => ({ userId: id, roleNames })),
      );
      const domains = await deps.welcomeDomains(tx);
      for (const { id, verifiedEmail } of domains.size > 0 ? created : []) {
        const domain = verifiedEmail?.split('@').at(-1)?.toLowerCase();
        if (domain && domains.has(domain)) await deps.joinOrganizations(tx, { userId: id, verifiedEmail });
      }
    }

    return rows.map((row): Verdict => {
      if (!row.user) return { row, refusal: { code: 'guard.invalid_input', details: row.problem } };
      const missing = strangers(row.user);
      if (missing.length > 0) {
        const details = `roleNames: no role for users is called ${missing.join(', ')}`;
        return { row, refusal: { code: 'entity.relation_foreign_key_not_found', details } };
      }
      const outcome = outcomeOf.get(row.number);
      if (!outcome || 'id' in outcome) return { row };
      return { row, refusal: { code: outcome.refusal.code, details: outcome.refusal.details } };
    });
  };

  const rehearse = async (tx: Scope, rows: ReadRow[], importId: string): Promise<Verdict[]> => {
    let verdicts: Verdict[] = [];
    try {
      await transaction(tx, async (inner) => {
        verdicts = await createAll(inner, rows, importId);
        throw new DryRunDone();
      });
    } catch (error) {
      if (!(error instanceof DryRunDone)) throw error;
    }
    return verdicts;
  };

  const commit = (scope: Scope, key: store.ImportKey, rows: ReadRow[]): Promise<void> =>
    transaction(scope, async (tx) => {
      const job = await hold(tx, key);
      const verdicts = await (job.isDryRun ? rehearse : createAll)(tx, rows, job.id);
      const refused = verdicts.flatMap(({ row, refusal }) => (refusal ? [{ row, refusal }] : []));
      await store.insertErrors(
        tx.db,
        key,
        refused
          .slice(0, Math.max(0, MAX_ERRORS - job.refused))
          .map(({ row: { number, identifier }, refusal: { code, details = null } }) => ({
            row: number,
            identifier,
            code,
            details,
          })),
      );
      await store.updateImport(tx.db, key, {
        processed: job.processed + rows.length,
        created: job.created + rows.length - refused.length,
        refused: job.refused + refused.length,
        leasedUntil: leasedUntil(),
      });
    });

  /** A value that PostgreSQL takes no row with must not cost the others of its batch: each is tried by itself. */
  const commitOneByOne = async (scope: Scope, key: store.ImportKey, rows: ReadRow[]): Promise<void> => {
    for (const row of rows) {
      try {
        await commit(scope, key, [row]);
      } catch (error) {
        if (!BLAMES_DATA.test(databaseErrorOf(error)?.code ?? '')) throw error;
        const { number, identifier } = row;
        await commit(scope, key, [{ number, identifier, problem: 'has a value that cannot be stored' }]);
      }
    }
  };

  const commitBatch = async (scope: Scope, key: store.ImportKey, rows: ReadRow[]): Promise<void> => {
    try {
      await commit(scope, key, rows);
    } catch (error) {
      if (!BLAMES_DATA.test(databaseErrorOf(error)?.code ?? '')) throw error;
      await commitOneByOne(scope, key, rows);
    }
  };

  const finish = (scope: Scope, key: store.ImportKey, status: 'Completed' | 'Failed', failure: string | null) =>
    transaction(scope, async (tx) => {
      const { isDryRun, processed, created, refused } = await hold(tx, key);
      await store.updateImport(tx.db, key, { status, failure, leasedUntil: null, finishedAt: deps.now() });
      await store.deleteContent(tx.db, key);
      await audit(tx, {
        key: 'UserImport.Finished',
        result: status === 'Failed' ? 'Error' : 'Success',
        target: { type: 'UserImport', id: key.id },
        details: { isDryRun, processed, created, refused, failure },
      });
    });

  /** Reads the whole file once: nothing is created from one that breaks off in the middle. */
  const count = async (scope: Scope, job: store.ImportRow): Promise<void> => {
    let total = 0;
    for await (const { number } of readRows(job.format, store.readContent(scope.db, job))) {
      total = number;
      if (total % BATCH === 0) await setImmediate(undefined);
    }
    await transaction(scope, async (tx) => {
      await hold(tx, job);
      await store.updateImport(tx.db, job, { total, leasedUntil: leasedUntil() });
    });
  };

  const work = async (job: store.ImportRow): Promise<void> => {
    const scope = scopeOf(job);
    if (job.total === null) await count(scope, job);
    const duplicateOf = createDuplicates(await deps.usernamesAreCaseSensitive(scope));
    let batch: ReadRow[] = [];
    for await (const row of readRows(job.format, store.readContent(scope.db, job))) {
      const problem = duplicateOf(row);
      if (row.number <= job.processed) continue;
      batch.push(problem === undefined ? row : { number: row.number, identifier: row.identifier, problem });
      if (batch.length < BATCH) continue;
      await commitBatch({ ...scope, now: deps.now() }, job, batch);
      batch = [];
      if (isStopping) return;
    }
    if (batch.length > 0) await commitBatch({ ...scope, now: deps.now() }, job, batch);
    await finish(scope, job, 'Completed', null);
  };

  const workOn = async (job: store.ImportRow): Promise<void> => {
    try {
      await work(job);
    } catch (error) {
      if (error instanceof NoLongerOurs) return;
      if (error instanceof UnreadableFile) return finish(scopeOf(job), job, 'Failed', error.message);
      if (isOutage(error)) throw error;
      // The lease runs out, and the import goes on where it was; but not for ever, if it is the file that we fail at.
      deps.log.error({ err: error, userImportId: job.id }, 'a user import was interrupted');
      if (faults.get(job.id) === job.processed) {
        const failure = `After row ${job.processed}: the server failed twice. Its log has the reason.`;
        await finish(scopeOf(job), job, 'Failed', failure);
      }
      faults.set(job.id, job.processed);
    }
  };

  const workOnAll = async (): Promise<void> => {
    try {
      while (!isStopping) {
        const now = deps.now();
        const job = await store.claimImport(deps.database.forSystem('take the next user import'), {
          id: workerId,
          now,
          leasedUntil: leasedUntil(),
        });
        if (!job) return;
        await workOn(job);
      }
    } catch (error) {
      deps.log.warn({ error: error instanceof Error ? error.message : error }, 'a user import was interrupted');
    }
  };

  return {
    /** Begins to work unless it does already; answers when nothing is left to do. */
    wake(): Promise<void> {
      running ??= workOnAll().finally(() => {
        running = undefined;
      });
      return running;
    },

    /** Ends after the batch in progress. */
    async stop(): Promise<void> {
      isStopping = true;
      await running;
    },
  };
}
