// The Console's guides, followed to the letter: the code that a page shows is what runs.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import { pythonWith, tutorialPython } from './python.ts';
import { fill, openShop, type Shop } from './shop.ts';
import { freePort, node, startApp } from './stack.ts';

const exec = promisify(execFile);
/** Below the clone, so that the apps find the packages of e2e/package.json that their guides tell to install. */
const cache = path.join(import.meta.dirname, '../node_modules/.cache/latchkey');
const READER = { username: 'ada', password: 'Paper-lamp-4-river' };

let shop: Shop;
let folder: string;

test.use({ locale: 'en-US' });
test.beforeAll(async ({ browser }) => {
  shop = await openShop(browser);
  await shop.api('POST', '/api/users', { ...READER, name: 'Ada Reader' });
});
test.afterAll(() => shop?.close());
test.beforeEach(async () => {
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(path.join(cache, 'guide-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

/** Registers an app; answers its id. */
async function register(type: string, redirectUri?: string): Promise<string> {
  const addresses = {
    redirectUris: redirectUri ? [redirectUri] : [],
    postLogoutRedirectUris: redirectUri ? [new URL('/', redirectUri).href, new URL(redirectUri).origin] : [],
  };
  return (await shop.api('POST', '/api/applications', { type, name: 'Bookstore', oidcClientMetadata: addresses })).id;
}

/** Writes every file of a guide as its reader does: what is shown for a file that is there goes below what it has. */
async function copyFiles(appId: string, guide: string): Promise<void> {
  const page = shop.administrator;
  await page.goto(`${shop.origin}/console/applications/${appId}/guide/${guide}`);
  const main = page.locator('main');
  await expect(main.locator('pre').first()).toBeVisible();
  const copy = async (name: string, code: string | null) => {
    if (!/^[\w/-]*\.?\w+\.\w+$/.test(name)) return;
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await appendFile(file, `${code}\n\n`);
  };
  for (const block of await main.locator('figure:has(pre), [role="tablist"]').all()) {
    const tabs = await block.getByRole('tab').all();
    if (tabs.length === 0) {
      await copy(
        (await block.locator('figcaption span').first().textContent()) ?? '',
        await block.locator('pre').textContent(),
      );
    }
    for (const tab of tabs) {
      await tab.click();
      const panel = main.locator(`[id="${await tab.getAttribute('aria-controls')}"]`);
      await copy((await tab.textContent()) ?? '', await panel.locator('pre').textContent());
    }
  }
}

/** A link or a button, whichever an app has made of it. */
const choice = (page: Page, name: RegExp) =>
  page.getByRole('link', { name }).or(page.getByRole('button', { name })).first();

/** What the guide's checkpoint promises: signing in, being known, signing out, and the page for newcomers. */
async function tryOut(page: Page, home: string): Promise<void> {
  await page.goto(home);
  await choice(page, /^sign in/i).click();
  await page.waitForURL((url) => url.origin === shop.origin);
  await fill(page, { identifier: READER.username, password: READER.password });
  await page.waitForURL((url) => url.href === home);
  await expect(page.locator('body')).toContainText('Ada Reader');
  await choice(page, /^sign out/i).click();
  await expect(choice(page, /^sign in/i)).toBeVisible();
  await page.goto(home);
  await choice(page, /^create an account/i).click();
  await page.waitForURL(/\/register/);
}

test('Flask', async ({ page }) => {
  const python = await tutorialPython();
  test.skip(!python, 'Python or PyPI cannot be reached');
  const port = await freePort();
  await copyFiles(await register('Traditional', `http://localhost:${port}/callback`), 'web-flask');
  const command: [string, ...string[]] = [
    python ?? '',
    '-m',
    'flask',
    'run',
    '--host',
    'localhost',
    '--port',
    `${port}`,
  ];
  const app = await startApp({ command, cwd: folder, says: /Running on/ });
  await tryOut(page, `http://localhost:${port}/`).finally(app.stop);
});

test('Django', async ({ page }) => {
  const python = await pythonWith('django', path.join(import.meta.dirname, 'django-requirements.txt'));
  test.skip(!python, 'Python or PyPI cannot be reached');
  const manage = (...parameters: string[]): [string, ...string[]] => [python ?? '', 'manage.py', ...parameters];
  await exec(python ?? '', ['-m', 'django', 'startproject', 'bookstore', '.'], { cwd: folder });
  // The guide replaces the addresses of a new project and adds to its settings.
  await rm(path.join(folder, 'bookstore/urls.py'));
  const port = await freePort();
  await copyFiles(await register('Traditional', `http://localhost:${port}/callback`), 'web-django');
  const [program, ...migrate] = manage('migrate');
  await exec(program, migrate, { cwd: folder });
  const command = manage('runserver', '--noreload', `localhost:${port}`);
  const app = await startApp({ command, cwd: folder, says: /Starting development server/ });
  await tryOut(page, `http://localhost:${port}/`).finally(app.stop);
});

test('Express', async ({ page }) => {
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  const port = await freePort();
  const appId = await register('Traditional', `http://localhost:${port}/logto/sign-in-callback`);
  await copyFiles(appId, 'web-express');
  const app = await startApp({ command: [node, 'app.js'], cwd: folder, says: /Listening on/ });
  await tryOut(page, `http://localhost:${port}/`).finally(app.stop);
});

test('the command line', async ({ page }) => {
  await copyFiles(await register('Native', 'http://127.0.0.1/callback'), 'native-command-line');
  // The tokens go to the home folder.
  const env = { ...process.env, HOME: folder };
  const run = (...parameters: string[]) => exec(node, ['bookstore.mjs', ...parameters], { cwd: folder, env });
  const signIn = run('sign-in');
  let said = '';
  signIn.child.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  const address = /http:\/\/\S+\/oidc\/auth\S+\s/;
  await expect.poll(() => said).toMatch(address);
  await page.goto(address.exec(said)?.[0].trim() ?? '');
  await fill(page, { identifier: READER.username, password: READER.password });
  await expect(page.locator('body')).toContainText('You can close this window');
  expect((await signIn).stdout).toContain('Signed in as');
  expect(JSON.parse((await run('whoami')).stdout)).toMatchObject({ name: 'Ada Reader' });
  expect((await run('sign-out')).stdout).toContain('Signed out');
  expect(existsSync(path.join(folder, '.bookstore-tokens.json'))).toBe(false);
});

test('machine-to-machine', async () => {
  const appId = await register('MachineToMachine');
  const [role] = await shop.api('GET', '/api/roles?type=MachineToMachine&search=%25Management%20API%25');
  await shop.api('POST', `/api/roles/${role.id}/applications`, { applicationIds: [appId] });
  await copyFiles(appId, 'm2m-general');
  const ways: [string, string][] = [
    [node, 'count-users.mjs'],
    [node, 'typed-client.mjs'],
    ['python3', 'count_users.py'],
  ];
  for (const [program, file] of ways)
    expect((await exec(program, [file], { cwd: folder })).stdout, file).toMatch(/^1 users/);
});
