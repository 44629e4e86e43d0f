import { expect } from 'vitest';
import { type ExperienceClient, startExperience } from './experience.ts';
import type { TestApp } from './harness.ts';
import type { TestClient } from './protocol.ts';

const PASSWORD = 'Paper-lamp-4-river';

/** People with second factors, as they sign in through the JSON door. */
export function createFactorUsers(app: TestApp, client: TestClient) {
  let count = 0;

  const newUser = async (more: object = {}) => {
    count += 1;
    const username = `factor_${count}`;
    const user = await app.modules.users.create(app.scope(), { username, password: PASSWORD, ...more });
    return { ...user, username };
  };

  const begin = async (
    interactionEvent: 'SignIn' | 'Register' = 'SignIn',
    cookies = new Map<string, string>(),
  ): Promise<ExperienceClient> => {
    const page = await startExperience(app, client, {}, cookies);
    expect((await page.call('PUT', '/experience', { interactionEvent })).status).toBe(204);
    return page;
  };

  /** As far as the first factor goes. */
  const identified = async (username: string, cookies?: Map<string, string>): Promise<ExperienceClient> => {
    const page = await begin('SignIn', cookies);
    const identifier = { type: 'username', value: username };
    const { body } = await page.call('POST', '/experience/verification/password', { identifier, password: PASSWORD });
    expect((await page.call('POST', '/experience/identification', body)).status).toBe(204);
    return page;
  };

  return {
    newUser,
    begin,
    identified,

    /** A new account, as far as it was created. */
    async registered(): Promise<ExperienceClient & { username: string }> {
      count += 1;
      const username = `factor_${count}`;
      const page = await begin('Register');
      const identifier = { type: 'username', value: username };
      const { body } = await page.call('POST', '/experience/verification/new-password-identity', {
        identifier,
        password: PASSWORD,
      });
      expect((await page.call('POST', '/experience/identification', body)).status).toBe(201);
      return { ...page, username };
    },

    /** Gives a user an authenticator app; answers its secret. */
    async withTotp(userId: string): Promise<string> {
      const { body } = await app.api('POST', `/api/users/${userId}/mfa-verifications`, { type: 'Totp' });
      return body.secret;
    },

    /** The tenant's settings of second factors, on top of none. */
    async settings(changes: object): Promise<void> {
      const { status, body } = await app.api('PATCH', '/api/sign-in-exp', {
        mfa: { factors: [], policy: 'NoPrompt' },
        adaptiveMfa: {},
        trustedDevice: {},
        passkeySignIn: {},
        sentinelPolicy: {},
        ...changes,
      });
      expect(status, JSON.stringify(body)).toBe(200);
    },
  };
}

/** What a step was answered, short enough to compare. */
export const outcome = ({ status, body }: { status: number; body?: { code?: string; data?: unknown } }) => [
  status,
  body?.code,
  body?.data,
];
