/** A browser without a screen: keeps cookies by path, follows nothing by itself. */
export interface Browser {
  get(url: string, headers?: Record<string, string>): Promise<Response>;
  post(url: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  /** Follows redirects within `origin`, from a first answer, until something else comes; answers the last one and its URL. */
  follow(response: Response, from: string): Promise<{ response: Response; url: string }>;
  cookie(name: string): string | undefined;
  /** Every cookie, as another browser that steals them would send. */
  clone(): Browser;
}

interface Cookie {
  name: string;
  value: string;
  path: string;
}

const pathMatches = (path: string, cookie: Cookie): boolean =>
  path === cookie.path || path.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`);

export function createBrowser(origin: string, jar: Cookie[] = []): Browser {
  const remember = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      const find = (key: string) =>
        attributes.find((a) => a.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
      const path = find('path') ?? '/';
      const at = jar.findIndex((cookie) => cookie.name === name && cookie.path === path);
      if (at >= 0) jar.splice(at, 1);
      const expires = find('expires');
      const gone = find('max-age') === '0' || (expires !== undefined && new Date(expires).getTime() <= Date.now());
      if (!gone) jar.push({ name, value, path });
    }
    return response;
  };
  const send = async (url: string, init: RequestInit) => {
    const { pathname } = new URL(url);
    const cookie = jar
      .filter((entry) => pathMatches(pathname, entry))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const headers = { accept: 'text/html', ...(cookie && { cookie }), ...(init.headers as Record<string, string>) };
    return remember(await fetch(url, { ...init, headers, redirect: 'manual' }));
  };
  const browser: Browser = {
    get: (url, headers = {}) => send(url, { headers }),
    post: (url, form, headers = {}) =>
      send(url, { method: 'POST', body: new URLSearchParams(form), headers: { origin, ...headers } }),
    async follow(first, from) {
      let response = first;
      let url = from;
      for (let hop = 0; hop < 12; hop++) {
        const location = response.headers.get('location');
        if (!location) return { response, url };
        const next = new URL(location, url).href;
        if (!next.startsWith(`${origin}/`)) return { response, url: next };
        url = next;
        response = await browser.get(url);
      }
      throw new Error(`too many redirects, the last to ${url}`);
    },
    cookie: (name) => jar.find((entry) => entry.name === name)?.value,
    clone: () =>
      createBrowser(
        origin,
        jar.map((entry) => ({ ...entry })),
      ),
  };
  return browser;
}
