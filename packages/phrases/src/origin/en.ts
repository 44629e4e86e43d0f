/** The page for whoever puts Latchkey behind a proxy, when the two do not agree on the public address. */
export const en = {
  title: 'This is not the address of this Latchkey',
  lead: 'The request came to an address other than the configured one, so links and cookies would not work. Nothing was changed.',
  visitor: 'If you only want to sign in, this is the right address:',
  whatArrived: 'What arrived',
  origin: 'Address',
  host: 'Host',
  forwardedHost: 'X-Forwarded-Host',
  forwardedProto: 'X-Forwarded-Proto',
  absent: 'not sent',
  ignored: 'not looked at, because TRUST_PROXY_HEADER is off',
  expected: 'What was expected (ENDPOINT)',
  operator: 'If you run this Latchkey',
  startWith: 'Tell it the address that browsers use, and to believe the proxy in front of it:',
  startPlain: 'Tell it the address that browsers use:',
  proxy:
    'Then let the proxy say which address was asked for. It must overwrite these headers, never pass on what a visitor sends.',
  nginx: 'nginx',
  caddy: 'Caddy (sets the headers by itself)',
  traefik: 'Traefik (sets the headers by itself)',
};
