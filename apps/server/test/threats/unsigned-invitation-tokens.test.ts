// Threat class "unsigned invitation tokens": whoever can guess, keep, forward or rewrite an invitation's link gets in.
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createTestApp } from '../harness.ts';
import { messagesTo } from '../mail.ts';
import { asSystem } from '../organizations.ts';
import { action, field, type Page, type Visitor, visit } from '../pages.ts';

const app = await createTestApp();
const { api } = app;
const PASSWORD = 'Paper-lamp-4-river';
const APP_URL = 'https://app.example.com/welcome';
await api('PATCH', '/api/sign-in-exp', {
  signIn: {
    methods: [
      { identifier: 'email', password: true, verificationCode: false, isPasswordPrimary: true },
      { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true },
    ],
  },
  signUp: { identifiers: ['username'], password: true, verify: false },
});
const organizationId = (await api('POST', '/api/organizations', { name: 'Acme <&> Sons' })).body.id;
const roleId = (await api('POST', '/api/organization-roles', { name: 'editor' })).body.id;

let serial = 0;
const newAddress = () => `guest-${++serial}@example.com`;
const hour = () => app.world.now().getTime() + 3_600_000;
const invite = async (invitee = newAddress(), more: object = {}) => {
  const body = {
    organizationId,
    invitee,
    expiresAt: hour(),
    organizationRoleIds: [roleId],
    messagePayload: {},
    ...more,
  };
  const made = await api('POST', '/api/organization-invitations', body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return { ...made.body, link: await linkTo(invitee) } as { id: string; invitee: string; link: string };
};
const linkTo = async (address: string): Promise<string> => {
  const [message] = (await messagesTo(app, address)) as { link?: string }[];
  return message?.link ?? '';
};
const statusOf = async (id: string) => (await api('GET', `/api/organization-invitations/${id}`)).body.status;
const userWith = async (user: object) =>
  (await api('POST', '/api/users', { password: PASSWORD, username: `user_${++serial}`, ...user })).body.id;
const rolesOf = (userId: string) => api('GET', `/api/organizations/${organizationId}/users/${userId}/roles`);
const isMember = async (userId: string) => (await rolesOf(userId)).status === 200;

/** Signs in from the page of the invitation, and comes back to it. */
async function signInFrom(visitor: Visitor, page: Page, identifier: string): Promise<Page> {
  const href = /href="([^"]*\/oidc\/auth[^"]*)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const first = await visitor.open(href);
  expect(first.name, first.html.slice(-500)).toBe('sign-in');
  return visitor.submit(first, '/sign-in', { identifier, password: PASSWORD });
}

test('the invitee signs in, accepts and lands in the app, as a member with the roles', async () => {
  const inviterId = await userWith({ username: 'inviter', name: 'Ines' });
  const { id, invitee, link } = await invite(undefined, { inviterId, redirectUri: APP_URL });
  const userId = await userWith({ primaryEmail: invitee });
  const visitor = visit(app);
  const page = await visitor.open(link);
  expect(page).toMatchObject({ status: 200, name: 'invitation', url: `${app.origin}/invitation` });
  for (const shown of ['Acme &lt;&amp;> Sons', 'Ines', 'editor', invitee]) expect(page.html).toContain(shown);
  expect(page.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
  expect(action(page, '/invitation/accept')).toBeUndefined();

  const signedIn = await signInFrom(visitor, page, invitee);
  expect(signedIn).toMatchObject({ status: 200, name: 'invitation' });
  const landed = await visitor.submit(signedIn, '/invitation/accept', {});
  expect(landed.url).toBe(APP_URL);
  expect((await rolesOf(userId)).body).toMatchObject([{ id: roleId }]);
  expect(await statusOf(id)).toBe('Accepted');

  const again = await visitor.open(link);
  expect(again).toMatchObject({ status: 200, name: 'invitation-ended' });
  expect(again.html).toContain(APP_URL);
  const stranger = await visit(app).open(link);
  expect(stranger.html).toContain('accepted already');
  expect(stranger.html).not.toContain(APP_URL);
});

test('opening the link and declining by who has it: nobody joins, and nothing opens it again', async () => {
  const { id, link } = await invite();
  const visitor = visit(app);
  const page = await visitor.open(link);
  expect(await statusOf(id)).toBe('Pending');
  expect(await visitor.submit(page, '/invitation/decline', {})).toMatchObject({ name: 'invitation-ended' });
  expect(await statusOf(id)).toBe('Revoked');
  expect((await visitor.open(link)).html).toContain('no longer open');
});

test('somebody else who is signed in cannot accept, not even by the form of another page', async () => {
  const { id, invitee, link } = await invite();
  const other = await userWith({ primaryEmail: newAddress() });
  const { body } = await api('GET', `/api/users/${other}`);
  const visitor = visit(app);
  const page = await signInFrom(visitor, await visitor.open(link), body.primaryEmail);
  expect(page.html).toContain('Use another account');
  expect(action(page, '/invitation/accept')).toBeUndefined();
  const csrf = field(page, 'csrf');
  const answer = await visitor.browser.post(`${app.origin}/invitation/accept`, { csrf });
  expect(answer.headers.get('location')).toBe(`${app.origin}/invitation`);
  expect([await isMember(other), await statusOf(id)]).toEqual([false, 'Pending']);
  // The invitee's own account can still do it, in the same browser.
  const owner = await userWith({ primaryEmail: invitee });
  // The engine ends the old session by a form that a script sends, and goes on.
  const between = await signInFrom(visitor, page, invitee);
  const xsrf = field(between, 'xsrf');
  const target = new URL(action(between, '/oidc/session/end/confirm') ?? '', between.url).href;
  await visitor.browser.follow(await visitor.browser.post(target, { xsrf, logout: 'yes' }), target);
  const back = await visitor.open(`${app.origin}/invitation`);
  expect(back.html).toContain(invitee);
  await visitor.submit(back, '/invitation/accept', {});
  expect(await isMember(owner)).toBe(true);
});

test('an account without an address gets the invited one, said beforehand; never one that somebody has', async () => {
  const { invitee, link } = await invite();
  const userId = await userWith({ username: 'without_address' });
  const visitor = visit(app);
  const page = await signInFrom(visitor, await visitor.open(link), 'without_address');
  expect(page.html).toContain('becomes the e-mail address of this account');
  await visitor.submit(page, '/invitation/accept', {});
  expect((await api('GET', `/api/users/${userId}`)).body.primaryEmail).toBe(invitee);
  expect(await isMember(userId)).toBe(true);

  const taken = await invite();
  await userWith({ primaryEmail: taken.invitee });
  const poacher = await userWith({ username: 'poacher' });
  const at = visit(app);
  const shown = await signInFrom(at, await at.open(taken.link), 'poacher');
  await at.submit(shown, '/invitation/accept', {});
  expect([await isMember(poacher), await statusOf(taken.id)]).toEqual([false, 'Pending']);
});

test('an address that nobody proved is proved by the link, and by nothing that lacks it', async () => {
  const { id, invitee, link } = await invite();
  const userId = await userWith({ primaryEmail: invitee });
  await asSystem(app, async (run) => {
    await run('update users set email_verified_at = null where tenant_id = $1 and id = $2', userId);
  });
  const { invitations } = app.modules.organizations;
  await expect(invitations.accept(app.scope(), { id, userId })).rejects.toMatchObject({
    code: 'organization_invitation.address_mismatch',
  });
  const visitor = visit(app);
  const page = await signInFrom(visitor, await visitor.open(link), invitee);
  await visitor.submit(page, '/invitation/accept', {});
  expect(await isMember(userId)).toBe(true);
});

test('of 50 parallel tries one makes a member', async () => {
  const { invitee, link } = await invite();
  const userId = await userWith({ primaryEmail: invitee });
  const secret = new URL(link).searchParams.get('token') ?? '';
  const { byLink } = app.modules.organizations.invitations;
  const tries = await Promise.allSettled(Array.from({ length: 50 }, () => byLink.accept(app.scope(), secret, userId)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await rolesOf(userId)).body).toHaveLength(1);
});

test('a secret is long, stored as a hash alone, and dies with the next message, the time, revocation and deletion', async () => {
  const { id, invitee, link } = await invite();
  const secret = new URL(link).searchParams.get('token') ?? '';
  expect(secret).toMatch(/^[A-Za-z0-9]{32}$/);
  const { rows } = await app.world.database
    .forTenant('default')
    .execute(sql`select to_jsonb(i) as stored from organization_invitations i where id = ${id}`);
  expect(JSON.stringify(rows)).toContain('secret_hash');
  expect(JSON.stringify(rows)).not.toContain(secret);

  expect((await api('POST', `/api/organization-invitations/${id}/message`, {})).status).toBe(204);
  const newest = await linkTo(invitee);
  expect(newest).not.toBe(link);
  expect(await visit(app).open(link)).toMatchObject({ status: 404, name: 'error' });
  expect(await visit(app).open(newest)).toMatchObject({ status: 200, name: 'invitation' });
  await api('PUT', `/api/organization-invitations/${id}/status`, { status: 'Revoked' });
  expect((await visit(app).open(newest)).html).toContain('no longer open');
  await api('DELETE', `/api/organization-invitations/${id}`);
  expect(await visit(app).open(newest)).toMatchObject({ status: 404, name: 'error' });

  const late = await invite(undefined, { expiresAt: app.world.now().getTime() + 1000 });
  app.advance(2000);
  expect((await visit(app).open(late.link)).html).toContain('has expired');
});

test('a forged, altered or foreign secret opens nothing, nor do a cookie’s line breaks', async () => {
  const { link } = await invite();
  const secret = new URL(link).searchParams.get('token') ?? '';
  const altered = (secret.startsWith('a') ? 'b' : 'a') + secret.slice(1);
  for (const token of [altered, 'x', `${secret}%0d%0aset-cookie:a=b`, `${secret};path=/`]) {
    const answer = await visit(app).open(`${app.origin}/invitation?token=${token}`);
    expect(answer).toMatchObject({ status: 404, name: 'error' });
  }
});

test('forms from elsewhere are refused, and neither the link nor the page says where to go next', async () => {
  const { id, link } = await invite();
  const visitor = visit(app);
  const page = await visitor.open(`${link}&redirectUri=https://evil.example&redirect_uri=https://evil.example`);
  expect(page.html).not.toContain('evil.example');
  const url = `${app.origin}/invitation/decline`;
  expect((await visitor.browser.post(url, { csrf: 'guessed' })).status).toBe(403);
  const csrf = field(page, 'csrf');
  expect((await visitor.browser.post(url, { csrf }, { origin: 'https://evil.example' })).status).toBe(403);
  expect(await statusOf(id)).toBe('Pending');
});

test('400 when the place to go on to is no web address', async () => {
  for (const redirectUri of ['javascript:alert(1)', 'data:text/html,x', '/relative', '//evil.example']) {
    const body = { organizationId, invitee: newAddress(), expiresAt: hour(), redirectUri };
    expect((await api('POST', '/api/organization-invitations', body)).status).toBe(400);
  }
});

test('with a page of one’s own the message leads there, and no secret is made', async () => {
  const own = 'https://app.example.com/join?id=1';
  expect((await invite(undefined, { messagePayload: { link: own } })).link).toBe(own);
});
