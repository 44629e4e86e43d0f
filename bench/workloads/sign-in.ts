import { createHash, randomBytes } from 'node:crypto';
import { type Answer, expectJson, form, type Load, type RequestOptions, send, stateful } from '../load.ts';
import type { Server } from '../server.ts';

const REDIRECT_URI = 'http://127.0.0.1:9/callback';
/** Fewer than elsewhere: two hashes run at once, the others would only wait. */
const CONCURRENCY = 8;

export interface Person {
  username: string;
  password: string;
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  id_token: string;
}

export async function createPerson(
  server: Server,
  authorization: { authorization: string },
  username: string,
): Promise<Person> {
  const person = { username, password: randomBytes(12).toString('base64url') };
  const headers = { ...authorization, 'content-type': 'application/json' };
  expectJson(await send(`${server.origin}/api/users`, { method: 'POST', headers, body: JSON.stringify(person) }));
  return person;
}

/** A new browser: cookies by name (the default tenant's all have the path `/`), redirects one at a time. */
function createBrowser(origin: string) {
  const cookies = new Map<string, string>();
  return async (url: string, options: RequestOptions = {}): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', origin, ...options.headers, ...(cookie && { cookie }) };
    const answer = await send(url, { ...options, headers });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (pair.length === at + 1) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
}

function locationOf(answer: Answer, base: string): string {
  const { location } = answer.headers;
  if (!location) throw new Error(`no redirect but ${answer.status}: ${answer.body.slice(0, 300)}`);
  return new URL(location, base).href;
}

function attributeAfter(html: string, pattern: RegExp): string {
  const found = pattern.exec(html)?.[1];
  if (found === undefined) throw new Error(`the page has nothing like ${pattern}`);
  return found.replaceAll('&amp;', '&');
}

/** Everything a browser and the app behind it exchange, from the authorization request to the tokens. */
export async function signIn(
  server: Server,
  clientId: string,
  person: Person,
  request: Record<string, string> = {},
): Promise<Tokens> {
  const browse = createBrowser(server.origin);
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'openid offline_access profile',
    prompt: 'consent',
    state: randomBytes(8).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...request,
  });
  const authorize = `${server.origin}/oidc/auth?${query}`;
  const pageUrl = locationOf(await browse(authorize), authorize);
  const page = await browse(pageUrl);
  const csrf = attributeAfter(page.body, /name="csrf"[^>]*value="([^"]*)"/);
  const action = attributeAfter(page.body, /<form[^>]*action="([^"]*\/sign-in[^"]*)"/);
  const fields = { csrf, identifier: person.username, password: person.password };
  const formUrl = new URL(action, pageUrl).href;
  let next = locationOf(await browse(formUrl, form(fields)), formUrl);
  for (let hop = 0; next.startsWith(`${server.origin}/`); hop++) {
    if (hop > 5) throw new Error(`too many redirects, the last to ${next}`);
    next = locationOf(await browse(next), next);
  }
  const code = new URL(next).searchParams.get('code');
  if (!code) throw new Error(`signed in to ${next}`);
  const redeem = {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
  };
  return expectJson<Tokens>(await send(`${server.origin}/oidc/token`, form(redeem)));
}

/** People who sign in again and again, each time in a new browser. */
export async function signInLoad(
  server: Server,
  authorization: { authorization: string },
  concurrency = CONCURRENCY,
): Promise<Load> {
  const app = await server.cli<{ id: string }>(
    ...['app', 'create', '--type', 'Native', '--name', 'Bench sign-in', '--redirect-uri', REDIRECT_URI],
  );
  const people = await Promise.all(
    Array.from({ length: concurrency }, (_, index) =>
      createPerson(server, authorization, `bench_person_${concurrency}_${index}`),
    ),
  );
  return stateful(concurrency, (index) => async () => {
    const person = people[index];
    if (!person) throw new Error('a person is missing');
    await signIn(server, app.id, person);
  });
}
