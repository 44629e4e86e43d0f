import { randomBytes } from 'node:crypto';
import { equalSecrets } from '../../kernel/secrets.ts';

const CODES = 10;
const CODE = /^[\da-f]{10}$/;

/** Ten codes of ten hexadecimal characters: 40 bits each, used under a limit of tries. */
export const newBackupCodes = (): string[] => Array.from({ length: CODES }, () => randomBytes(5).toString('hex'));

/** True for a set that somebody brings along, such as from another system. */
export const areBackupCodes = (codes: readonly string[]): boolean =>
  codes.length === CODES && new Set(codes).size === CODES && codes.every((code) => CODE.test(code));

/** As people type it: in capitals, with spaces or hyphens between. */
export const readBackupCode = (typed: string): string => typed.replace(/[\s-]/g, '').toLowerCase();

/** The code's place among `codes`; all are compared, so that time says nothing. */
export function indexOfCode(codes: readonly string[], code: string): number {
  return codes.reduce((found, candidate, index) => (equalSecrets(candidate, code) ? index : found), -1);
}
