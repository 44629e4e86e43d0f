import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, SignedOutError } from './api-error.ts';
import { createApiClient } from './client.ts';

type Sent = { url: string; method: string; headers: Headers; body: string | null };

/** Answers the requests of one test in turn, and keeps what was sent. */
function answerWith(...answers: Response[]): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({
      url,
      method: init.method ?? '',
      headers: new Headers(init.headers),
      body: (init.body as string) ?? null,
    });
    const answer = answers.shift();
    if (!answer) throw new TypeError('Failed to fetch');
    return answer;
  });
  return sent;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

function clientWith(tokens: string[]) {
  const session = {
    accessToken: async () => {
      const token = tokens[0];
      if (token === undefined) throw new Error('not_authenticated');
      return token;
    },
    forgetAccessToken: async () => {
      tokens.shift();
    },
  };
  return createApiClient({ endpoint: 'https://id.example.com', session, language: () => 'ja' });
}

afterEach(() => vi.unstubAllGlobals());

describe('requests', () => {
  it('fills the path, escapes what is in it, and sends token and language', async () => {
    const sent = answerWith(json(200, { id: 'app' }));
    await clientWith(['first']).call('GET /api/applications/:id', { params: { id: 'a/../b' } });
    expect(sent[0]?.url).toBe('https://id.example.com/api/applications/a%2F..%2Fb');
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer first');
    expect(sent[0]?.headers.get('accept-language')).toBe('ja');
  });

  it('leaves out undefined query parameters and repeats lists', async () => {
    const sent = answerWith(json(200, []));
    await clientWith(['first']).list('GET /api/applications', {
      query: { page: 2, search: undefined, types: ['SPA', 'Native'] },
    });
    expect(sent[0]?.url).toBe('https://id.example.com/api/applications?page=2&types=SPA&types=Native');
  });

  it('sends a body as JSON', async () => {
    const sent = answerWith(json(200, {}));
    await clientWith(['first']).call('POST /api/applications', { body: { name: 'Bookstore', type: 'Traditional' } });
    expect(sent[0]?.method).toBe('POST');
    expect(sent[0]?.headers.get('content-type')).toBe('application/json');
    expect(sent[0]?.body).toBe('{"name":"Bookstore","type":"Traditional"}');
  });
});

describe('files', () => {
  it('go as a form, whose type the browser sets', async () => {
    const fetching = vi.fn(async (_url: string, _init: RequestInit) => json(201, { id: 'job' }));
    vi.stubGlobal('fetch', fetching);
    const file = new File(['username\nhana'], 'users.csv');
    await clientWith(['first']).call('POST /api/user-imports', { file, query: { dryRun: 'true' } });
    const [, sent = {}] = fetching.mock.calls[0] ?? [];
    expect(new Headers(sent.headers).has('content-type')).toBe(false);
    expect((sent.body as FormData).get('file')).toMatchObject({ name: 'users.csv', size: file.size });
  });
});

describe('answers', () => {
  it('takes the size of a list from Total-Number', async () => {
    answerWith(json(200, [{ id: 'one' }], { 'Total-Number': '43' }));
    const page = await clientWith(['first']).list('GET /api/applications', { query: { page: 1 } });
    expect(page).toEqual({ items: [{ id: 'one' }], total: 43 });
  });

  it('resolves with nothing on 204', async () => {
    answerWith(new Response(null, { status: 204 }));
    await expect(clientWith(['first']).call('DELETE /api/applications/:id', { params: { id: 'app' } })).resolves.toBe(
      undefined,
    );
  });

  it('resolves with nothing on a 201 without a body', async () => {
    answerWith(new Response('', { status: 201 }));
    const body = { userScopes: ['profile' as const] };
    await expect(clientWith(['first']).call('POST /api/cimd/user-consent-scopes', { body })).resolves.toBe(undefined);
  });

  it('rejects with the code and message of a refusal', async () => {
    answerWith(json(422, { code: 'application.secret_name_exists', message: 'Taken.' }));
    const refusal = clientWith(['first']).call('GET /api/applications/:id', { params: { id: 'app' } });
    await expect(refusal).rejects.toMatchObject({
      status: 422,
      code: 'application.secret_name_exists',
      message: 'Taken.',
    });
    await expect(refusal).rejects.toBeInstanceOf(ApiError);
  });

  it('rejects with an empty message when a proxy answers with a page of its own', async () => {
    answerWith(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(
      clientWith(['first']).call('GET /api/applications/:id', { params: { id: 'app' } }),
    ).rejects.toMatchObject({ status: 502, message: '' });
  });
});

describe('sessions', () => {
  it('tries once more with a fresh token after 401', async () => {
    const sent = answerWith(json(401, { code: 'auth.unauthorized' }), json(200, { id: 'app' }));
    await clientWith(['stale', 'fresh']).call('GET /api/applications/:id', { params: { id: 'app' } });
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer stale', 'Bearer fresh']);
  });

  it('says that the session has ended after a second 401, without a third request', async () => {
    const sent = answerWith(json(401, {}), json(401, {}));
    await expect(
      clientWith(['stale', 'fresh']).call('GET /api/applications/:id', { params: { id: 'app' } }),
    ).rejects.toBeInstanceOf(SignedOutError);
    expect(sent).toHaveLength(2);
  });

  it('says that the session has ended when there is no token to send', async () => {
    const sent = answerWith();
    await expect(clientWith([]).call('GET /api/applications/:id', { params: { id: 'app' } })).rejects.toBeInstanceOf(
      SignedOutError,
    );
    expect(sent).toHaveLength(0);
  });

  it('leaves a lost connection what it is', async () => {
    answerWith();
    await expect(
      clientWith(['first']).call('GET /api/applications/:id', { params: { id: 'app' } }),
    ).rejects.toBeInstanceOf(TypeError);
  });
});
