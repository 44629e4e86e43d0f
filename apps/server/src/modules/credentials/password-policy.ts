import type { PasswordPolicy } from '../sign-in-experience/sign-in-experience.contract.ts';

/** What is wrong with a new password: a wire code with the numbers its sentence needs. */
export interface PasswordIssue {
  code: `password_rejected.${string}`;
  interpolation?: Record<string, number>;
}

/** What a person's password must not be made of. */
export interface PasswordOwner {
  name?: string | null | undefined;
  username?: string | null | undefined;
  primaryEmail?: string | null | undefined;
  primaryPhone?: string | null | undefined;
}

/** A policy with its defaults filled in (features 2.3). */
export interface EffectivePasswordPolicy {
  length: { min: number; max: number };
  characterTypes: { min: number };
  rejects: { pwned: boolean; repetitionAndSequence: boolean; userInfo: boolean; words: readonly string[] };
}

export const effectivePolicy = (policy: PasswordPolicy): EffectivePasswordPolicy => ({
  length: policy.length ?? { min: 8, max: 256 },
  characterTypes: policy.characterTypes ?? { min: 1 },
  rejects: policy.rejects ?? { pwned: true, repetitionAndSequence: true, userInfo: true, words: [] },
});

/** A run or sequence is noticed from this length on. */
const SHORTEST_RUN = 3;
/** A password passes when at least this many of its characters belong to nothing restricted. */
const FREE_CHARACTERS = 3;
/** A shorter name or word says nothing about a password that contains it. */
const SHORTEST_WORD = 3;

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const CHARACTER_TYPES = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/];
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const SEQUENCES = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);

type Covered = boolean[];

/** Characters that repeat their neighbour. */
function coverRepetition(text: string, covered: Covered): boolean {
  let found = false;
  for (let start = 0; start < text.length; ) {
    let end = start + 1;
    while (end < text.length && text[end] === text[start]) end += 1;
    if (end - start >= SHORTEST_RUN) {
      found = true;
      covered.fill(true, start, end);
    }
    start = end;
  }
  return found;
}

/** Pieces of the alphabet, of the digits and of a keyboard's rows, in either direction. */
function coverSequences(text: string, covered: Covered): boolean {
  let found = false;
  for (let start = 0; start + SHORTEST_RUN <= text.length; start += 1) {
    const piece = text.slice(start, start + SHORTEST_RUN);
    if (SEQUENCES.some((sequence) => sequence.includes(piece))) {
      found = true;
      covered.fill(true, start, start + SHORTEST_RUN);
    }
  }
  return found;
}

function coverWords(text: string, words: readonly string[], covered: Covered): boolean {
  let found = false;
  for (const word of words) {
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
      found = true;
      covered.fill(true, at, at + word.length);
    }
  }
  return found;
}

function wordsOf(owner: PasswordOwner): string[] {
  const { name, username, primaryEmail, primaryPhone } = owner;
  const pieces = [...(name ?? '').split(/\s+/), username, primaryEmail?.split('@')[0], primaryPhone];
  return pieces.map((piece) => (piece ?? '').toLowerCase()).filter((piece) => piece.length >= SHORTEST_WORD);
}

function restrictedIssues(policy: EffectivePasswordPolicy, password: string, owner: PasswordOwner): PasswordIssue[] {
  const { rejects } = policy;
  const text = password.toLowerCase();
  const covered: Covered = new Array<boolean>(text.length).fill(false);
  const words = rejects.words.map((word) => word.toLowerCase());
  const found: [boolean, PasswordIssue['code']][] = [
    [rejects.repetitionAndSequence && coverRepetition(text, covered), 'password_rejected.restricted.repetition'],
    [rejects.repetitionAndSequence && coverSequences(text, covered), 'password_rejected.restricted.sequence'],
    [rejects.userInfo && coverWords(text, wordsOf(owner), covered), 'password_rejected.restricted.user_info'],
    [coverWords(text, words, covered), 'password_rejected.restricted.words'],
  ];
  if (covered.filter((taken) => !taken).length >= FREE_CHARACTERS) return [];
  return found.filter(([is]) => is).map(([, code]) => ({ code }));
}

/** Everything that can be judged without the network. */
export function localIssues(policy: EffectivePasswordPolicy, password: string, owner: PasswordOwner): PasswordIssue[] {
  const { length, characterTypes } = policy;
  const types = CHARACTER_TYPES.filter((type) => type.test(password)).length;
  return [
    ...(password.length < length.min
      ? [{ code: 'password_rejected.too_short' as const, interpolation: { min: length.min } }]
      : []),
    ...(password.length > length.max
      ? [{ code: 'password_rejected.too_long' as const, interpolation: { max: length.max } }]
      : []),
    ...(PRINTABLE_ASCII.test(password) ? [] : [{ code: 'password_rejected.unsupported_characters' as const }]),
    ...(types < characterTypes.min
      ? [{ code: 'password_rejected.character_types' as const, interpolation: { min: characterTypes.min } }]
      : []),
    ...restrictedIssues(policy, password, owner),
  ];
}
