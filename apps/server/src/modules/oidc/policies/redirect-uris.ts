/**
 * Redirect URI matching (RFC 6749 §3.1.2.3, RFC 9700 §2.1): whole-string equality, with two exceptions that the
 * client's owner must have written down: `*` in a host label or in the path (features 1.5), and any port on a
 * loopback host for native apps (RFC 8252 §7.3).
 */

const HTTP = /^https?:$/;
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const CUSTOM_SCHEME = /^[a-z][a-z0-9+_.-]*$/;
/** Schemes that run code or read files where they are followed. */
const FORBIDDEN_SCHEMES = new Set(['javascript', 'data', 'vbscript', 'file', 'blob', 'about', 'view-source']);

/** Splits by hand, because the URL parser would decode, lower-case and complete what must be compared as written. */
interface Parts {
  scheme: string;
  authority: string;
  rest: string;
}

function split(uri: string): Parts | undefined {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)(.*)$/s.exec(uri);
  return match ? { scheme: match[1] ?? '', authority: match[2] ?? '', rest: match[3] ?? '' } : undefined;
}

/** Labels that stay literal in a host pattern: a pattern over a public suffix would let in anybody's site. */
const LITERAL_LABELS = 2;

function validHostPattern(authority: string): boolean {
  const [host = '', port] = authority.split(':');
  if (port?.includes('*')) return false;
  const labels = host.split('.');
  const literal = labels.slice(-LITERAL_LABELS);
  return literal.length === LITERAL_LABELS && literal.every((label) => label.length > 0 && !label.includes('*'));
}

/**
 * Says what is wrong with a redirect URI that an administrator wants to register, or undefined when it may be.
 * `native` allows custom schemes alone; web apps may have both, as the wire allows.
 */
export function redirectUriProblem(uri: string): 'invalid' | 'fragment' | 'scheme' | 'wildcard' | undefined {
  if (/[\s\\]/.test(uri) || uri.includes('\u0000')) return 'invalid';
  const scheme = uri.slice(0, uri.indexOf(':')).toLowerCase();
  if (!uri.includes(':') || FORBIDDEN_SCHEMES.has(scheme)) return 'scheme';
  if (uri.includes('#')) return 'fragment';
  if (!HTTP.test(`${scheme}:`)) {
    if (!CUSTOM_SCHEME.test(uri.slice(0, uri.indexOf(':')))) return 'scheme';
    return uri.includes('*') ? 'wildcard' : undefined;
  }
  const parts = split(uri);
  if (!parts?.authority || parts.authority.includes('@')) return 'invalid';
  if (!URL.canParse(uri.replaceAll('*', 'x'))) return 'invalid';
  if (!uri.includes('*')) return undefined;
  if (parts.rest.includes('?') && parts.rest.slice(parts.rest.indexOf('?')).includes('*')) return 'wildcard';
  if (parts.authority.includes('*') && !validHostPattern(parts.authority)) return 'wildcard';
  return undefined;
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** One `*` is one host label's worth, or any run of characters within one path segment's neighbourhood. */
function patternOf({ scheme, authority, rest }: Parts): RegExp {
  const host = literally(authority).replaceAll('\\*', '[A-Za-z0-9-]+');
  const path = literally(rest).replaceAll('\\*', '[^?#]*');
  return new RegExp(`^${literally(scheme)}://${host}${path}$`);
}

function matchesPattern(registered: string, value: string): boolean {
  const pattern = split(registered);
  const parts = split(value);
  if (!pattern || !parts || redirectUriProblem(registered)) return false;
  // A traversal would leave the path that the pattern names.
  if (/(^|\/)(\.|%2e){1,2}(\/|$|\?)/i.test(parts.rest) || /%2f|%5c/i.test(parts.rest)) return false;
  return patternOf(pattern).test(value);
}

/** The URI without its port, when it is http on a loopback host. */
function withoutLoopbackPort(uri: string): string | undefined {
  const parts = split(uri);
  if (parts?.scheme !== 'http') return undefined;
  const host = parts.authority.replace(/:\d*$/, '');
  return LOOPBACK_HOSTS.has(host) ? `http://${host}${parts.rest}` : undefined;
}

/** True when `value`, as the client sent it, is one of the registered URIs. */
export function redirectUriAllowed(value: string, registered: readonly string[], native: boolean): boolean {
  // A pattern is never a destination, and these characters are read differently by different parsers.
  if (/[*\\\s]/.test(value) || value.includes('#')) return false;
  if (registered.includes(value)) return true;
  if (registered.some((uri) => uri.includes('*') && matchesPattern(uri, value))) return true;
  if (!native) return false;
  const bare = withoutLoopbackPort(value);
  return bare !== undefined && registered.some((uri) => withoutLoopbackPort(uri) === bare);
}

/** True when `origin` is the origin of one of the registered URIs, patterns included. */
export function originAllowed(origin: string, registered: readonly string[]): boolean {
  return registered.some((uri) => {
    const parts = split(uri);
    if (!parts || !HTTP.test(`${parts.scheme}:`)) return false;
    if (!parts.authority.includes('*'))
      return URL.canParse(uri.replaceAll('*', 'x')) && new URL(uri.replaceAll('*', 'x')).origin === origin;
    return validHostPattern(parts.authority) && patternOf({ ...parts, rest: '' }).test(origin);
  });
}
