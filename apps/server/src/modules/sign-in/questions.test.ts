// What a tenant asks of newcomers beside the usual: its own profile fields, and that they are no programs.
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAuthenticator } from '../../../test/authenticator.ts';
import { solveCaptcha } from '../../../test/captcha.ts';
import { startExperience } from '../../../test/experience.ts';
import { createTestApp } from '../../../test/harness.ts';
import { type Page, startSignIn } from '../../../test/pages.ts';
import { createClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';

const set = async (settings: object) => {
  const answer = await app.api('PATCH', '/api/sign-in-exp', settings);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};
let count = 0;
const freshName = () => {
  count += 1;
  return `asked_${count}`;
};
const isHome = (page: Page) => page.url.startsWith(client.redirectUri) && /[?&]code=/.test(page.url);
const find = (username: string) =>
  app.modules.users.findByIdentifier(app.scope(), { type: 'username', value: username });

describe('profile fields on the page after registration', () => {
  beforeAll(async () => {
    const part = { enabled: true, type: 'Text', required: true };
    const fields = [
      { name: 'full', type: 'Fullname', required: true, config: { parts: [{ ...part, name: 'givenName' }] } },
      { name: 'seats', type: 'Number', label: 'Seats', required: true, config: { minValue: 2 } },
      { name: 'news', type: 'Checkbox', label: 'News', required: false },
      { name: 'website', type: 'Url', label: 'Website', required: false },
    ];
    for (const field of fields) {
      const { status, body } = await app.api('POST', '/api/custom-profile-fields', field);
      expect(status, JSON.stringify(body)).toBe(201);
    }
    await set({ signUpProfileFields: fields.map(({ name }) => ({ name })) });
    return () => set({ signUpProfileFields: [] });
  });

  const toQuestions = async (username: string) => {
    const { visitor, page } = await startSignIn(app, client, { first_screen: 'register' });
    return { visitor, page: await visitor.submit(page, '/register', { username, password: PASSWORD }) };
  };

  it('asks in the order of the settings, keeps what is typed, and says at each field what is wrong', async () => {
    const username = freshName();
    const { visitor, page } = await toQuestions(username);
    expect(page).toMatchObject({ status: 200, name: 'profile' });
    const names = [...page.html.matchAll(/name="(profile\.[^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual(['profile.full.givenName', 'profile.seats', 'profile.news', 'profile.website']);

    const wrong = { 'profile.full.givenName': 'Ada', 'profile.seats': '1', 'profile.website': 'javascript:alert(1)' };
    const again = await visitor.submit(page, '/profile', wrong);
    expect(again).toMatchObject({ status: 422, name: 'profile' });
    expect(again.html).toContain('The smallest possible number is 2.');
    expect(again.html).toContain('It begins with https://.');
    expect(again.html).toContain('value="Ada"');

    const right = { 'profile.full.givenName': 'Ada', 'profile.seats': '4', 'profile.news': 'true' };
    expect(isHome(await visitor.submit(again, '/profile', right))).toBe(true);
    const user = await find(username);
    expect(user?.profile).toEqual({ givenName: 'Ada' });
    expect(user?.customData).toEqual({ seats: 4, news: true });
  });

  it('asks nobody a second time: the next sign-in ends at the app', async () => {
    const username = freshName();
    const asked = await toQuestions(username);
    await asked.visitor.submit(asked.page, '/profile', { 'profile.full.givenName': 'Bo', 'profile.seats': '2' });
    const { visitor, page } = await startSignIn(app, client);
    expect(isHome(await visitor.submit(page, '/sign-in', { identifier: username, password: PASSWORD }))).toBe(true);
  });

  it('422 for settings that ask for a field that there is not', async () => {
    const answer = await app.api('PATCH', '/api/sign-in-exp', { signUpProfileFields: [{ name: 'ghost' }] });
    expect(answer).toMatchObject({ status: 422, body: { code: 'custom_profile_fields.entity_not_exists_with_names' } });
  });
});

describe('a captcha', () => {
  const register = async (captchaToken?: string) => {
    const username = freshName();
    const page = await startExperience(app, client);
    const begun = await page.call('PUT', '/experience', {
      interactionEvent: 'Register',
      ...(captchaToken && { captchaToken }),
    });
    if (begun.status !== 204) return begun;
    const identifier = { type: 'username', value: username };
    const chosen = { identifier, password: PASSWORD };
    const { body } = await page.call('POST', '/experience/verification/new-password-identity', chosen);
    const identified = await page.call('POST', '/experience/identification', body);
    if (identified.status !== 201) expect(await find(username)).toBeUndefined();
    return identified;
  };

  it('422 to switch it on while there is no provider', async () => {
    const answer = await app.api('PATCH', '/api/sign-in-exp', { captchaPolicy: { enabled: true } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'request.invalid_input' } });
  });

  describe('that is switched on', () => {
    beforeAll(async () => {
      const config = { type: 'ProofOfWork', difficulty: 1000 };
      expect((await app.api('PUT', '/api/captcha-provider', { config })).status).toBe(200);
      await set({ captchaPolicy: { enabled: true } });
    });
    afterEach(() => set({ passkeySignIn: { enabled: false } }));

    it('422: no account without it, none for a token that was used; 201 with one', async () => {
      expect(await register()).toMatchObject({ status: 422, body: { code: 'session.captcha_required' } });
      const token = await solveCaptcha(app);
      expect((await register(token)).status).toBe(201);
      expect(await register(token)).toMatchObject({ status: 422, body: { code: 'session.captcha_failed' } });
    });

    it('422 at submit: nobody signs in without it, and nothing is told of the account', async () => {
      const username = freshName();
      await app.modules.users.create(app.scope(), { username, password: PASSWORD });
      const page = await startExperience(app, client);
      await page.call('PUT', '/experience', { interactionEvent: 'SignIn' });
      const proof = { identifier: { type: 'username', value: username }, password: PASSWORD };
      const { body } = await page.call('POST', '/experience/verification/password', proof);
      await page.call('POST', '/experience/identification', body);
      const refused = await page.call('POST', '/experience/submit');
      expect(refused).toMatchObject({ status: 422, body: { code: 'session.captcha_required' } });
    });

    it('is on the first pages, is asked for by their forms and is asked for once', async () => {
      const username = freshName();
      await app.modules.users.create(app.scope(), { username, password: PASSWORD });
      const { visitor, page } = await startSignIn(app, client);
      expect(page.html).toContain('data-captcha=');
      expect(page.headers.get('content-security-policy')).toContain("worker-src 'self'");
      expect(page.html).toMatch(/<noscript>[^<]*<[^>]*>[^<]+/);
      const form = { identifier: username, password: PASSWORD };
      const without = await visitor.submit(page, '/sign-in', form);
      expect(without).toMatchObject({ status: 422, name: 'sign-in' });
      const captchaToken = await solveCaptcha(app);
      const wrong = await visitor.submit(without, '/sign-in', { ...form, password: 'Wrong-lamp-9', captchaToken });
      expect(wrong).toMatchObject({ status: 422, name: 'sign-in' });
      expect(isHome(await visitor.submit(wrong, '/sign-in', form))).toBe(true);
    });

    it('is not asked of who comes by a passkey', async () => {
      await set({ passkeySignIn: { enabled: true, showPasskeyButton: true, allowAutofill: true } });
      const key = createAuthenticator(app.origin);
      const username = freshName();
      const registered = await startExperience(app, client);
      const captchaToken = await solveCaptcha(app);
      await registered.call('PUT', '/experience', { interactionEvent: 'Register', captchaToken });
      const chosen = { identifier: { type: 'username', value: username }, password: PASSWORD };
      const proof = await registered.call('POST', '/experience/verification/new-password-identity', chosen);
      await registered.call('POST', '/experience/identification', proof.body);
      const asked = await registered.call('POST', '/experience/verification/web-authn/registration');
      const { verificationId, registrationOptions } = asked.body;
      const payload = key.create(registrationOptions);
      await registered.call('POST', '/experience/verification/web-authn/registration/verify', {
        verificationId,
        payload,
      });
      await registered.call('POST', '/experience/profile/mfa/passkey', { verificationId });
      expect((await registered.call('POST', '/experience/submit')).status).toBe(200);

      const page = await startExperience(app, client);
      const { body } = await page.call('POST', '/experience/preflight/sign-in-passkey/authentication');
      await page.call('PUT', '/experience', { interactionEvent: 'SignIn' });
      const proved = await page.call('POST', '/experience/verification/sign-in-passkey/authentication/verify', {
        payload: key.get(body.authenticationOptions),
      });
      await page.call('POST', '/experience/identification', proved.body);
      expect((await page.call('POST', '/experience/submit')).status).toBe(200);
    });
  });
});

describe('an avatar while signing up', () => {
  const upload = async (interactionEvent: 'SignIn' | 'Register') => {
    const { default: sharp } = await import('sharp');
    const create = { width: 8, height: 8, channels: 3, background: '#fff' } as const;
    const png = await sharp({ create }).png().toBuffer();
    const page = await startExperience(app, client);
    await page.call('PUT', '/experience', { interactionEvent });
    const body = new FormData();
    body.set('file', new Blob([new Uint8Array(png)]), 'me.png');
    const cookie = `_interaction=${page.browser.cookie('_interaction')}`;
    return fetch(`${app.origin}/api/experience/user-assets/avatar`, { method: 'POST', body, headers: { cookie } });
  };

  it('200: is kept and served', async () => {
    const answer = await upload('Register');
    expect(answer.status).toBe(200);
    const { url } = (await answer.json()) as { url: string };
    expect((await fetch(url)).headers.get('content-type')).toBe('image/png');
  });

  it('400 for anybody else', async () => {
    expect((await upload('SignIn')).status).toBe(400);
    const body = new FormData();
    body.set('file', new Blob(['x']), 'me.png');
    const answer = await fetch(`${app.origin}/api/experience/user-assets/avatar`, { method: 'POST', body });
    expect(answer.status).toBe(400);
  });
});
