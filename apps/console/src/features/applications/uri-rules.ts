/** Why an address is refused; the names are those of the phrases. */
export type UriProblem =
  | 'invalid'
  | 'webScheme'
  | 'scheme'
  | 'fragment'
  | 'credentials'
  | 'wildcardPlace'
  | 'wildcardHost'
  | 'wildcardLabel'
  | 'duplicate'
  | 'origin';

const uriParts = /^([a-z][a-z0-9+_.-]*):(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/i;

/** Schemes that run or read something instead of opening an app. */
const unsafeSchemes = new Set(['javascript', 'data', 'vbscript', 'file', 'blob', 'about']);

const withoutWildcards = (text: string) => text.replaceAll('*', 'wildcard');

function wildcardProblem(authority: string, query: string): UriProblem | null {
  const [host = '', port = ''] = authority.startsWith('[') ? [authority] : authority.split(':');
  if (port.includes('*') || query.includes('*')) return 'wildcardPlace';
  const labels = host.split('.');
  if (labels.some((label) => label.split('*').length > 2)) return 'wildcardLabel';
  // `*.com` would hand tokens to anybody who registers a name there.
  return host.includes('*') && (labels.length < 3 || labels.slice(-2).some((label) => label.includes('*')))
    ? 'wildcardHost'
    : null;
}

/** Checks one redirect URI as the server will: web applications use http(s), native ones any scheme of their own. */
export function redirectUriProblem(uri: string, kind: 'web' | 'native'): UriProblem | null {
  const parts = uriParts.exec(uri);
  if (!parts) return 'invalid';
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = parts;
  const isHttp = /^https?$/i.test(scheme);
  if (!isHttp && kind === 'web') return 'webScheme';
  if (unsafeSchemes.has(scheme.toLowerCase())) return 'scheme';
  // RFC 6749 §3.1.2: the endpoint URI must not include a fragment component.
  if (fragment !== '') return 'fragment';
  if (authority.includes('@')) return 'credentials';
  if (!isHttp) return uri.includes('*') ? 'wildcardPlace' : authority === '' && path === '' ? 'invalid' : null;
  const wildcard = wildcardProblem(authority, query);
  if (wildcard) return wildcard;
  return authority !== '' && URL.canParse(withoutWildcards(uri)) ? null : 'invalid';
}

/** Checks one CORS origin: scheme and host, perhaps a port, and nothing behind it. */
export function originProblem(text: string): UriProblem | null {
  if (!URL.canParse(text)) return 'origin';
  const url = new URL(text);
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return /^https?:$/.test(url.protocol) && bare && !text.endsWith('/') ? null : 'origin';
}

/** The problem of each entry of a list, with repetitions reported at the later entry; blank entries are nobody's fault. */
export function listProblems(
  entries: readonly string[],
  check: (entry: string) => UriProblem | null,
): (UriProblem | null)[] {
  return entries.map((entry, index) => {
    const text = entry.trim();
    if (text === '') return null;
    return check(text) ?? (entries.slice(0, index).some((earlier) => earlier.trim() === text) ? 'duplicate' : null);
  });
}
