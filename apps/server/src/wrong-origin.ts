import { createHash } from 'node:crypto';
import { type OriginPhrases, originPhrases } from '@latchkey/phrases/origin';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { acceptedLanguages } from './kernel/http.ts';
import { type Addressing, addressOf, DEFAULT_TENANT, isOwnOrigin, requestOrigin } from './kernel/tenancy.ts';

/** Asked by machines, by whatever address they reach the process. */
const FOR_MACHINES = /^\/(health|metrics|domains\/ask|\.well-known\/acme-challenge)(\/|\?|$)/;

const STYLE = `
:root { color-scheme: light dark; --line: #d0d4dc; --soft: #f3f4f7; --text: #1b1f28; --quiet: #535b6b; --page: #fff; --link: #2f4bd6 }
@media (prefers-color-scheme: dark) { :root { --line: #3b4150; --soft: #20242e; --text: #eceef3; --quiet: #a9b1c1; --page: #15181f; --link: #9db0ff } }
body { margin: 0; padding: 2.5rem 1.25rem; background: var(--page); color: var(--text); font: 16px/1.6 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto }
h1 { font-size: 1.6rem; line-height: 1.3 } h2 { margin-top: 2.25rem; font-size: 1.15rem }
h3 { margin: 1.5rem 0 0.5rem; font-size: 1rem } a { color: var(--link); overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.4rem 1.25rem } dt { color: var(--quiet) }
dd { margin: 0; overflow-wrap: anywhere } small { color: var(--quiet) }
pre { margin: 0; padding: 0.9rem 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--soft); font: 14px/1.5 ui-monospace, monospace }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: 0.6rem } }
`;
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** What the request said of its address. */
interface Arrival {
  /** As the browser saw it, as far as the proxy may be believed. */
  origin: string;
  host: string | undefined;
  forwardedHost: string | undefined;
  forwardedProto: string | undefined;
}

function arrivalOf(request: FastifyRequest, addressing: Addressing): Arrival {
  const header = (name: string) => request.headers[name]?.toString();
  return {
    origin: requestOrigin(request.raw, addressing),
    host: header('host'),
    forwardedHost: header('x-forwarded-host'),
    forwardedProto: header('x-forwarded-proto'),
  };
}

/** The address that the operator probably means; undefined where what arrived is no address at all. */
function meantBy({ origin, host, forwardedHost, forwardedProto }: Arrival): URL | undefined {
  const meant = forwardedProto || forwardedHost ? `${forwardedProto ?? 'https'}://${forwardedHost ?? host}` : origin;
  if (!/^https?:\/\/[a-z0-9.-]+(:\d+)?$/i.test(meant) || !URL.canParse(meant)) return undefined;
  return new URL(meant);
}

const nginx = (port: number) => `location / {
    proxy_pass http://127.0.0.1:${port};
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-For $remote_addr;
}`;

const caddy = (host: string, port: number) => `${host} {
    reverse_proxy 127.0.0.1:${port}
}`;

const traefik = (host: string, port: number) => `http:
  routers:
    latchkey:
      rule: Host(\`${host}\`)
      entryPoints: [websecure]
      tls: {}
      service: latchkey
  services:
    latchkey:
      loadBalancer:
        servers:
          - url: http://127.0.0.1:${port}`;

const block = (title: string, code: string) =>
  `<h3>${escapeHtml(title)}</h3><pre tabindex="0">${escapeHtml(code)}</pre>`;

function operatorPart(phrases: OriginPhrases, arrival: Arrival, { addressing, port }: WrongOriginOptions): string {
  const meant = meantBy(arrival);
  const { hostname, host, origin } = meant ?? new URL(addressing.endpoint.replace('*.', ''));
  // On one's own machine nothing stands in front.
  if (hostname === 'localhost' || /^127\./.test(hostname)) {
    return `<p>${escapeHtml(phrases.startPlain)}</p><pre tabindex="0">${escapeHtml(`ENDPOINT=${origin} npm start`)}</pre>`;
  }
  const start = `ENDPOINT=https://${host} TRUST_PROXY_HEADER=true npm start`;
  return [
    `<p>${escapeHtml(phrases.startWith)}</p><pre tabindex="0">${escapeHtml(start)}</pre>`,
    `<p>${escapeHtml(phrases.proxy)}</p>`,
    block(phrases.nginx, nginx(port)),
    block(phrases.caddy, caddy(host, port)),
    block(phrases.traefik, traefik(hostname, port)),
  ].join('\n');
}

function render(languages: readonly string[], arrival: Arrival, options: WrongOriginOptions): string {
  const { language, phrases } = originPhrases(languages);
  const { addressing } = options;
  const expected = addressOf(addressing, DEFAULT_TENANT).endpoint;
  const facts: [string, string | undefined, boolean][] = [
    [phrases.origin, arrival.origin, true],
    [phrases.host, arrival.host, true],
    [phrases.forwardedHost, arrival.forwardedHost, addressing.trustProxy],
    [phrases.forwardedProto, arrival.forwardedProto, addressing.trustProxy],
  ];
  const rows = facts.map(([name, value, believed]) => {
    const note = value !== undefined && !believed ? ` <small>(${escapeHtml(phrases.ignored)})</small>` : '';
    return `<dt>${escapeHtml(name)}</dt><dd>${value === undefined ? `<small>${escapeHtml(phrases.absent)}</small>` : `<code>${escapeHtml(value)}</code>`}${note}</dd>`;
  });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(phrases.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(phrases.title)}</h1>
<p>${escapeHtml(phrases.lead)}</p>
<p>${escapeHtml(phrases.visitor)} <a href="${escapeHtml(expected)}">${escapeHtml(expected)}</a></p>
<h2>${escapeHtml(phrases.whatArrived)}</h2>
<dl>${rows.join('')}</dl>
<h2>${escapeHtml(phrases.expected)}</h2>
<p><code>${escapeHtml(addressing.endpoint)}</code></p>
<h2>${escapeHtml(phrases.operator)}</h2>
${operatorPart(phrases, arrival, options)}
</main>
</body>
</html>
`;
}

export interface WrongOriginOptions {
  addressing: Addressing;
  /** The port behind the proxy. */
  port: number;
}

/**
 * Answers a page that is asked for by another address than the configured one: its cookies and links would go astray,
 * and the operator would see an error far from its cause (RFC 9110 §15.5.20).
 * Only pages: a server beside this one may call the API by whatever name it finds it under.
 */
export function explainWrongOrigins(http: FastifyInstance, options: WrongOriginOptions): void {
  const { addressing } = options;
  http.addHook('onRequest', async (request, reply) => {
    const page = request.method === 'GET' && request.headers.accept?.includes('text/html');
    if (!page || request.tenant.domain !== undefined || FOR_MACHINES.test(request.url)) return;
    const arrival = arrivalOf(request, addressing);
    if (isOwnOrigin(arrival.origin, addressing)) return;
    const html = render(acceptedLanguages(request.headers['accept-language']), arrival, options);
    return reply
      .code(421)
      .type('text/html; charset=utf-8')
      .headers({ 'cache-control': 'no-store', 'content-security-policy': POLICY, vary: 'Accept-Language' })
      .send(html);
  });
}
