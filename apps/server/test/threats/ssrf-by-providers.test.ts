// Threat class "SSRF": a connector's endpoints and keys are addresses that an administrator chooses, and an avatar is one
// that anybody writes into a profile.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { createTestApp } from '../harness.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { connectProvider } from '../providers.ts';

const app = await createTestApp();
const client = await createClient(app);
const SECRET = 'internal-secret-of-the-cloud';
const METADATA = 'https://169.254.169.254/latest/meta-data';

const asked: string[] = [];
const internal = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ error: SECRET, keys: SECRET }));
});
await new Promise<void>((resolve) => internal.listen(0, '127.0.0.1', resolve));
afterAll(() => internal.close());
const inside = `http://127.0.0.1:${(internal.address() as AddressInfo).port}`;

await app.api('PATCH', '/api/sign-in-exp', { signUp: { identifiers: [], password: false, verify: false } });

type Provider = Awaited<ReturnType<typeof connectProvider>>;
async function signIn(target: string, provider: Provider) {
  await app.api('PATCH', '/api/sign-in-exp', { socialSignInConnectorTargets: [target] });
  const { visitor, page } = await startSignIn(app, client, { direct_sign_in: `social:${target}` });
  const params = new URLSearchParams(await provider.authorize(page.url));
  return visitor.open(`${app.origin}/callback/${provider.connectorId}?${params}`);
}

test('a picture of a profile is kept as an address: the server never asks for it', async () => {
  const picture = `${inside}/latest/meta-data`;
  const provider = await connectProvider(app, 'picture', { sub: '1', name: 'Hana', picture });
  const page = await signIn('picture', provider);
  expect(new URL(page.url).searchParams.get('code')).toBeTruthy();
  const user = await app.modules.users.findByIdentity(app.scope(), 'picture', '1');
  expect(user?.avatar).toBe(picture);
  const read = await app.api('GET', `/api/users/${user?.id}`);
  expect(read.body.avatar).toBe(picture);
  expect(asked).toEqual([]);
});

test.each(['file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', '//169.254.169.254/'])(
  'a picture at %s is no picture',
  async (picture) => {
    const target = `picture-${['file', 'java', 'data', '//16'].findIndex((start) => picture.startsWith(start))}`;
    const provider = await connectProvider(app, target, { sub: '1', name: 'Hana', picture });
    await signIn(target, provider);
    expect(await app.modules.users.findByIdentity(app.scope(), target, '1')).toMatchObject({ avatar: null });
  },
);

test.each([
  ['token endpoint', 'token', (config: object, to: string) => ({ ...config, tokenEndpoint: to })],
  [
    'key endpoint',
    'keys',
    (config: { idTokenVerificationConfig?: object }, to: string) => ({
      ...config,
      idTokenVerificationConfig: { ...config.idTokenVerificationConfig, jwksUri: to },
    }),
  ],
] as const)('a %s inside is not reached, and what it answers is told to nobody', async (_title, name, change) => {
  const away = await connectProvider(app, `${name}-away`, { sub: '2' }, (config) => change(config, METADATA));
  const refused = await signIn(`${name}-away`, away);
  expect(refused).toMatchObject({ status: 400, name: 'error' });

  // On a trial machine loopback is no boundary, and still nothing of the answer is passed on.
  const near = await connectProvider(app, `${name}-near`, { sub: '2' }, (config) =>
    change(config, `${inside}/${name}`),
  );
  const page = await signIn(`${name}-near`, near);
  expect(page).toMatchObject({ status: 400, name: 'error' });
  expect(page.html).not.toContain(SECRET);
  expect(asked.splice(0)).toEqual([`/${name}`]);
  const trail = await app.api('GET', '/api/logs?page_size=100');
  expect(JSON.stringify(trail.body)).not.toContain(SECRET);
});

test.each(['http://10.0.0.1/token', 'https://user:pass@idp.example/token', 'ftp://idp.example/token'])(
  '400 for the endpoint %s',
  async (tokenEndpoint) => {
    const asking = connectProvider(app, 'refused', {}, (config) => ({ ...config, tokenEndpoint }));
    await expect(asking).rejects.toThrow('connector.invalid_config');
  },
);
