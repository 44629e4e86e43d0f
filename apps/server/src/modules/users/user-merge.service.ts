import { audit } from '../../kernel/audit.ts';
import { emitEvent } from '../../kernel/events.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { type MergeField, type MergeReport, mergeFields } from './user-merge.contract.ts';
import * as merge from './user-merge.store.ts';
import { fail } from './users.errors.ts';
import { tell, type UsersDependencies } from './users.service.ts';
import * as store from './users.store.ts';
import { toUser } from './users.wire.ts';

export interface UserMergeDependencies {
  endSessions: UsersDependencies['endSessions'];
  /** Gives the source's factors to the target, in the transaction in progress. */
  mergeFactors(tx: Scope, pair: { sourceId: string; targetId: string }): Promise<merge.Moved[]>;
}

interface MergeOptions {
  sourceUserId: string;
  dryRun: boolean;
  prefer: readonly MergeField[];
}

type Conflict = MergeReport['conflicts'][number];

/** Ends the transaction of a dry run: all of it was done, to tell exactly what would be, and none of it stays. */
class DryRun extends Error {
  readonly report: MergeReport;
  constructor(report: MergeReport) {
    super('a dry run changes nothing');
    this.report = report;
  }
}

/** Columns that go together, by what people call them. */
const COLUMNS: Record<MergeField, readonly [keyof store.UserChange, ...(keyof store.UserChange)[]]> = {
  username: ['username'],
  primaryEmail: ['primaryEmail', 'emailVerifiedAt'],
  primaryPhone: ['primaryPhone'],
  name: ['name'],
  avatar: ['avatar'],
  password: ['passwordDigest', 'passwordAlgorithm', 'passwordUpdatedAt', 'isPasswordExpired'],
};

export type UserMerge = ReturnType<typeof createUserMerge>;

/** Two accounts of one person become one. */
export function createUserMerge(deps: UserMergeDependencies) {
  const lockBoth = async (tx: Scope, ids: { source: string; target: string }) => {
    const rows = new Map<string, store.UserRow>();
    // In one order, so that two merges of the same pair wait for each other and not in a ring.
    for (const id of [ids.source, ids.target].sort()) {
      const row = await store.lockUser(tx.db, tx.tenantId, id);
      if (!row) throw fail('entity.not_found');
      rows.set(id, row);
    }
    const [source, target] = [rows.get(ids.source), rows.get(ids.target)];
    if (!source || !target) throw fail('entity.not_found');
    return { source, target };
  };

  const moveAll = async (tx: Scope, pair: merge.MergedPair): Promise<merge.Moved[]> => {
    const organizations = await merge.copyMemberships(tx.db, pair);
    const moved: merge.Moved[] = [{ what: 'organizations', moved: organizations, left: [] }];
    for (const move of merge.moves) moved.push(await merge.moveRows(tx.db, pair, move));
    moved.push(await merge.moveIdentities(tx.db, pair, 'identities'));
    moved.push(await merge.moveIdentities(tx.db, pair, 'ssoIdentities'), ...(await deps.mergeFactors(tx, pair)));
    await merge.renameInInvitations(tx.db, pair);
    for (const organizationId of organizations) {
      await emitEvent(tx, {
        event: 'Organization.Membership.Updated',
        object: { type: 'Organization', id: organizationId },
        payload: { organizationId, data: { kind: 'users', added: [pair.targetId] } },
      });
    }
    return moved;
  };

  const perform = async (tx: Scope, targetId: string, { sourceUserId, dryRun, prefer }: MergeOptions) => {
    const { source, target } = await lockBoth(tx, { source: sourceUserId, target: targetId });
    // Whoever is shut out would come back in by another account.
    if (source.isSuspended || target.isSuspended) throw fail('user.merge_suspended');
    const rows = await moveAll(tx, { tenantId: tx.tenantId, sourceId: source.id, targetId });
    const fields = mergedFields(source, target, prefer);
    const data = mergedData(source, target);
    await deps.endSessions(tx, source.id, 'user_deleted');
    await store.deleteUser(tx.db, tx.tenantId, source.id);
    await store.updateUser(tx.db, tx.tenantId, targetId, { ...fields.change, ...data.change, updatedAt: tx.now });
    const after = await store.findUser(tx.db, tx.tenantId, targetId);
    if (!after) throw new Error(`user ${targetId} is gone while its row is held`);

    const report: MergeReport = {
      dryRun,
      user: toUser(after),
      moved: [
        ...fields.moved,
        ...[...rows, ...data.moved].map(({ what, moved }) => ({ what, count: moved.length })),
      ].filter(({ count }) => count > 0),
      conflicts: [
        ...fields.conflicts,
        ...[...rows, ...data.moved].flatMap(({ what, left }): Conflict[] =>
          // What both have of a set is the same thing, and nothing is lost.
          left.length > 0 && !SETS.has(what) ? [{ what, kept: 'target', keys: left }] : [],
        ),
      ],
    };
    if (dryRun) throw new DryRun(report);
    await tellAll(tx, { source, target, after }, report);
    return report;
  };

  return {
    async merge(scope: Scope, targetId: string, options: MergeOptions): Promise<MergeReport> {
      const { sourceUserId } = options;
      if (sourceUserId === targetId) throw fail('user.merge_with_itself');
      if (scope.actor.type === 'user' && scope.actor.id === sourceUserId) throw fail('user.cannot_delete_self');
      try {
        return await transaction(scope, (tx) => perform(tx, targetId, options));
      } catch (error) {
        if (error instanceof DryRun) return error.report;
        throw error;
      }
    },
  };
}

const SETS = new Set<string>(['roles', 'organizationRoles', 'organizationConsents', 'accessRules']);

async function tellAll(
  tx: Scope,
  { source, target, after }: { source: store.UserRow; target: store.UserRow; after: store.UserRow },
  { moved, conflicts }: MergeReport,
): Promise<void> {
  await audit(tx, {
    key: 'User.Merged',
    target: { type: 'User', id: target.id },
    before: target,
    after,
    details: { source, sourceUserId: source.id, moved, conflicts },
  });
  await audit(tx, {
    key: 'User.Deleted',
    target: { type: 'User', id: source.id },
    before: source,
    details: { mergedInto: target.id },
  });
  await emitEvent(tx, {
    event: 'User.Deleted',
    object: { type: 'User', id: source.id },
    payload: { data: null, params: { userId: source.id } },
  });
  await tell(tx, 'User.Data.Updated', after);
}

/** The target's, the source's where the target has none or it is preferred. */
function mergedFields(source: store.UserRow, target: store.UserRow, prefer: readonly MergeField[]) {
  const change: store.UserChange = {};
  const moved: MergeReport['moved'] = [];
  const conflicts: Conflict[] = [];
  for (const field of mergeFields) {
    const [first, ...others] = COLUMNS[field];
    if (source[first] === null) continue;
    const bothHave = target[first] !== null;
    const takes = !bothHave || prefer.includes(field);
    if (bothHave) conflicts.push({ what: field, kept: takes ? 'source' : 'target', keys: [] });
    if (!takes) continue;
    for (const column of [first, ...others]) Object.assign(change, { [column]: source[column] });
    moved.push({ what: field, count: 1 });
  }
  return { change, moved, conflicts };
}

/** Top-level members that the target does not have; what users decided about their second step goes the same way. */
function mergedData(source: store.UserRow, target: store.UserRow) {
  const lastSignIns = [source.lastSignInAt, target.lastSignInAt].filter((time) => time !== null);
  const change = {
    profile: { ...source.profile, ...target.profile },
    customData: { ...source.customData, ...target.customData },
    logtoConfig: { ...source.logtoConfig, ...target.logtoConfig },
    lastSignInAt: lastSignIns.length > 0 ? new Date(Math.max(...lastSignIns.map(Number))) : null,
  };
  const moved = (['profile', 'customData'] as const).map((what): merge.Moved => {
    const keys = Object.keys(source[what]).sort();
    const has = (key: string) => Object.hasOwn(target[what], key);
    return { what, moved: keys.filter((key) => !has(key)), left: keys.filter(has) };
  });
  return { change, moved };
}
