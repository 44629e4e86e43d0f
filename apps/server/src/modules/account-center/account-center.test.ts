import { describe, expect, test } from 'vitest';
import { createOwner, EVERY_FIELD, openAccount, prove } from '../../../test/account-center.ts';
import { createTestApp } from '../../../test/harness.ts';
import { field, visit } from '../../../test/pages.ts';

const app = await createTestApp();
const { api } = app;
const open = (fields: object = EVERY_FIELD, more: object = {}) =>
  api('PATCH', '/api/account-center', { enabled: true, fields, ...more });
const userOf = async (id: string) => (await api('GET', `/api/users/${id}`)).body;

describe('the account center that is off', () => {
  test('200 says so, and asks nobody to sign in', async () => {
    const page = await visit(app).open(`${app.origin}/account`);
    expect([page.status, page.name]).toEqual([200, 'account-off']);
  });
});

describe('signing in to it', () => {
  test('leads to the page that was asked for, once, and keeps no token in the browser', async () => {
    await open();
    const { username } = await createOwner(app);
    const { visitor, page } = await openAccount(app, username, '/account/name');
    expect([page.status, page.name, new URL(page.url).pathname]).toEqual([200, 'account-text', '/account/name']);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    // The code was spent on the way.
    const cookie = visitor.browser.cookie('_account') ?? '';
    expect(cookie).toMatch(/^[0-9A-Za-z]{32}$/);
    expect(visitor.browser.cookie('_account_entry')).toBeUndefined();
  });

  test('404 for an answer that this browser did not ask for', async () => {
    const page = await visit(app).open(`${app.origin}/account/callback?code=stolen&state=made-up`);
    expect([page.status, page.name]).toEqual([404, 'account-problem']);
    expect(page.headers.get('set-cookie') ?? '').not.toMatch(/_account=[^;]/);
  });

  test('ends with the session that it came from', async () => {
    const { id, username } = await createOwner(app);
    const { visitor } = await openAccount(app, username);
    expect((await visitor.open(`${app.origin}/account`)).name).toBe('account-profile');
    const { body } = await api('GET', `/api/users/${id}/sessions`);
    await api('DELETE', `/api/users/${id}/sessions/${body.sessions[0].payload.uid}`);
    expect((await visitor.open(`${app.origin}/account`)).name).toBe('sign-in');
  });

  test('signing out ends it and the session', async () => {
    const { username } = await createOwner(app);
    const { visitor, page } = await openAccount(app, username);
    const confirm = await visitor.submit(page, '/account/sign-out', {});
    expect(confirm.name).toBe('sign-out');
    expect(visitor.browser.cookie('_account')).toBeUndefined();
    const end = await visitor.submit(confirm, '/oidc/session/end/confirm', {
      xsrf: field(confirm, 'xsrf'),
      logout: 'yes',
    });
    expect(end.name).toBe('account-signed-out');
    expect((await visitor.open(`${app.origin}/account`)).name).toBe('sign-in');
  });
});

describe('the profile', () => {
  test('200 shows what the tenant opens, and offers to change what may be changed', async () => {
    const { username } = await createOwner(app, { name: 'Grace Hopper' });
    await open({ name: 'Edit', username: 'ReadOnly', avatar: 'Off' });
    // What was open before stays unless it is named.
    await open({
      ...Object.fromEntries(Object.keys(EVERY_FIELD).map((name) => [name, 'Off'])),
      name: 'Edit',
      username: 'ReadOnly',
    });
    const { page } = await openAccount(app, username);
    expect(page.name).toBe('account-profile');
    expect(page.html).toContain('Grace Hopper');
    expect(page.html).toContain(username);
    expect(page.html).toContain('href="/account/name"');
    expect(page.html).not.toContain('href="/account/username"');
    expect(page.html).not.toContain('/account/avatar');
    expect(page.html).not.toContain('href="/account/security"');
  });

  test('303 saves the name; 400 and nothing changes where the tenant shows it only', async () => {
    await open();
    const { id, username } = await createOwner(app);
    const { visitor, page } = await openAccount(app, username, '/account/name');
    const saved = await visitor.submit(page, '/account/name', { name: 'Ada Lovelace' });
    expect([saved.name, new URL(saved.url).search]).toEqual(['account-profile', '?done=name']);
    expect(saved.html).toContain('Your name is saved.');
    expect((await userOf(id)).name).toBe('Ada Lovelace');
    await open({ name: 'ReadOnly' });
    const refused = await visitor.submit(page, '/account/name', { name: 'Somebody Else' });
    expect([refused.status, refused.name]).toEqual([400, 'account-problem']);
    expect((await userOf(id)).name).toBe('Ada Lovelace');
    await open();
  });

  test('a username is changed after the proof; 422 keeps what was typed, and says what is wrong', async () => {
    const { id, username } = await createOwner(app);
    const { username: taken } = await createOwner(app);
    const { visitor, page } = await openAccount(app, username, '/account/username');
    expect(page.name).toBe('account-verify');
    const wrong = await visitor.submit(page, '/account/verified-action', { password: 'not it' });
    expect([wrong.status, wrong.name]).toEqual([422, 'account-verify']);
    const task = await prove(visitor, page);
    expect(task.name).toBe('account-text');
    const refusals: [string, RegExp][] = [
      [taken, /taken/],
      ['1two', /letters/],
      ['', /fill/i],
    ];
    for (const [typed, words] of refusals) {
      const refused = await visitor.submit(task, '/account/username', { username: typed });
      expect([refused.status, refused.name]).toEqual([422, 'account-text']);
      expect(/id="username-error"[^>]*>(.*?)<\/div>/s.exec(refused.html)?.[1]).toMatch(words);
    }
    const saved = await visitor.submit(task, '/account/username', { username: `${username}_new` });
    expect(new URL(saved.url).search).toBe('?done=username');
    expect((await userOf(id)).username).toBe(`${username}_new`);
  });

  test('answers to the tenant’s questions are read and saved by type; 422 at the field that is wrong', async () => {
    await api('POST', '/api/custom-profile-fields/batch', [
      { name: 'nickname', type: 'Text', label: 'Nickname', required: false, config: { maxLength: 5 } },
      {
        name: 'shirt',
        type: 'Select',
        label: 'Shirt',
        required: true,
        config: { options: [{ value: 's', label: 'Small' }] },
      },
      { name: 'news', type: 'Checkbox', label: 'Newsletter', required: false, config: { defaultValue: 'false' } },
    ]);
    await open(EVERY_FIELD, { profileFields: [{ name: 'nickname' }, { name: 'shirt' }, { name: 'news' }] });
    const { id, username } = await createOwner(app);
    const { visitor, page } = await openAccount(app, username, '/account/profile/edit');
    expect(page.name).toBe('account-answers');
    const send = (answers: Record<string, string>) => visitor.submit(page, '/account/profile/edit', answers);
    const refused = await send({ 'profile.nickname': 'much too long', 'profile.shirt': 's' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('value="much too long"');
    const saved = await send({ 'profile.nickname': 'Ada', 'profile.shirt': 's', 'profile.news': 'true' });
    expect(saved.name).toBe('account-profile');
    expect(saved.html).toContain('Small');
    expect(await userOf(id)).toMatchObject({ profile: { nickname: 'Ada' }, customData: { shirt: 's', news: true } });
    await send({ 'profile.nickname': '', 'profile.shirt': 's' });
    expect((await userOf(id)).profile.nickname ?? '').toBe('');
  });

  test('a picture is uploaded with the form’s token, and taken away', async () => {
    const { id, username } = await createOwner(app);
    const { visitor, page } = await openAccount(app, username);
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const upload = async (csrf: string) => {
      const form = new FormData();
      form.set('csrf', csrf);
      form.set('file', new Blob([png], { type: 'image/png' }), 'me.png');
      const cookie = `_account=${visitor.browser.cookie('_account')}`;
      return fetch(`${app.origin}/account/avatar`, {
        method: 'POST',
        body: form,
        redirect: 'manual',
        headers: { cookie },
      });
    };
    expect((await upload('made-up')).status).toBe(403);
    const answer = await upload(field(page, 'csrf'));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account/profile?done=avatar']);
    expect((await userOf(id)).avatar).toMatch(/^http.*\.png$/);
    const after = await visitor.open(`${app.origin}/account/profile`);
    await visitor.submit(after, '/account/avatar/remove', {});
    expect((await userOf(id)).avatar).toBeNull();
  });
});

test('a task in another language, in the language that the link asks for', async () => {
  const { username } = await createOwner(app);
  const { page } = await openAccount(app, username, '/account/name?ui_locales=ja');
  expect(page.html).toContain('<html lang="ja"');
});
