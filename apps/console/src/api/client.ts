import type { Session } from '../auth/session.ts';
import { ApiError, SignedOutError } from './api-error.ts';
import type { AnswerOf, ItemOf, ListName, OperationName, RequestOf } from './operations.ts';
import { sendForm } from './send-form.ts';

/** One page of a list, with the size of the whole list from the `Total-Number` header. */
export type Page<Item> = { items: Item[]; total: number };

/** The administered tenant's API; its types are the server's own declarations of the operations. */
export type ApiClient = {
  call: <Name extends OperationName>(name: Name, request: RequestOf<Name>) => Promise<AnswerOf<Name>>;
  /** An answer that is a file. */
  download: <Name extends OperationName>(name: Name, request: RequestOf<Name>) => Promise<Blob>;
  list: <Name extends ListName>(name: Name, request: RequestOf<Name>) => Promise<Page<ItemOf<Name>>>;
};

/** A request as it is put together, whatever its operation. */
type AnyRequest = {
  params?: Record<string, string>;
  query?: object;
  body?: unknown;
  file?: File;
  onProgress?: (part: number) => void;
  signal?: AbortSignal;
};

const totalHeader = 'Total-Number';

function urlOf(endpoint: string, path: string, { params = {}, query = {} }: AnyRequest): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const url = new URL(`${endpoint}${filled}`);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(one));
  }
  return url.href;
}

/** A file goes as a form, whose boundary the browser names by itself; everything else as JSON. */
function contentOf({ body, file }: AnyRequest): { headers: Record<string, string>; body?: string | FormData } {
  if (file) {
    const form = new FormData();
    form.append('file', file);
    return { headers: {}, body: form };
  }
  if (body === undefined) return { headers: {} };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
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

type Options = {
  /** Base URL of the administered tenant. */
  endpoint: string;
  /** Gives the access token that is sent. */
  session: Pick<Session, 'accessToken' | 'forgetAccessToken'>;
  /** The reader's language now, so that refusals come in it. */
  language: () => string;
};

/** Creates the client of the administered tenant's API. */
export function createApiClient({ endpoint, session, language }: Options): ApiClient {
  async function token(): Promise<string> {
    try {
      return await session.accessToken();
    } catch (cause) {
      // No answer at all is the network's fault; anything else means that the refresh token is spent.
      if (cause instanceof TypeError) throw cause;
      throw new SignedOutError(cause);
    }
  }

  async function attempt(name: OperationName, request: AnyRequest): Promise<Response> {
    const [method, path = ''] = name.split(' ');
    const { headers, body } = contentOf(request);
    const sent = {
      method,
      headers: {
        accept: 'application/json',
        'accept-language': language(),
        authorization: `Bearer ${await token()}`,
        ...headers,
      },
    };
    const url = urlOf(endpoint, path, request);
    const { onProgress, signal } = request;
    if (onProgress && body instanceof FormData) return sendForm(url, { ...sent, body, onProgress });
    return fetch(url, { ...sent, body, signal });
  }

  async function answer(name: OperationName, request: AnyRequest): Promise<Response> {
    let response = await attempt(name, request);
    if (response.status === 401) {
      // The signing key or the grant may have changed under a cached token, so a fresh one gets one try.
      await session.forgetAccessToken();
      response = await attempt(name, request);
    }
    if (response.status === 401) throw new SignedOutError(await readError(response));
    if (!response.ok) throw await readError(response);
    return response;
  }

  return {
    download: async (name, request) => (await answer(name, request)).blob(),
    async call<Name extends OperationName>(name: Name, request: RequestOf<Name>) {
      const response = await answer(name, request);
      // Not only a 204 is empty: what was added is answered by a 201 without a body.
      const text = await response.text();
      return (text === '' ? undefined : JSON.parse(text)) as AnswerOf<Name>;
    },
    async list<Name extends ListName>(name: Name, request: RequestOf<Name>) {
      const response = await answer(name, request);
      const items = (await response.json()) as ItemOf<Name>[];
      return { items, total: Number(response.headers.get(totalHeader) ?? items.length) };
    },
  };
}
