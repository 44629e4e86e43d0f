import type { BrowserSession, GitlabUser, RegisteredApplication } from './model.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const style = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas}
main{width:min(26rem,100vw - 2rem);box-sizing:border-box;padding:2rem 0}
h1{font-size:1.375rem;line-height:1.3}
label{display:block;margin:1rem 0 .25rem;font-weight:600}
input{width:100%;box-sizing:border-box;padding:.6rem;font:inherit;border:1px solid GrayText;border-radius:.3rem}
button{width:100%;margin-top:1rem;padding:.65rem;font:inherit;font-weight:600;border:1px solid #1068bf;border-radius:.3rem;background:#1068bf;color:#fff;cursor:pointer}
button.plain{background:transparent;color:CanvasText;border-color:GrayText}
[role=alert]{padding:.75rem;border-inline-start:.25rem solid #c91c00;background:color-mix(in srgb,#c91c00 10%,Canvas)}
small{color:GrayText}`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)} · GitLab double</title><style>${style}</style></head>
<body><main>${body}<p><small>A stand-in for GitLab, for tests.</small></p></main></body></html>`;

const hidden = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');

export const signInPage = (session: BrowserSession, login = '', problem = ''): string =>
  page(
    'Sign in',
    `<h1>Sign in to GitLab</h1>${problem && `<p role="alert">${escapeHtml(problem)}</p>`}
<form method="post" action="/users/sign_in">${hidden({ authenticity_token: session.csrfToken })}
<label for="user_login">Username or primary email</label>
<input id="user_login" name="user[login]" value="${escapeHtml(login)}" autocomplete="username" required autofocus>
<label for="user_password">Password</label>
<input id="user_password" name="user[password]" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button></form>`,
  );

const scopeWords: Readonly<Record<string, string>> = {
  openid: 'Know who you are',
  profile: 'Read your profile',
  email: 'Read your primary email address',
  read_user: 'Read your account',
  api: 'Use the API in your name',
};

export interface ConsentPage {
  session: BrowserSession;
  user: GitlabUser;
  application: RegisteredApplication;
  scope: string;
  /** The request, to be sent back with the answer. */
  parameters: Readonly<Record<string, string>>;
}

const consentBody = ({ user, application, scope }: ConsentPage, forms: string): string => {
  const items = scope.split(' ').map((token) => `<li>${escapeHtml(scopeWords[token] ?? token)}</li>`);
  return page(
    'Authorize application',
    `<h1>Authorize <strong>${escapeHtml(application.name)}</strong> to use your account?</h1>
<p>Signed in as <strong>${escapeHtml(user.name)}</strong> @${escapeHtml(user.username)}. It will be able to:</p><ul>${items.join('')}</ul>${forms}`,
  );
};

/** Two forms, because the answer no is another HTTP method to GitLab. */
export function consentPage(model: ConsentPage): string {
  const fields = hidden({ ...model.parameters, authenticity_token: model.session.csrfToken });
  return consentBody(
    model,
    `<form method="post" action="/oauth/authorize">${fields}<button type="submit">Authorize</button></form>
<form method="post" action="/oauth/authorize">${fields}<input type="hidden" name="_method" value="delete"><button type="submit" class="plain">Deny</button></form>`,
  );
}

export function deviceConsentPage(model: ConsentPage): string {
  const fields = hidden({ ...model.parameters, authenticity_token: model.session.csrfToken });
  return consentBody(
    model,
    `<form method="post" action="/oauth/device">${fields}<button type="submit" name="decision" value="authorize">Authorize</button>
<button type="submit" name="decision" value="deny" class="plain">Deny</button></form>`,
  );
}

export const deviceCodePage = (session: BrowserSession, userCode: string, problem = ''): string =>
  page(
    'Connect a device',
    `<h1>Connect a device</h1>${problem && `<p role="alert">${escapeHtml(problem)}</p>`}
<form method="post" action="/oauth/device">${hidden({ authenticity_token: session.csrfToken })}
<label for="user_code">The code it shows</label>
<input id="user_code" name="user_code" value="${escapeHtml(userCode)}" autocomplete="off" required autofocus>
<button type="submit">Continue</button></form>`,
  );

export const noticePage = (title: string, sentence: string): string =>
  page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(sentence)}</p>`);

export const errorPage = (sentence: string): string =>
  page('Error', `<h1>An error has occurred</h1><p role="alert">${escapeHtml(sentence)}</p>`);

export const homePage = (session: BrowserSession): string =>
  page(
    'Home',
    session.user
      ? `<h1>Signed in as ${escapeHtml(session.user.name)}</h1>
<form method="post" action="/users/sign_out">${hidden({ authenticity_token: session.csrfToken })}<button type="submit" class="plain">Sign out</button></form>`
      : '<h1>GitLab</h1><p><a href="/users/sign_in">Sign in</a></p>',
  );

/** The avatar of a user who has none of their own. */
export const avatarSvg = (user: GitlabUser): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="hsl(${(user.id * 67) % 360} 45% 40%)"/><text x="48" y="62" font-family="sans-serif" font-size="42" text-anchor="middle" fill="#fff">${escapeHtml(user.name.slice(0, 1))}</text></svg>`;
