import { isDeepStrictEqual } from 'node:util';
import type { Difference } from './audit-logs.contract.ts';
import { differences } from './differences.ts';

/** What an entry of the trail says of its object, as far as changes are told by it. */
export interface ObjectEntry {
  key: string;
  targetType: string | null;
  payload: Record<string, unknown>;
}

/** Words between the object and the verb of a key that do not stand for a part of the object. */
const WHOLE = ['', 'Data', 'Status', 'SuspensionStatus', 'Password', 'Settings'];
const WHOLE_VERBS = ['Created', 'Updated', 'Deleted', 'Merged', 'Rotated', 'Finished', 'Cancelled', 'Used'];
const PART_VERBS = new Set(
  'Created Updated Added Replaced Linked Bound Renamed Rotated Requested Cancelled'.split(' '),
);
const ENDS = new Set(['Deleted', 'Removed', 'Unlinked']);

/** Keys of the entries that tell an object of the type as a whole. */
export const wholeKeysOf = (type: string): string[] =>
  WHOLE.flatMap((aspect) => WHOLE_VERBS.map((verb) => [type, aspect, verb].filter(Boolean).join('.')));

type Fields = Record<string, unknown>;
/** A list that the trail tells by what came and what went has no states, but a change. */
type Patch = { before: unknown; after: unknown } | { added: Set<unknown>; removed: Set<unknown> };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const lowerFirst = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);
const joined = (...words: string[]): string => words.filter(Boolean).join('.');

/** What the trail says at one moment only, or what says nothing: the entry has its own time. */
const NOISE = new Set(['tenantId', 'updatedAt']);
/** A field that is empty and one that is not there are told alike. */
const isSame = (before: unknown, after: unknown): boolean => isDeepStrictEqual(before ?? null, after ?? null);
const LIST_MEMBERS = /^(added|removed)(.*)$/;

/** The part of the object that an entry is about; empty for the whole of it. */
function partOf({ key, targetType }: ObjectEntry): { part: string; verb: string } {
  const words = key.split('.');
  const verb = words.at(-1) ?? '';
  const named = words.slice(words[0] === targetType ? 1 : 0, -1);
  return { part: WHOLE.includes(named.join('.')) ? '' : named.map(lowerFirst).join('.'), verb };
}

/** Which of several alike it is: a token by its name, an account by its provider. */
function nameOf(fields: unknown): string | undefined {
  if (!isFields(fields)) return undefined;
  const { id, name, target, trustedDeviceId } = fields;
  return [id, name, target, trustedDeviceId].find((value) => typeof value === 'string');
}

/** An object's states before and after an entry; where the entry names no states, its facts stand for them. */
export function statesOf(entry: ObjectEntry): { before?: unknown; after?: unknown } {
  const { before, after, ...facts } = entry.payload;
  if (before !== undefined || after !== undefined) return { before, after };
  const names = Object.keys(facts);
  if (names.length === 0 || names.some((name) => LIST_MEMBERS.test(name))) return {};
  const { part, verb } = partOf(entry);
  const own = facts.factor ?? facts;
  if (ENDS.has(verb)) return { before: own };
  return (part === '' ? WHOLE_VERBS.includes(verb) : PART_VERBS.has(verb)) ? { after: own } : {};
}

function valuePatches(entry: ObjectEntry): [string, Patch][] {
  const { before, after } = statesOf(entry);
  const { part } = partOf(entry);
  const placed = (state: unknown): unknown => {
    const name = part === '' ? undefined : nameOf(state);
    return name === undefined || state === undefined ? state : { [name]: state };
  };
  return differences(placed(before), placed(after))
    .filter(({ path, ...states }) => !NOISE.has(path) && !isSame(states.before, states.after))
    .map(({ path, ...states }) => [joined(part, path), { before: states.before, after: states.after }]);
}

/** Members that came and went: of the object, or of each thing in it that the entry names. */
function listPatches(entry: ObjectEntry): [string, Patch][] {
  const { kind, memberId, memberIds = memberId === undefined ? [] : [memberId] } = entry.payload;
  const { part } = partOf(entry);
  return Object.entries(entry.payload).flatMap(([name, value]): [string, Patch][] => {
    const [, what, of = ''] = LIST_MEMBERS.exec(name) ?? [];
    if (!what || !Array.isArray(value) || value.length === 0) return [];
    const patch = { added: new Set(what === 'added' ? value : []), removed: new Set(what === 'removed' ? value : []) };
    const place = joined(part, typeof kind === 'string' ? kind : '');
    const owners = Array.isArray(memberIds) && memberIds.length > 0 ? memberIds.map(String) : [''];
    // `addedRoleIds` of a role's or a user's own entry are its `roleIds`; of a member they are the member's.
    if (of === '') return [[place, patch]];
    return owners.map((owner) => [joined(owner === '' ? '' : joined(place, owner), lowerFirst(of)), patch]);
  });
}

const patchesOf = (entry: ObjectEntry): [string, Patch][] => [...valuePatches(entry), ...listPatches(entry)];

function composed(earlier: Patch | undefined, later: Patch): Patch {
  if (!earlier) return 'added' in later ? { added: new Set(later.added), removed: new Set(later.removed) } : later;
  if ('added' in earlier && 'added' in later) {
    for (const member of later.added) if (!earlier.removed.delete(member)) earlier.added.add(member);
    for (const member of later.removed) if (!earlier.added.delete(member)) earlier.removed.add(member);
    return earlier;
  }
  if ('added' in earlier) return later;
  if (!('added' in later)) return { before: earlier.before, after: later.after };
  // A list that was told whole goes on by what comes and goes.
  const kept = Array.isArray(earlier.after) ? earlier.after.filter((member) => !later.removed.has(member)) : [];
  return { before: earlier.before, after: [...new Set([...kept, ...later.added])] };
}

function toDifference(path: string, patch: Patch): Difference[] {
  if ('added' in patch) {
    const [removed, added] = [[...patch.removed], [...patch.added]];
    if (removed.length === 0 && added.length === 0) return [];
    return [{ path, ...(removed.length > 0 && { before: removed }), ...(added.length > 0 && { after: added }) }];
  }
  return isSame(patch.before, patch.after) ? [] : [{ path, before: patch.before, after: patch.after }];
}

/** What changed in an object by a sequence of entries, the oldest first: take them in one by one, and ask. */
export function createComposition() {
  const patches = new Map<string, Patch>();
  return {
    take(entry: ObjectEntry): void {
      for (const [path, patch] of patchesOf(entry)) patches.set(path, composed(patches.get(path), patch));
      const { part, verb } = partOf(entry);
      const { before, after } = statesOf(entry);
      if (!ENDS.has(verb) || after !== undefined) return;
      // With an object, or a part of one, all that belonged to it is gone.
      const place = joined(part, part === '' ? '' : (nameOf(before) ?? ''));
      for (const [path, patch] of patches) {
        if (place !== '' && !path.startsWith(`${place}.`)) continue;
        if ('added' in patch) patch.added.clear();
        else patches.set(path, { before: patch.before, after: undefined });
      }
    },
    changes: (): Difference[] => [...patches].flatMap(([path, patch]) => toDifference(path, patch)),
  };
}

/** What one entry changed. */
export function changesOf(entry: ObjectEntry): Difference[] {
  const composition = createComposition();
  composition.take(entry);
  return composition.changes();
}
