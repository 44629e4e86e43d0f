import type { Session } from '../auth/session.ts';
import { ApiError, SignedOutError } from './api-error.ts';

export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

export type ApiRequest = { query?: Query; body?: unknown; signal?: AbortSignal };

/** One page of a list, with the size of the whole list from the `Total-Number` header. */
export type Page<Item> = { items: Item[]; total: number };

export type ApiClient = {
  /** Sends a request to the administered tenant's `/api` and resolves with its JSON body. */
  send: <Response>(method: string, path: string, request?: ApiRequest) => Promise<Response>;
  list: <Item>(path: string, request?: ApiRequest) => Promise<Page<Item>>;
};

const totalHeader = 'Total-Number';

function urlOf(endpoint: string, path: string, query: Query = {}): string {
  const url = new URL(`${endpoint}${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one));
  }
  return url.href;
}

async function readError(response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    return new ApiError(response.status, JSON.parse(text));
  } catch {
    // A proxy in front of the server answers with its own page, which is no text for the reader.
    return new ApiError(response.status, {});
  }
}

/** Creates the client of the administered tenant's API, which sends the operator's access token. */
export function createApiClient(endpoint: string, session: Session): ApiClient {
  async function token(): Promise<string> {
    try {
      return await session.accessToken();
    } catch (cause) {
      if (cause instanceof TypeError) throw cause;
      throw new SignedOutError(cause);
    }
  }

  async function attempt(method: string, path: string, { query, body, signal }: ApiRequest): Promise<Response> {
    return fetch(urlOf(endpoint, path, query), {
      method,
      signal,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${await token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  async function answer(method: string, path: string, request: ApiRequest): Promise<Response> {
    let response = await attempt(method, path, request);
    if (response.status === 401) {
      // The signing key or the grant may have changed under a cached token, so a fresh one gets one try.
      await session.forgetAccessToken();
      response = await attempt(method, path, request);
    }
    if (response.status === 401) throw new SignedOutError(await readError(response));
    if (!response.ok) throw await readError(response);
    return response;
  }

  return {
    async send<Body>(method: string, path: string, request: ApiRequest = {}) {
      const response = await answer(method, path, request);
      return (response.status === 204 ? undefined : await response.json()) as Body;
    },
    async list<Item>(path: string, request: ApiRequest = {}) {
      const response = await answer('GET', path, request);
      const items = (await response.json()) as Item[];
      return { items, total: Number(response.headers.get(totalHeader) ?? items.length) };
    },
  };
}
