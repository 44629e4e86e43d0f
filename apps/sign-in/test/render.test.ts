import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { englishPhrases, loadSignInPhrases, type SignInPhrases } from '@latchkey/phrases/sign-in';
import { signInLanguages } from '@latchkey/phrases/sign-in-languages';
import { type PageModel, pageModel, type SignInPages } from '@latchkey/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../build.mjs';
import { frame, pages } from './pages.fixture.ts';

const languages = Object.keys(signInLanguages);

// What production runs is tested: the built bundle, not the sources.
let folder: string;
let built: SignInPages;
const phrases = new Map<string, SignInPhrases | undefined>();

beforeAll(async () => {
  for (const language of languages) phrases.set(language, await loadSignInPhrases(language));
  folder = await mkdtemp(join(tmpdir(), 'sign-in-'));
  await buildPages(folder);
  built = await import(join(folder, 'server/render.js'));
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

function render(model: PageModel): string {
  return built.render(model, phrases.get(model.frame.language) ?? englishPhrases);
}

/** The document without its styles, whose text would only be noise. */
function markup(model: PageModel): string {
  return render(model).replace(/<style.*?<\/style>/gs, '');
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
}

function tags(html: string, name: string): string[] {
  return html.match(new RegExp(`<${name}(?= |>)[^>]*>`, 'g')) ?? [];
}

describe.each(languages)('every page in %s', (language) => {
  const dir = language === 'ar' || language === 'fa-IR' ? 'rtl' : 'ltr';
  const models = Object.entries(pages({ language, dir }));

  it.each(models)('%s fits the contract and is a whole document', (_name, model) => {
    expect(pageModel.safeParse(model).error).toBeUndefined();
    const html = markup(model);
    expect(html.startsWith('<!doctype html>')).toBe(true);
    expect(tags(html, 'html')).toEqual([`<html lang="${language}" dir="${dir}">`]);
    expect(tags(html, 'title')).toHaveLength(1);
    expect(tags(html, 'h1')).toHaveLength(1);
    expect(html).not.toMatch(/\{\{|undefined|\[object/);
  });

  it.each(models)('%s labels each field, and refers only to ids that are there, each once', (_name, model) => {
    const html = markup(model);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const input of tags(html, 'input').filter((tag) => !/ type="hidden"| hidden/.test(tag))) {
      const id = attribute(input, 'id');
      expect(html.includes(`for="${id}"`) || / type="checkbox"/.test(input)).toBe(true);
      for (const described of (attribute(input, 'aria-describedby') ?? '').split(' ').filter(Boolean))
        expect(ids).toContain(described);
    }
  });

  it.each(models)('%s carries no inline handler, and its nonce on every style and script', (_name, model) => {
    const html = render(model);
    expect(tags(html.replace(/<style.*?<\/style>/gs, ''), '\\w+').join('')).not.toMatch(/ on\w+=| style=/);
    expect(html.match(/<(?:style|script)\b/g)?.length).toBe(
      html.match(/<(?:style|script)\b[^>]* nonce="the-nonce"/g)?.length,
    );
  });
});

describe('forms', () => {
  const fieldsOf = (model: PageModel) =>
    [...tags(markup(model), 'input'), ...tags(markup(model), 'button')]
      .map((tag) => attribute(tag, 'name'))
      .filter((name) => name !== undefined);

  it.each([
    ['sign-in', '/sign-in', ['csrf', 'identifier', 'password']],
    ['register', '/register', ['csrf', 'username', 'password']],
    ['profile', '/profile', ['csrf', 'username', 'password', 'agreement']],
    ['link-account', '/link-account', ['csrf', 'password']],
    ['set-password', '/set-password', ['csrf', 'token', 'password']],
    ['consent', '/consent', ['csrf', 'decision', 'decision']],
  ] as const)('%s posts its fields and the token to its path in the tenant and the flow', (name, path, fields) => {
    const model = pages({ basePath: '/t/shop', appId: 'a b&c' })[name];
    const [form] = tags(markup(model), 'form');
    expect(attribute(form ?? '', 'method')).toBe('post');
    expect(attribute(form ?? '', 'action')).toBe(`/t/shop${path}?app_id=a%20b%26c`);
    expect(fieldsOf(model)).toEqual(fields);
    expect(markup(model)).toContain('<input type="hidden" name="csrf" value="the-csrf-token"/>');
  });

  it('signs out through the action and the fields of the protocol engine', () => {
    const model = pages()['sign-out'];
    expect(attribute(tags(markup(model), 'form')[0] ?? '', 'action')).toBe('/oidc/session/end/confirm');
    expect(fieldsOf(model)).toEqual(['xsrf', 'logout']);
    expect(markup(model)).not.toContain('data-auto-submit');
    expect(markup({ ...model, autoSubmit: true })).toContain('data-auto-submit');
    expect(markup({ ...model, autoSubmit: true, frame: frame({ preview: true }) })).not.toContain('data-auto-submit');
  });

  it('hands over to another site with the fields and nothing else', () => {
    const model = pages()['hand-over'];
    expect(attribute(tags(markup(model), 'form')[0] ?? '', 'action')).toBe('https://bookstore.test/saml/acs');
    expect(fieldsOf(model)).toEqual(['SAMLResponse', 'RelayState']);
    expect(markup({ ...model, autoSubmit: true })).toContain('data-auto-submit');
  });

  it('tells password managers which password is known and which is new', () => {
    expect(markup(pages()['sign-in'])).toContain('autocomplete="current-password"');
    expect(markup(pages()['sign-in'])).toContain('autocomplete="username"');
    expect(markup(pages().register)).toContain('autocomplete="new-password"');
    expect(markup(pages()['set-password'])).toContain('autocomplete="new-password"');
  });

  it('puts errors at their fields, marks them invalid and moves the focus to the first', () => {
    const html = markup(pages()['register-refused']);
    const [username, password] = ['username', 'password'].map(
      (id) => tags(html, 'input').find((tag) => attribute(tag, 'id') === id) ?? '',
    ) as [string, string];
    expect(username).toMatch(/autofocus.*aria-invalid="true"/);
    expect(password).toContain('aria-invalid="true"');
    expect(password).not.toContain('autofocus');
    expect(html).toContain('The password needs at least 8 characters.');
    expect(html).toContain('<title>Error: ');
    expect(html).not.toContain('role="alert"');
  });

  it('shows an error of an unknown code, or of a field that is not there, above the form', () => {
    const model = pages()['sign-in'];
    const refused = { ...model, errors: [{ code: 'toString' }, { field: 'username', code: 'form.required' }] };
    const [, alert = ''] = /role="alert"(.*?)<form/s.exec(markup(refused)) ?? [];
    expect(alert).toContain('That did not work.');
    expect(alert).toContain('Please fill this in.');
  });

  it('shows only social buttons when no identifier is allowed', () => {
    const html = markup(pages()['sign-in-social-only']);
    expect(tags(html, 'form')).toEqual([]);
    expect(html).toContain('href="/social/sample?app_id=bookstore"');
  });

  it('is inert and without a script in the preview', () => {
    const html = markup(pages({ preview: true })['sign-in']);
    expect(html).toContain('<div class="lk-page" inert>');
    expect(tags(html, 'script')).toEqual([]);
  });
});

describe('errors that end a sign-in', () => {
  const titleOf = (code: string, data: Record<string, string> = {}) =>
    /<h1[^>]*>(.*?)<\/h1>/.exec(markup({ ...pages().error, code, data: { connector: 'GitLab', ...data } }))?.[1];

  it.each([
    ['connector.authorization_failed', { error: 'access_denied' }, 'You were not signed in with GitLab'],
    ['connector.authorization_failed', { error: 'server_error' }, 'GitLab did not finish the sign-in'],
    ['connector.social_invalid_id_token', {}, 'The answer from GitLab could not be trusted'],
    ['oidc.invalid_client', {}, 'This app is not known here'],
    ['oidc.access_denied', {}, 'You have no access to this app'],
    ['access_denied', {}, 'Access was not granted'],
    ['constructor', {}, 'Something went wrong'],
  ])('%s %j reads "%s…"', (code, data, title) => {
    expect(titleOf(code, data)).toBe(title);
  });
});

// Threat class "XSS by branding": Casdoor CVE-2026-5468, CVE-2024-41658, Hydra CVE-2019-8400.
describe('hostile content', () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;

  it('is escaped wherever a name, a value, an error hint or a detail is shown', () => {
    const base = frame();
    const attacked = { ...base, branding: { ...base.branding, displayName: hostile }, csrf: hostile, appId: hostile };
    const { consent, error, register } = pages(attacked);
    const signIn = pages(attacked)['sign-in'];
    const models: PageModel[] = [
      ...Object.values(pages(attacked)),
      { ...signIn, applicationName: hostile, identifier: hostile, errors: [{ code: hostile }] },
      { ...signIn, social: [{ target: hostile, connectorId: 'c', name: hostile, logo: hostile, href: '/social/c' }] },
      { ...register, username: hostile, errors: [{ code: 'user.username_too_long', data: { max: hostile } }] },
      { ...error, code: hostile, detail: hostile, requestId: hostile, data: { connector: hostile } },
      {
        ...consent,
        application: { ...consent.application, name: hostile },
        account: hostile,
        redirectHost: hostile,
        userScopes: [hostile],
        resources: [{ name: hostile, scopes: [{ name: hostile, description: hostile }] }],
      },
    ];
    for (const model of models) {
      const html = markup(model);
      expect(tags(html, 'script')).toHaveLength(1);
      expect(html).not.toContain('<img src=x');
    }
  });

  it.each([
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    '//evil.test/x',
    '/\\evil.test/x',
    '/\t/evil.test/x',
    'file:///etc/passwd',
  ])('%j becomes neither a link nor a picture', (url) => {
    const base = frame();
    const branding = { ...base.branding, logoUrl: url, darkLogoUrl: url, favicon: url };
    const attacked = { branding, termsOfUseUrl: url, privacyPolicyUrl: url, support: { websiteUrl: url } };
    const all = pages(attacked);
    const links: PageModel[] = [
      {
        ...all['sign-in'],
        social: [{ target: 'x', connectorId: 'c', name: 'X', logo: url, logoDark: url, href: url }],
      },
      { ...all.error, backHref: url },
      { ...all['sign-out'], action: url },
      { ...all['hand-over'], action: url },
      { ...all.consent, application: { name: 'X', logoUrl: url, termsOfUseUrl: url, privacyPolicyUrl: url } },
    ];
    for (const model of links) {
      const targets = [...markup(model).matchAll(/ (?:href|src|srcset|action)="([^"]*)"/g)].map((match) => match[1]);
      expect(targets.filter((target) => /evil|script:|text\/html|passwd/.test(target ?? ''))).toEqual([]);
    }
  });

  it('accepts pictures from the web, from this origin and from image data', () => {
    for (const logoUrl of ['https://cdn.test/l.png', '/assets/l.png', 'data:image/png;base64,AAAA']) {
      const html = markup(pages({ branding: { ...frame().branding, logoUrl } }).suspended);
      expect(html).toContain(`src="${logoUrl}"`);
    }
  });

  it('cannot leave the style element by custom CSS, which comes last', () => {
    const css = 'a::before{content:"<b>"}</style><script>alert(1)</script></STYLE ><!--';
    const html = render(pages({ branding: { ...frame().branding, customCss: css } })['sign-in']);
    expect(html.match(/<\/style/gi)).toHaveLength(2);
    expect(html.slice(html.lastIndexOf('</style'))).not.toContain('<script');
    expect(html).toContain('<style id="custom-css" nonce="the-nonce">a::before{content:"<b>"}<\\/style>');
    expect(html.indexOf('custom-css')).toBeGreaterThan(html.indexOf('--lk-primary'));
  });

  it('cannot put CSS in place of a colour', () => {
    const branding = { ...frame().branding, primaryColor: 'red}body{display:none', darkPrimaryColor: '#12' };
    expect(render(pages({ branding })['sign-in'])).not.toContain('red}');
  });
});

describe('page weight', () => {
  it('keeps the whole first page within 30 KB over the wire, nothing render-blocking', async ({ annotate }) => {
    const html = render(pages()['sign-in']);
    // What a page loads later, when it needs it, has a name of its own and is not asked for by the first.
    const names = (await readdir(join(folder, 'client'))).filter((name) => /^(?:main|mark)-/.test(name));
    expect(names).toHaveLength(2);
    const files = await Promise.all(names.map((name) => readFile(join(folder, 'client', name))));
    const weigh = (compress: (content: Buffer) => Buffer) =>
      [Buffer.from(html), ...files].reduce((sum, content) => sum + compress(content).length, 0);
    const [gzip, brotli] = [weigh(gzipSync), weigh((content) => brotliCompressSync(content))];
    await annotate(`HTML with CSS, script and icon: ${gzip} bytes by gzip, ${brotli} by Brotli`);
    expect(gzip).toBeLessThanOrEqual(30 * 1024);
    // The document, the script, the icon and the one provider's logo.
    expect(files.length + 2).toBeLessThanOrEqual(5);
    expect(html).not.toMatch(/<link[^>]*stylesheet/);
    for (const tag of tags(html, 'script')) expect(tag).toContain('type="module"');
  });

  it('needs nothing at run time but itself', async () => {
    const bundle = await readFile(join(folder, 'server/render.js'), 'utf8');
    expect(bundle).not.toMatch(/^import .* from/m);
    expect(bundle).not.toContain('ZodError');
  });
});
