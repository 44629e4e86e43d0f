import { describe, expect, it } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { startSignIn } from '../../../test/pages.ts';
import { createClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';

let count = 0;
async function newUser(options: { password?: string; primaryEmail?: string } = {}) {
  count += 1;
  const username = `reader_${count}`;
  const user = await app.modules.users.create(app.scope(), { username, password: PASSWORD, ...options });
  return { ...user, username };
}

const codeOf = (url: string) => new URL(url).searchParams.get('code');

describe('sign-in with a password', () => {
  it('ends at the app with a code', async () => {
    const user = await newUser();
    const { visitor, page } = await startSignIn(app, client);
    expect(page).toMatchObject({ status: 200, name: 'sign-in' });
    const end = await visitor.submit(page, '/sign-in', { identifier: user.username, password: PASSWORD });
    expect(end.url).toContain(client.redirectUri);
    expect(codeOf(end.url)).toBeTruthy();
    const found = await app.modules.users.find(app.scope(), user.id);
    expect(found?.lastSignInAt).toBeTruthy();
  });

  it('shows the form again after a wrong password, with the identifier and without the password', async () => {
    const user = await newUser();
    const { visitor, page } = await startSignIn(app, client);
    const again = await visitor.submit(page, '/sign-in', { identifier: user.username, password: 'Wrong-lamp-9' });
    expect(again).toMatchObject({ status: 422, name: 'sign-in' });
    expect(again.html).toContain(`value="${user.username}"`);
    expect(again.html).not.toContain('Wrong-lamp-9');
    const end = await visitor.submit(again, '/sign-in', { identifier: user.username, password: PASSWORD });
    expect(codeOf(end.url)).toBeTruthy();
  });

  it('says to a suspended user what is the matter, once the password is right', async () => {
    const user = await newUser();
    await app.api('PATCH', `/api/users/${user.id}/is-suspended`, { isSuspended: true });
    const { visitor, page } = await startSignIn(app, client);
    const refused = await visitor.submit(page, '/sign-in', { identifier: user.username, password: PASSWORD });
    expect(refused).toMatchObject({ status: 401, name: 'suspended' });
    const wrong = await visitor.submit(page, '/sign-in', { identifier: user.username, password: 'x' });
    expect(wrong.name).toBe('sign-in');
  });
});
