import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type GatePhrases, gatePhrases } from '@latchkey/phrases/gate';
import { acceptedLanguages } from '../../kernel/http.ts';

const STYLE = `
:root { color-scheme: light dark; --text: #1b1f28; --quiet: #535b6b; --page: #fff; --link: #2f4bd6 }
@media (prefers-color-scheme: dark) { :root { --text: #eceef3; --quiet: #a9b1c1; --page: #15181f; --link: #9db0ff } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--text); font: 16px/1.6 system-ui, sans-serif }
main { max-width: 30rem; padding: 2rem 1.25rem; text-align: center }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 0.75rem } p { color: var(--quiet); margin: 0 0 1.5rem }
nav { display: flex; gap: 1.5rem; justify-content: center } a { color: var(--link) }
`;
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Why the app does not answer itself. */
export type Refusal = 'denied' | 'failed' | 'unreachable' | 'broken';

const links: Record<Refusal, (readonly [keyof GatePhrases, string])[]> = {
  denied: [['signOut', '/sign-out']],
  failed: [['again', '/']],
  unreachable: [['again', '']],
  broken: [['again', '']],
};

const page = (language: string, phrases: GatePhrases, refusal: Refusal): string => {
  const [title, lead] = [phrases[`${refusal}Title`], phrases[`${refusal}Lead`]];
  const choices = links[refusal].map(([name, href]) => `<a href="${href}">${escapeHtml(phrases[name])}</a>`);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(lead)}</p>
<nav>${choices.join('')}</nav>
</main>
</body>
</html>
`;
};

/** A person opens a page, as against a page's script that fetches something (Fetch Metadata; by Accept where it is not sent). */
export function opensPage({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const mode = headers['sec-fetch-mode'];
  return mode === undefined ? (headers.accept?.includes('text/html') ?? false) : mode === 'navigate';
}

/** Answers in the app's place: a page for people, a line for programs. */
export function refuse(request: IncomingMessage, response: ServerResponse, status: number, refusal: Refusal): void {
  const { language, phrases } = gatePhrases(acceptedLanguages(request.headers['accept-language']));
  const isPage = opensPage(request);
  response.writeHead(status, {
    'content-type': isPage ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    vary: 'Accept, Accept-Language',
  });
  response.end(isPage ? page(language, phrases, refusal) : `${phrases[`${refusal}Title`]}\n`);
}
