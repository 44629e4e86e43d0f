import { createHash } from 'node:crypto';
import { call, type TestApp } from './harness.ts';

export interface Challenge {
  algorithm: string;
  challenge: string;
  maxnumber: number;
  salt: string;
  signature: string;
}

export const getChallenge = async ({ origin }: Pick<TestApp, 'origin'>): Promise<Challenge> =>
  (await call(`${origin}/api/captcha-challenge`, 'GET')).body;

/** What a browser does with the built-in captcha: tries numbers until one fits; answers the captcha token. */
export function solve({ algorithm, challenge, maxnumber, salt, signature }: Challenge): string {
  for (let number = 0; number <= maxnumber; number += 1) {
    if (createHash('sha256').update(`${salt}${number}`).digest('hex') === challenge) {
      return Buffer.from(JSON.stringify({ algorithm, challenge, number, salt, signature })).toString('base64');
    }
  }
  throw new Error('no number solves the challenge');
}

export const solveCaptcha = async (app: Pick<TestApp, 'origin'>): Promise<string> => solve(await getChallenge(app));
