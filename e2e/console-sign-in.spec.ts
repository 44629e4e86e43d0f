// What the Console decides about signing in, seen on its own pages and then from the other side: as the person who
// signs in, by way of the demo app. One service for all of it.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { expectAccessible } from './accessibility.ts';
import { fill } from './shop.ts';
import { type Latchkey, startLatchkey } from './stack.ts';

let latchkey: Latchkey;
let page: Page;
let authorization: string;

const open = (path: string) => page.goto(`${latchkey.origin}/console/${path}`);
const dialog = () => page.getByRole('dialog');

/** What a story needs to be there and is not about. */
async function prepare(method: string, path: string, data: object): Promise<void> {
  const answer = await page.request.fetch(`${latchkey.origin}${path}`, { method, data, headers: { authorization } });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
}

/** A browser of somebody else's, who knows nothing of the administrator's. */
async function visit(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US' });
  const visitor = await context.newPage();
  await visitor.goto(url);
  return visitor;
}

test.beforeAll(async ({ browser }) => {
  latchkey = await startLatchkey();
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  const asked = page.waitForRequest((request) => /\/api\//.test(request.url()) && 'authorization' in request.headers());
  await page.goto(latchkey.setUpLink);
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await page.waitForURL(/\/t\/admin\/register/);
  await fill(page, { username: 'keeper', password: 'Brass-latch-9-door' });
  await page.waitForURL(/\/console\/get-started/);
  authorization = (await asked).headers().authorization ?? '';
});

test.afterAll(() => latchkey?.stop());

test('a magic link lets its reader into the demo app once, and is then marked as used', async ({ browser }) => {
  await open('one-time-tokens');
  await expect(page.getByText('No magic links yet')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Create magic link' }).first().click();
  await dialog().getByLabel('E-mail address').fill('edith@example.com');
  await expectAccessible(page);
  await dialog().getByRole('button', { name: 'Create' }).click();
  const link = (await dialog().getByLabel('Magic link', { exact: true }).textContent()) ?? '';
  await expectAccessible(page);
  await dialog().getByRole('button', { name: 'Close' }).last().click();

  const visitor = await visit(browser, link);
  await expect(visitor.getByText('edith@example.com').first()).toBeVisible();
  await visitor.locator('form .lk-button-primary').click();
  // A newcomer is asked for what a new account needs besides.
  await fill(visitor, { username: 'edith', password: 'Paper-lamp-4-river' });
  await visitor.waitForURL(/\/demo-app$/);
  await expect(visitor.getByText('edith@example.com').first()).toBeVisible();
  await visitor.context().close();

  await page.reload();
  await expect(page.getByRole('row', { name: /edith@example\.com/ })).toContainText('Used');
  await expectAccessible(page);
});

test('a revoked magic link opens nothing', async ({ browser }) => {
  await open('one-time-tokens');
  await page.getByRole('button', { name: 'Create magic link' }).first().click();
  await dialog().getByLabel('E-mail address').fill('joan@example.com');
  await dialog().getByRole('button', { name: 'Create' }).click();
  const link = (await dialog().getByLabel('Magic link', { exact: true }).textContent()) ?? '';
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Revoke the link for joan@example.com' }).click();
  await dialog().getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('row', { name: /joan@example\.com/ })).toContainText('Revoked');

  const visitor = await visit(browser, link);
  await expect(visitor.getByRole('heading', { name: 'This link was withdrawn' })).toBeVisible();
  await expectAccessible(visitor);
  await visitor.getByRole('button', { name: 'Sign in another way' }).click();
  await expect(visitor.locator('form [name="identifier"]')).toBeVisible();
  await visitor.context().close();

  await page.getByLabel('Status').selectOption('Expired');
  await expect(page.getByText('No such link')).toBeVisible();
});

test('a script for claims is completed, tried, mended and saved, and tokens carry what it says', async ({
  browser,
}) => {
  await open('customize-jwt');
  await expect(page.getByText('No script').first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Write script' }).first().click();
  const script = page.getByRole('textbox', { name: 'Script', exact: true });
  await expect(script).toBeVisible();
  await expectAccessible(page);

  await test.step('completion knows what the script is given', async () => {
    await script.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('context.user.');
    await expect(page.getByRole('option', { name: /mfaVerificationFactors/ })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('a run that fails says why and where', async () => {
    await script.fill("const getCustomJwtClaims = () => {\n  throw new Error('no such plan');\n};");
    await page.getByRole('button', { name: 'Run test' }).click();
    await expect(page.getByRole('region', { name: 'Result' })).toContainText('no such plan');
    await expect(page.locator('.cm-lint-marker-error')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('mended, it answers its claims, with its console beside them', async () => {
    await page.getByRole('button', { name: 'Add variable' }).click();
    await page.getByLabel('Name', { exact: true }).fill('REGION');
    await page.getByLabel('Value', { exact: true }).fill('osaka');
    await script.fill(
      "const getCustomJwtClaims = ({ context, environmentVariables }) => {\n  console.log('for', context.user.username);\n  return { reader: context.user.username, region: environmentVariables.REGION };\n};",
    );
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByRole('region', { name: 'Result' })).toContainText('"region": "osaka"');
    await expect(page.getByRole('region', { name: 'Console' })).toContainText('for mina');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('The script is saved and in use.')).toBeVisible();
  });

  await test.step('the demo app’s token carries them', async () => {
    const indicator = 'https://orders.example.com';
    await prepare('POST', '/api/resources', { name: 'Orders', indicator });
    const visitor = await visit(browser, `${latchkey.origin}/demo-app?resource=${encodeURIComponent(indicator)}`);
    await visitor.getByRole('button').nth(1).click();
    await visitor.waitForURL(/\/register/);
    await fill(visitor, { username: 'ada', password: 'Paper-lamp-4-river' });
    await visitor.waitForURL(/\/demo-app$/);
    await expect(visitor.getByRole('row', { name: 'reader ada' })).toBeVisible();
    await expect(visitor.getByRole('row', { name: 'region osaka' })).toBeVisible();
    await visitor.context().close();
  });

  await test.step('it can be deleted', async () => {
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog().getByRole('textbox').fill('user claims');
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/customize-jwt$/);
    await expect(page.getByText('No script').first()).toBeVisible();
  });
});

test('an action is saved and switched off; ID tokens are given a claim more', async () => {
  await open('actions');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Write script' }).last().click();
  await page.getByRole('button', { name: 'Save script' }).click();
  await expect(page.getByText('The script is saved and in use.')).toBeVisible();
  await page.getByLabel('Run this script').uncheck();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('button', { name: 'Save changes' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Actions' }).first().click();
  await expect(page.getByText('Switched off')).toBeVisible();

  await open('customize-jwt');
  await page.getByLabel('custom_data').check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Changes saved').first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('custom_data')).toBeChecked();
});

const save = async () => {
  await page.getByRole('button', { name: 'Save changes' }).click();
  // The bar goes when it is done; the word of the time before may still be there.
  await expect(page.getByRole('button', { name: 'Save changes' })).toHaveCount(0);
  await expect(page.getByText('Your sign-in pages are up to date.').first()).toBeVisible();
};

test('a question of the tenant’s own is seen in the preview, and asked at sign-up', async ({ browser }) => {
  await open('sign-in-experience/collect-user-profile');
  await expect(page.getByText('There are no fields yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Create field' }).click();
  await dialog().getByLabel('Type').selectOption('Choice');
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('shelf');
  await dialog().getByLabel('Label', { exact: true }).fill('Favourite shelf');
  await dialog().getByRole('button', { name: 'Create' }).click();
  await expect(dialog().getByText('Add at least one option.')).toBeVisible();
  await dialog().getByRole('button', { name: 'Add option' }).click();
  await dialog().getByLabel('Value of option 1').fill('novels');
  await dialog().getByLabel('Label of option 1').fill('Novels');
  await dialog().getByLabel('People must answer it').check();
  await expectAccessible(page);
  await dialog().getByRole('button', { name: 'Create' }).click();
  await expect(dialog()).toHaveCount(0);
  await page.getByRole('button', { name: 'Ask for more' }).click();
  await page.getByRole('menuitem', { name: 'Favourite shelf' }).click();
  await page.getByLabel('Page').selectOption('profile-fields');
  await expect(page.frameLocator('iframe[aria-hidden="false"]').getByLabel(/Favourite shelf/)).toBeVisible();
  await save();

  const visitor = await visit(browser, `${latchkey.origin}/demo-app`);
  await visitor.getByRole('button').nth(1).click();
  await visitor.waitForURL(/\/register/);
  await fill(visitor, { username: 'grace', password: 'Paper-lamp-4-river' });
  await visitor.getByLabel(/Favourite shelf/).selectOption('Novels');
  await visitor.locator('form .lk-button-primary').first().click();
  await visitor.waitForURL(/\/demo-app$/);
  await visitor.context().close();

  await page.getByRole('button', { name: 'Delete Favourite shelf' }).click();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Nothing is asked for.')).toBeVisible();
});

test('a logo is uploaded, style rules are written, and both are on the sign-in page', async ({ browser }) => {
  await open('sign-in-experience/branding');
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>';
  const file = page.locator('input[type="file"]').first();
  await file.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no image') });
  await expect(page.getByText(/This is no image of these kinds: .*SVG/)).toBeVisible();
  await file.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) });
  await expect(page.getByLabel('Logo', { exact: true })).toHaveValue(/\/uploads\/.+\.svg$/);
  await page.getByRole('textbox', { name: 'Style rules' }).fill('.lk-card { border-radius: 3px }');
  await expectAccessible(page);
  await save();
  const visitor = await visit(browser, `${latchkey.origin}/demo-app`);
  await visitor.getByRole('button').first().click();
  await expect(visitor.locator('img[src*="/uploads/"]').first()).toBeVisible();
  await visitor.context().close();
});

/** What a tenant may write for a page, or somebody who got that far. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://a.example/x.png" onerror="alert(1)">',
  '<img src="x" alt="`><script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java&#115;cript:alert(1)">x</a>',
  '<a href="java&Tab;script:alert(1)">x</a>',
  '<a href=" &#14; javascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<svg onload=alert(1)><p>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<base href="https://evil.example/"><link rel=stylesheet href="https://evil.example/x.css">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<p style="background:url(https://evil.example/x)" onmouseover="alert(1)">x',
  '<p title="x" onclick=alert(1) title=\'"><img src=x onerror=alert(1)>\'>x',
  "<p title='\"><script>alert(1)</script>'>x",
  '<details open ontoggle=alert(1)>x</details>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<p/onclick=alert(1)/title="/>x',
  '<form id="main" action="https://evil.example/"><input autofocus onfocus=alert(1)>',
  '<style>*{display:none}</style><p class="lk-form">x',
];

test('text of one’s own is on the sign-in page, and nothing in it runs, loads or looks like a part of the page', async ({
  browser,
}) => {
  const write = (html: string) => prepare('PATCH', '/api/sign-in-exp', { customContent: { '/sign-in': html } });
  await write('<h1>Opening hours</h1><p>Every day. <a href="https://shop.example/">More</a></p>');
  const visitor = await visit(browser, `${latchkey.origin}/demo-app`);
  await visitor.getByRole('button').first().click();
  await expect(visitor.getByRole('heading', { name: 'Opening hours' })).toBeVisible();
  await expectAccessible(visitor);

  const strange: string[] = [];
  visitor.on('dialog', (opened) => {
    strange.push(opened.message());
    return opened.dismiss();
  });
  visitor.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(latchkey.origin) && url !== 'https://a.example/x.png') strange.push(url);
  });
  for (const html of HOSTILE) {
    await write(`<i>before</i>${html}`);
    await visitor.reload();
    await expect(visitor.getByText('before')).toBeVisible();
    const found = await visitor.locator('.lk-content *').evaluateAll((elements) =>
      elements.flatMap((element) => {
        (element as HTMLElement).click();
        const { localName, attributes } = element;
        return [localName, ...[...attributes].map(({ name, value }) => `${localName}.${name}=${value}`)];
      }),
    );
    const parts =
      /^(?:script|style|svg|math|iframe|base|link|meta|form|input|textarea|noscript|.*\.(?:on|style|id|name|srcdoc)|a\.href=(?!https?:)|.*lk-)/;
    strange.push(...found.filter((each) => parts.test(each)));
  }
  expect(strange).toEqual([]);
  await prepare('PATCH', '/api/sign-in-exp', { customContent: {} });
  await visitor.context().close();
});

test('pages of one’s own take the place of the built-in ones, and give it back', async ({ browser }) => {
  await open('sign-in-experience/branding');
  const zip = Buffer.from(
    zipSync({ 'index.html': strToU8('<!doctype html><title>Ours</title><h1>Our own page</h1>') }),
  );
  const file = page.locator('input[type="file"][accept*="zip"]');
  await file.setInputFiles({ name: 'pages.zip', mimeType: 'application/zip', buffer: zip });
  await expect(page.getByText(/Your pages of .* are shown/)).toBeVisible();
  await page.getByLabel('Scripts may come from').fill('https://cdn.example.com');
  await save();
  const visitor = await visit(browser, `${latchkey.origin}/demo-app`);
  await visitor.getByRole('button').first().click();
  await expect(visitor.getByRole('heading', { name: 'Our own page' })).toBeVisible();

  await page.getByRole('button', { name: 'Back to the built-in pages' }).click();
  await dialog().getByRole('button', { name: 'Back to the built-in pages' }).click();
  await save();
  await visitor.reload();
  await expect(visitor.locator('form [name="identifier"]')).toBeVisible();
  await visitor.context().close();
});

test('a new signing key takes over at once, and the one before can go', async () => {
  await open('oidc');
  await expect(page.getByText('In use').first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Rotate: Signing keys' }).click();
  await dialog().getByLabel('Algorithm').selectOption('RS256');
  await dialog().getByLabel('Hours before it signs').fill('0');
  await expectAccessible(page);
  await dialog().getByRole('button', { name: 'Rotate' }).click();
  const keys = page.getByRole('region', { name: 'Signing keys' });
  await expect(keys.getByText('RS256')).toBeVisible();
  await keys.getByRole('button', { name: /^Delete/ }).click();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await expect(keys.getByText('Previous')).toHaveCount(0);

  await page.getByLabel('Let such clients in').check();
  const documents = page.getByRole('region', { name: 'Client ID metadata documents' });
  await documents.getByRole('combobox', { name: 'What they may ask about the user' }).click();
  await page.getByRole('option', { name: 'profile', exact: true }).click();
  await page.keyboard.press('Escape');
  await documents.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Changes saved').first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Let such clients in')).toBeChecked();
});

test('clients register themselves with an initial access token, and with none once it is deleted', async () => {
  await open('oidc');
  const section = page.getByRole('region', { name: 'Dynamic client registration' });
  await section.getByLabel('Let clients register themselves').check();
  await section.getByRole('combobox', { name: 'Hosts of redirect URIs' }).fill('app.example.com');
  await page.keyboard.press('Enter');
  await section.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Changes saved').first()).toBeVisible();
  await section.getByRole('button', { name: 'Create token' }).click();
  await dialog().getByLabel('Name').fill('Partner portal');
  await expectAccessible(page);
  await dialog().getByRole('button', { name: 'Create' }).click();
  const token = (await dialog().getByLabel('Token', { exact: true }).textContent()) ?? '';
  await dialog().getByRole('button', { name: 'Close' }).last().click();

  const { registration_endpoint: endpoint } = await (
    await page.request.get(`${latchkey.origin}/oidc/.well-known/openid-configuration`)
  ).json();
  const register = (host: string) =>
    page.request.post(endpoint, {
      headers: { authorization: `Bearer ${token}` },
      data: { client_name: 'Portal', redirect_uris: [`https://${host}/callback`] },
    });
  expect((await register('app.example.com')).status()).toBe(201);
  expect((await register('elsewhere.example.com')).status()).toBe(400);

  await page.reload();
  await expect(section.getByText(/last used/)).toBeVisible();
  await section.getByRole('button', { name: 'Delete Partner portal' }).click();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await expect(section.getByText('There is none, so nobody can register a client.')).toBeVisible();
  expect((await register('app.example.com')).status()).toBe(401);
});

test('a message’s words are changed in a language, and seen as they will be', async () => {
  await open('messages/templates');
  await page.getByLabel('Subject').fill('Your code is {{code}}');
  await expect(page.getByText(/Subject: Your code is \w+/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save template' }).click();
  await expect(page.getByText('Your text', { exact: true })).toBeVisible();
});

test('usernames without regard to case', async () => {
  await open('security/general');
  await page.getByLabel('Mina and mina are one username').check();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Changes saved').first()).toBeVisible();
});
