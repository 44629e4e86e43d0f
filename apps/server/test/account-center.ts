import type { TestApp } from './harness.ts';
import { type Page, type Visitor, visit } from './pages.ts';

export const PASSWORD = 'Paper-lamp-4-river';

/** Everything that a tenant can open to its users. */
export const EVERY_FIELD = Object.fromEntries(
  [
    'name',
    'avatar',
    'profile',
    'email',
    'phone',
    'password',
    'username',
    'social',
    'customData',
    'mfa',
    'passkey',
    'session',
    'organization',
    'personalAccessToken',
    'dataExport',
  ].map((field) => [field, 'Edit']),
);

let serial = 0;

/** A user who signs in by username and password. */
export async function createOwner(app: TestApp, more: object = {}): Promise<{ id: string; username: string }> {
  serial += 1;
  const username = `owner_${serial}`;
  const { body } = await app.api('POST', '/api/users', { username, password: PASSWORD, ...more });
  return { id: body.id, username };
}

/** Opens a page of the account center as somebody without JavaScript, who signs in on the way. */
export async function openAccount(
  app: Pick<TestApp, 'origin'>,
  username: string,
  path = '/account',
  visitor: Visitor = visit(app),
): Promise<{ visitor: Visitor; page: Page }> {
  const first = await visitor.open(`${app.origin}${path}`);
  if (first.name !== 'sign-in') return { visitor, page: first };
  return { visitor, page: await visitor.submit(first, '/sign-in', { identifier: username, password: PASSWORD }) };
}

/** Shows by password that it is the owner, on the page that asks for it. */
export const prove = (visitor: Visitor, page: Page): Promise<Page> =>
  visitor.submit(page, '/account/verified-action', { password: PASSWORD });
