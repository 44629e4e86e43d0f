import { authenticator as otp } from 'otplib';
import { describe, expect, test } from 'vitest';
import { createOwner, EVERY_FIELD, openAccount, PASSWORD, prove } from '../../../test/account-center.ts';
import { createAuthenticator } from '../../../test/authenticator.ts';
import { connectGitlab } from '../../../test/gitlab.ts';
import { createTestApp } from '../../../test/harness.ts';
import { codeSentTo, messagesTo } from '../../../test/mail.ts';
import { type Page, type Visitor, visit } from '../../../test/pages.ts';

const app = await createTestApp();
const { api } = app;
const ada = { id: 7, username: 'ada', name: 'Ada', password: 'ada-password', email: 'ada@gitlab.test' };
const gitlab = await connectGitlab(app, [ada]);
await api('PATCH', '/api/account-center', { enabled: true, fields: EVERY_FIELD });
await api('PATCH', '/api/sign-in-exp', {
  mfa: { factors: ['Totp', 'WebAuthn', 'BackupCode'], policy: 'NoPrompt' },
});
const userOf = async (id: string) => (await api('GET', `/api/users/${id}`)).body;
const factorsOf = async (id: string) => (await api('GET', `/api/users/${id}/mfa-verifications`)).body;

/** Signed in, with the proof given. */
async function enter(path: string, more: object = {}): Promise<{ id: string; visitor: Visitor; page: Page }> {
  const { id, username } = await createOwner(app, more);
  const { visitor, page } = await openAccount(app, username, path);
  return { id, visitor, page: page.name === 'account-verify' ? await prove(visitor, page) : page };
}
const at = (visitor: Visitor, path: string) => visitor.open(app.origin + path);
const attribute = (page: Page, name: string) =>
  (new RegExp(`${name}="([^"]*)"`).exec(page.html)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

describe('a linked account', () => {
  test('is linked by going there and back, and unlinked; 422 keeps the last way in', async () => {
    const { id, visitor, page } = await enter('/account/social/gitlab-1');
    expect(page.name).toBe('account-social');
    const leaving = await visitor.submit(page, '/account/social/gitlab-1', {});
    const back = await gitlab.answer(leaving.url, ada);
    const linked = await visitor.open(back);
    expect([linked.name, new URL(linked.url).search]).toEqual(['account-linked', '?done=social']);
    expect(linked.html).toContain(ada.email);
    expect(Object.keys((await userOf(id)).identities)).toEqual(['gitlab']);
    // The same answer again, and in another browser, links nothing.
    expect((await visitor.open(back)).status).toBe(404);
    expect((await visit(app).open(back)).name).toBe('sign-in');
    const question = await at(visitor, '/account/social/gitlab-1/remove');
    await visitor.submit(question, '/account/social/gitlab-1/remove', {});
    expect((await userOf(id)).identities).toEqual({});
  });
});

describe('the proof of ownership', () => {
  test('is asked for once, by password, and lasts ten minutes', async () => {
    const { visitor, page } = await enter('/account/password');
    expect(page.name).toBe('account-password');
    expect((await at(visitor, '/account/email')).name).toBe('account-address');
    app.advance(11 * 60_000);
    expect((await at(visitor, '/account/email')).name).toBe('account-verify');
  });

  test('is given by a code to the own address, whatever the tenant shows of it', async () => {
    const email = 'proof@example.com';
    const { username } = await createOwner(app, { primaryEmail: email });
    const { visitor, page } = await openAccount(app, username, '/account/password');
    const waiting = await visitor.submit(page, '/account/verified-action/send', { channel: 'email' });
    expect(waiting.html).toContain(email);
    const wrong = await visitor.submit(waiting, '/account/verified-action/code', { code: '000000' });
    expect([wrong.status, wrong.name]).toEqual([422, 'account-verify']);
    const code = await codeSentTo(app, email);
    const done = await visitor.submit(waiting, '/account/verified-action/code', { code });
    expect(done.name).toBe('account-password');
  });

  test('leads to no page of anybody else', async () => {
    const { username } = await createOwner(app);
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '/account/..//evil.example']) {
      const { visitor, page } = await openAccount(app, username, `/account/verified-action?next=${next}`);
      expect(page.html).not.toContain('"//evil.example');
      expect(page.html).not.toContain('"https://evil.example');
      const end = page.name === 'account-verify' ? await prove(visitor, page) : page;
      expect(new URL(end.url).origin).toBe(app.origin);
    }
  });
});

describe('the password', () => {
  test('422 names what the tenant’s policy refuses; then it is changed, and the session stays', async () => {
    const { id, visitor, page } = await enter('/account/password');
    const weak = await visitor.submit(page, '/account/password', { password: 'short' });
    expect([weak.status, weak.name]).toEqual([422, 'account-password']);
    const same = await visitor.submit(page, '/account/password', { password: PASSWORD });
    expect(same.status).toBe(422);
    const done = await visitor.submit(page, '/account/password', { password: 'Slow-river-9-lantern' });
    expect([done.name, new URL(done.url).search]).toEqual(['account-security', '?done=password']);
    const check = await api('POST', `/api/users/${id}/password/verify`, { password: 'Slow-river-9-lantern' });
    expect(check.status).toBe(204);
  });
});

describe('an e-mail address', () => {
  test('is changed by the code that the new one receives; 422 for one that somebody has', async () => {
    const { id, visitor, page } = await enter('/account/email', { primaryEmail: 'old@example.com' });
    expect(page.html).toContain('Now it is <strong dir="ltr">old@example.com</strong>.');
    const malformed = await visitor.submit(page, '/account/email', { email: 'nonsense' });
    expect([malformed.status, malformed.name]).toEqual([422, 'account-address']);
    const waiting = await visitor.submit(page, '/account/email', { email: 'new@example.com' });
    expect(waiting.name).toBe('account-address-code');
    expect(new URL(waiting.url).search).toBe('');
    const wrong = await visitor.submit(waiting, '/account/email/code', { code: '000000' });
    expect([wrong.status, wrong.name]).toEqual([422, 'account-address-code']);
    expect((await userOf(id)).primaryEmail).toBe('old@example.com');
    const code = await codeSentTo(app, 'new@example.com');
    const done = await visitor.submit(waiting, '/account/email/code', { code });
    expect(new URL(done.url).search).toBe('?done=email');
    expect((await userOf(id)).primaryEmail).toBe('new@example.com');
  });

  test('nothing is sent without the proof', async () => {
    const { visitor, page } = await enter('/account/email');
    app.advance(11 * 60_000);
    const asked = await visitor.submit(page, '/account/email', { email: 'victim@example.com' });
    expect(asked.name).toBe('account-verify');
    expect(await messagesTo(app, 'victim@example.com')).toEqual([]);
  });

  test('is removed after a question; 422 where it is required', async () => {
    const { id, visitor, page } = await enter('/account/email/remove', { primaryEmail: 'gone@example.com' });
    expect(page.html).toContain('gone@example.com');
    await visitor.submit(page, '/account/email/remove', {});
    expect((await userOf(id)).primaryEmail).toBeNull();
  });
});

describe('an authenticator app', () => {
  test('is set up by its code, replaced, and removed with the backup codes', async () => {
    const { id, visitor, page } = await enter('/account/authenticator-app');
    const secretOn = (shown: Page) => /<code[^>]*>([A-Z2-7 ]+)</.exec(shown.html)?.[1]?.replaceAll(' ', '') ?? '';
    const secret = secretOn(page);
    expect(secret.length).toBeGreaterThan(15);
    // The page may be loaded anew: the app that has read the secret stays the right one.
    expect(secretOn(await at(visitor, '/account/authenticator-app'))).toBe(secret);
    const wrong = await visitor.submit(page, '/account/authenticator-app', { code: '000000' });
    expect([wrong.status, wrong.name]).toEqual([422, 'account-totp']);
    const codeOf = (of: string) => otp.clone({ epoch: app.world.now().getTime() }).generate(of);
    await visitor.submit(page, '/account/authenticator-app', { code: codeOf(secret) });
    expect(await factorsOf(id)).toMatchObject([{ type: 'Totp' }]);

    const question = await at(visitor, '/account/backup-codes/generate');
    const codes = await visitor.submit(question, '/account/backup-codes/generate', {});
    expect(codes.name).toBe('account-backup-codes');
    expect(codes.html.match(/<code>[\da-f]{10}<\/code>/g)).toHaveLength(10);
    const again = await visitor.submit(
      await at(visitor, '/account/backup-codes/regenerate'),
      '/account/backup-codes/regenerate',
      {},
    );
    expect(again.html.match(/<code>[\da-f]{10}<\/code>/g)).toHaveLength(10);
    expect(again.html).not.toContain(/<code>([\da-f]{10})/.exec(codes.html)?.[1]);

    const replacing = await at(visitor, '/account/authenticator-app');
    expect(new URL(replacing.url).pathname).toBe('/account/authenticator-app/replace');
    const second = secretOn(replacing);
    expect(second).not.toBe(secret);
    await visitor.submit(replacing, '/account/authenticator-app/replace', { code: codeOf(second) });
    expect((await factorsOf(id)).filter(({ type }: { type: string }) => type === 'Totp')).toHaveLength(1);
    await visitor.submit(
      await at(visitor, '/account/authenticator-app/remove'),
      '/account/authenticator-app/remove',
      {},
    );
    expect(await factorsOf(id)).toEqual([]);
  });
});

describe('passkeys', () => {
  test('one is added with a name, renamed and removed', async () => {
    const { id, visitor, page } = await enter('/account/passkey/add');
    const device = createAuthenticator(app.origin);
    const credential = JSON.stringify(device.create(JSON.parse(attribute(page, 'data-options'))));
    const listed = await visitor.submit(page, '/account/passkey/add', { credential, name: 'My phone' });
    expect([listed.name, new URL(listed.url).search]).toEqual(['account-passkeys', '?done=passkey']);
    expect(listed.html).toContain('My phone');
    const [passkey] = await factorsOf(id);
    const path = `/account/passkey/${passkey.id}`;
    const renamed = await visitor.submit(await at(visitor, `${path}/name`), `${path}/name`, { name: 'Key ring' });
    expect(renamed.html).toContain('Key ring');
    await visitor.submit(await at(visitor, `${path}/remove`), `${path}/remove`, {});
    expect(await factorsOf(id)).toEqual([]);
  });

  test('of a merged account are told to browsers by the next page, and when the last of them is gone', async () => {
    const source = await enter('/account/passkey/add');
    expect(attribute(source.page, 'data-passkey-signals')).toBe('');
    const key = createAuthenticator(app.origin).create(JSON.parse(attribute(source.page, 'data-options')));
    await source.visitor.submit(source.page, '/account/passkey/add', { credential: JSON.stringify(key) });
    const [middle, target] = [await createOwner(app), await createOwner(app)];
    const { visitor, page: before } = await openAccount(app, target.username);
    expect(attribute(before, 'data-passkey-signals')).toBe('');
    for (const [into, from] of [
      [middle.id, source.id],
      [target.id, middle.id],
    ])
      expect((await api('POST', `/api/users/${into}/merge`, { sourceUserId: from })).status).toBe(200);

    const told = (shown: Page) => {
      const signals: { userId: string; name: string; allAcceptedCredentialIds: string[] }[] = JSON.parse(
        attribute(shown, 'data-passkey-signals'),
      );
      return signals.map(({ userId, ...known }) => [Buffer.from(userId, 'base64url').toString(), known]);
    };
    const known = (allAcceptedCredentialIds: string[]) =>
      [target.id, source.id].map((handle) => [
        handle,
        { rpId: 'localhost', name: target.username, displayName: target.username, allAcceptedCredentialIds },
      ]);
    expect(told(await at(visitor, '/account/profile'))).toEqual(known([key.id]));

    const path = `/account/passkey/${(await factorsOf(target.id))[0].id}/remove`;
    const removed = await visitor.submit(await prove(visitor, await at(visitor, path)), path, {});
    expect(told(removed)).toEqual(known([]));
  });

  test('422 for what no authenticator said; 404 for somebody else’s', async () => {
    const { visitor, page } = await enter('/account/passkey/add');
    const refused = await visitor.submit(page, '/account/passkey/add', { credential: 'not json' });
    expect([refused.status, refused.name]).toEqual([422, 'account-passkey-add']);
    expect((await at(visitor, '/account/passkey/unknown/name')).status).toBe(404);
  });
});

describe('the second step at sign-in', () => {
  const set = (settings: object) => api('PATCH', '/api/sign-in-exp', settings);
  const configOf = async (id: string) => (await api('GET', `/api/users/${id}/logto-configs`)).body.mfa;
  const enterWithApp = async () => {
    const entered = await enter('/account/password');
    await api('POST', `/api/users/${entered.id}/mfa-verifications`, { type: 'Totp' });
    return entered;
  };

  test('is no question where there is nothing to ask for', async () => {
    const { visitor } = await enter('/account/password');
    expect((await at(visitor, '/account/security')).html).not.toContain('/account/second-step');
    expect((await at(visitor, '/account/second-step/off')).name).toBe('account-security');
  });

  test('is switched off and on again by its owner, after a question', async () => {
    const { id, visitor } = await enterWithApp();
    const security = await at(visitor, '/account/security');
    expect(security.html).toContain('/account/second-step/off');
    const question = await at(visitor, '/account/second-step/off');
    expect(question.name).toBe('account-confirm');
    const off = await visitor.submit(question, '/account/second-step/off', {});
    expect([off.name, new URL(off.url).search]).toEqual(['account-security', '?done=second-step-off']);
    expect(off.html).toContain('You are not asked for it.');
    expect(await configOf(id)).toMatchObject({ skipMfaOnSignIn: true });
    await visitor.submit(await at(visitor, '/account/second-step/on'), '/account/second-step/on', {});
    expect(await configOf(id)).toMatchObject({ skipMfaOnSignIn: false });
  });

  test.each([
    ['the tenant requires it', { mfa: { factors: ['Totp'], policy: 'Mandatory' } }, 'It is required here'],
    [
      'the service decides',
      { mfa: { factors: ['Totp'], policy: 'PromptOnlyAtSignInMandatory' }, adaptiveMfa: { enabled: true } },
      'when a sign-in looks unusual',
    ],
  ])('is not the owner’s to choose where %s, and says so', async (_, settings, words) => {
    const { id, visitor } = await enterWithApp();
    const question = await at(visitor, '/account/second-step/off');
    await set(settings);
    const security = await at(visitor, '/account/security');
    expect(security.html).toContain(words);
    expect(security.html).not.toContain('/account/second-step');
    await visitor.submit(question, '/account/second-step/off', {});
    expect(await configOf(id)).toMatchObject({ skipMfaOnSignIn: false });
    await set({
      mfa: { factors: ['Totp', 'WebAuthn', 'BackupCode'], policy: 'NoPrompt' },
      adaptiveMfa: { enabled: false },
    });
  });

  test('is not the owner’s to choose where one of the own organizations requires it', async () => {
    await set({ mfa: { factors: ['Totp'], policy: 'NoPrompt', organizationRequiredMfaPolicy: 'Mandatory' } });
    const { id, visitor } = await enterWithApp();
    const { body } = await api('POST', '/api/organizations', { name: 'Strict', isMfaRequired: true });
    await api('POST', `/api/organizations/${body.id}/users`, { userIds: [id] });
    expect((await at(visitor, '/account/security')).html).toContain('It is required here');
    await set({ mfa: { factors: ['Totp', 'WebAuthn', 'BackupCode'], policy: 'NoPrompt' } });
  });
});
