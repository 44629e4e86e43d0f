import type { ConsoleLanguage } from '@latchkey/phrases/console';
import { consoleLanguages, type DemoPhrases, loadDemoPhrases } from '@latchkey/phrases/console';
import LogtoClient, { Prompt } from '@logto/browser';
import { readConfig } from '../config.ts';
import './demo.css';

const config = readConfig(document);
const redirectUri = `${config.tenantEndpoint}/demo-app`;

const resourceKey = 'latchkey-demo-resource';
const asked = new URLSearchParams(location.search).get('resource');
if (asked !== null) sessionStorage.setItem(resourceKey, asked);
/** The API that the access token is for: `?resource=` names it, and the visit remembers it. */
const resource = sessionStorage.getItem(resourceKey) || undefined;

const client = new LogtoClient({
  endpoint: config.tenantEndpoint,
  appId: 'demo-app',
  ...(resource && { resources: [resource] }),
  scopes: ['email', 'phone', 'identities', 'roles'],
});

const language = (navigator.languages
  .map((tag) => tag.toLowerCase().split('-')[0] ?? '')
  .find((tag) => tag in consoleLanguages) ?? 'en') as ConsoleLanguage;
document.documentElement.lang = language;
const t: DemoPhrases = await loadDemoPhrases(language);
const root = document.querySelector('#demo') as HTMLElement;

type Child = Node | string;

function element(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function button(text: string, onClick: () => Promise<void>, quiet = false): HTMLElement {
  const node = element('button', { type: 'button', ...(quiet && { class: 'quiet' }) }, text);
  node.addEventListener('click', () => void onClick().catch(showFailure));
  return node;
}

function show(...children: Child[]): void {
  const heading = element(
    'header',
    {},
    element('img', { src: '/console/mark.svg', alt: '' }),
    element('h1', {}, t.title),
  );
  document.title = t.title;
  root.replaceChildren(heading, ...children);
}

function showFailure(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  show(
    element('section', { role: 'alert' }, element('p', {}, t.failed.replace('{{reason}}', reason))),
    element(
      'div',
      { class: 'actions' },
      button(t.tryAgain, async () => location.assign(redirectUri)),
    ),
  );
}

function copyButton(text: string): HTMLElement {
  const node = button(
    t.copy,
    async () => {
      await navigator.clipboard.writeText(text);
      node.textContent = t.copied;
    },
    true,
  );
  return node;
}

function claimsTable(claims: object): HTMLElement {
  const rows = Object.entries(claims).map(([name, value]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      element('td', {}, typeof value === 'string' ? value : JSON.stringify(value)),
    ),
  );
  const head = element('tr', {}, element('th', { scope: 'col' }, t.claim), element('th', { scope: 'col' }, t.value));
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
}

function card(title: string, hint: string, ...children: Child[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), element('p', { class: 'soft' }, hint), ...children);
}

async function showSignedIn(notice?: string): Promise<void> {
  const [claims, userInfo, accessToken] = await Promise.all([
    client.getIdTokenClaims(),
    client.fetchUserInfo(),
    client.getAccessToken(resource),
  ]);
  // A token for no API is opaque; one for an API says whom and what it is for, and what a script added.
  const tokenClaims = resource && claimsTable(await client.getAccessTokenClaims(resource));
  const name = claims.name ?? claims.username ?? claims.email ?? claims.sub;
  const renew = async () => {
    await client.clearAccessToken();
    await showSignedIn(t.refreshed);
  };
  show(
    element('p', {}, t.signedInAs.replace('{{name}}', name)),
    element(
      'div',
      { class: 'actions' },
      button(t.signOut, () => client.signOut(redirectUri), true),
    ),
    ...(notice ? [element('p', { role: 'status' }, notice)] : []),
    card(t.idToken, t.idTokenHint, claimsTable(claims)),
    card(t.userInfo, t.userInfoHint, claimsTable(userInfo)),
    card(
      t.accessToken,
      t.accessTokenHint,
      ...(tokenClaims ? [tokenClaims] : []),
      element('code', {}, accessToken),
      element('div', { class: 'actions' }, copyButton(accessToken), button(t.refresh, renew, true)),
    ),
  );
}

function showSignedOut(): void {
  show(
    element('p', {}, t.intro),
    element(
      'div',
      { class: 'actions' },
      button(t.signIn, () => client.signIn(redirectUri)),
      button(t.register, () => client.signIn({ redirectUri, firstScreen: 'register' }), true),
    ),
  );
}

async function start(): Promise<void> {
  show(element('p', { class: 'soft' }, t.working));
  const query = new URLSearchParams(location.search);
  if (query.has('code') || query.has('error')) {
    await client.handleSignInCallback(location.href);
    history.replaceState(null, '', redirectUri);
  }
  const token = query.get('one_time_token');
  const [method, target] = query.get('direct_sign_in')?.split(':') ?? [];
  if (token) {
    // The page that a magic link leads to: what the link brings goes on to the sign-in page.
    const extraParams = { one_time_token: token, login_hint: query.get('login_hint') ?? '' };
    await client.signIn({ redirectUri, extraParams });
  } else if ((method === 'sso' || method === 'social') && target) {
    // Tried out from the Console: past the sign-in page, and past whoever is signed in already.
    await client.signIn({ redirectUri, directSignIn: { method, target }, prompt: Prompt.Login });
  } else if (await client.isAuthenticated()) await showSignedIn();
  else showSignedOut();
}

await start().catch(showFailure);
