// Threats: whoever may set a look must not run scripts on the pages where passwords are typed; and whose look it is.
import { describe, expect, it } from 'vitest';
import { call, createTestApp } from '../harness.ts';
import { action, field, startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const PASSWORD = 'Paper-lamp-4-river';
const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;

const set = (settings: object) => app.api('PATCH', '/api/sign-in-exp', settings);
const setApplication = (id: string, more: object) =>
  app.api('PUT', `/api/applications/${id}/sign-in-experience`, {
    termsOfUseUrl: null,
    privacyPolicyUrl: null,
    ...more,
  });

/** Scripts that a page has beside its own, which has the nonce of the page's policy. */
function strangeScripts({ html, headers }: { html: string; headers: Headers }): string[] {
  const nonce = /script-src 'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1];
  expect(nonce).toBeTruthy();
  // What stands inside of a style element is text to a browser, up to the first end tag (HTML §13.2.5.3).
  const markup = html.replaceAll(/<style\b[^>]*>[\s\S]*?<\/style[\s/>]/gi, '');
  const tags = [...markup.matchAll(/<script\b[^>]*>/gi)].map(([tag]) => tag);
  const handlers = [...markup.matchAll(/<[a-z][^>]*\son[a-z]+=/gi)].map(([tag]) => tag);
  return [...tags.filter((tag) => !tag.includes(`nonce="${nonce}"`)), ...handlers];
}

describe('a look with a script in it', () => {
  it('custom CSS cannot leave its element, and no page runs what it did not bring', async () => {
    const client = await createClient(app);
    expect((await set({ customCss: `a{}</style><script>alert(1)</script>${HOSTILE}` })).status).toBe(200);
    await app.api('PATCH', `/api/applications/${client.id}`, { name: HOSTILE.slice(0, 64) });
    for (const extra of [{}, { first_screen: 'register' }, { login_hint: HOSTILE }]) {
      const { page } = await startSignIn(app, client, extra);
      expect(strangeScripts(page)).toEqual([]);
    }
    await set({ customCss: null });
  });

  it('text of the tenant’s own is text: no script, no field, and on its page alone', async () => {
    const client = await createClient(app);
    const written = `<p onclick="alert(1)">Hello${HOSTILE}</p><form action="https://evil.example/"><input name="p"></form>`;
    const customContent = { '/sign-in': written, '/sign-in/password': '<p>Elsewhere</p>' };
    const byPassword = { password: true, verificationCode: false, isPasswordPrimary: true };
    const methods = [
      { ...byPassword, identifier: 'username' },
      { ...byPassword, identifier: 'email', verificationCode: true },
    ];
    const { signIn } = (await app.api('GET', '/api/sign-in-exp')).body;
    expect((await set({ customContent, signIn: { methods } })).status).toBe(200);
    const { visitor, page } = await startSignIn(app, client);
    expect(page.html).toContain('<p>Hello');
    expect(page.html).not.toMatch(/Elsewhere|evil\.example/);
    expect(strangeScripts(page)).toEqual([]);
    // The script is answered with the next page itself, at the address of the one before.
    const form = { csrf: field(page, 'csrf'), identifier: 'guest' };
    for (const headers of [undefined, { 'x-latchkey-page': 'yes' }]) {
      const url = new URL(action(page, '/sign-in') ?? '', page.url).href;
      const next = await visitor.browser.follow(await visitor.browser.post(url, form, headers), url);
      const shown = /<aside.*<\/aside>/.exec(await next.response.text());
      expect(shown?.[0]).toBe('<aside class="lk-content"><p>Elsewhere</p></aside>');
    }
    await set({ customContent: {}, signIn });
  });

  it.each(['javascript:alert(1)', 'data:text/html,<script>alert(1)</script>'])(
    '400 for the address %s',
    async (url) => {
      const client = await createClient(app);
      const organization = { name: 'Hostile', branding: { logoUrl: url } };
      expect((await set({ branding: { logoUrl: url } })).status).toBe(400);
      expect((await set({ termsOfUseUrl: url })).status).toBe(400);
      expect((await set({ supportWebsiteUrl: url })).status).toBe(400);
      expect((await setApplication(client.id, { branding: { logoUrl: url } })).status).toBe(400);
      expect((await app.api('POST', '/api/organizations', organization)).status).toBe(400);
    },
  );
});

describe('the look of a page (features 2.7)', () => {
  const look = (name: string) => ({
    logoUrl: `https://cdn.example/${name}.svg`,
    favicon: `https://cdn.example/${name}.ico`,
  });

  it('is the organization’s, else the application’s, else the tenant’s; support is the tenant’s', async () => {
    const client = await createClient(app);
    await set({ branding: look('tenant'), supportEmail: 'help@tenant.example' });
    const shown = async (extra: Record<string, string> = {}) => {
      const { page } = await startSignIn(app, client, extra);
      expect(page.html).toContain('mailto:help%40tenant.example');
      const [, name] = /cdn\.example\/(\w+)\.svg/.exec(page.html) ?? [];
      expect(page.html).toContain(`cdn.example/${name}.ico`);
      return name;
    };
    expect(await shown()).toBe('tenant');
    await setApplication(client.id, { branding: look('application') });
    expect(await shown()).toBe('application');
    const organization = { name: 'Owls', branding: look('organization'), customCss: '.lk-card{color:#123456}' };
    const { body } = await app.api('POST', '/api/organizations', organization);
    expect(await shown({ organization_id: body.id })).toBe('organization');
    expect(await shown({ organization_id: 'unknown' })).toBe('application');

    const query = `appId=${client.id}&organizationId=${body.id}`;
    const open = await call(`${app.origin}/api/.well-known/sign-in-exp?${query}`, 'GET');
    expect(open.body).toMatchObject({ branding: look('organization'), customCss: organization.customCss });
    await set({ branding: {}, supportEmail: null });
  });

  it('is not a third party’s while a password is typed; its own is on the page that asks for consent', async () => {
    const stranger = await createClient(app, { isThirdParty: true });
    await app.api('POST', `/api/applications/${stranger.id}/user-consent-scopes`, { userScopes: ['profile'] });
    await setApplication(stranger.id, { branding: look('stranger'), customCss: '.lk-input{display:none}' });
    await app.modules.users.create(app.scope(), { username: 'guest', password: PASSWORD });
    const { visitor, page } = await startSignIn(app, stranger);
    expect(page.html).not.toContain('stranger.svg');
    expect(page.html).not.toContain('.lk-input{display:none}');
    const consent = await visitor.submit(page, '/sign-in', { identifier: 'guest', password: PASSWORD });
    expect(consent.name).toBe('consent');
    expect(consent.html).toContain('stranger.svg');
    expect(consent.html).not.toContain('.lk-input{display:none}');
  });
});
