import type { GuideContent } from './guide.types.ts';
import { addressOf, commands, file, info, nextSection, nodeInstall, text } from './guide-blocks.ts';

export const content: GuideContent = (context) => {
  const { t, endpoint, appId, redirectUri } = context;
  const phrases = t.commandLine;
  // Native applications may also save URIs of a scheme of their own; this program listens on the loopback interface.
  const loopback = redirectUri.startsWith('http:') ? redirectUri : 'http://127.0.0.1/callback';
  const { hostname, path } = addressOf(loopback);
  // RFC 9700 §2.6 wants TLS; openid-client lifts its refusal of plain http only where the endpoint is a development one.
  const options = endpoint.startsWith('http:') ? ', {\n  execute: [client.allowInsecureRequests],\n}' : '';
  return [
    {
      id: 'install',
      title: t.titles.install,
      blocks: [text(phrases.install), nodeInstall('openid-client')],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(phrases.configure),
        text(t.shared.oneFile),
        file(
          'bookstore.mjs',
          'javascript',
          `
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as client from 'openid-client';

const issuer = new URL('${endpoint}/oidc');
const config = await client.discovery(issuer, '${appId}', undefined, client.None()${options});
const tokenFile = join(homedir(), '.bookstore-tokens.json');

const say = (line) => process.stdout.write(\`\${line}\\n\`);
`,
        ),
      ],
    },
    {
      id: 'redirect-uris',
      title: t.titles.redirectUris,
      blocks: [text(phrases.redirectUri), { type: 'redirect-uris', suggestion: loopback }],
    },
    {
      id: 'session',
      title: phrases.titles.tokens,
      blocks: [
        text(phrases.tokens),
        file(
          'bookstore.mjs',
          'javascript',
          `
async function save({ refresh_token, id_token, sub }) {
  const text = JSON.stringify({ refresh_token, id_token, sub });
  await writeFile(tokenFile, text, { mode: 0o600 });
}

async function saved() {
  try {
    return JSON.parse(await readFile(tokenFile, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    throw new Error('Not signed in. Run: node bookstore.mjs sign-in');
  }
}
`,
        ),
      ],
    },
    {
      id: 'sign-in',
      title: t.titles.signIn,
      blocks: [
        text(phrases.signIn),
        file(
          'bookstore.mjs',
          'javascript',
          `
async function listen() {
  let arrived;
  const callback = new Promise((resolve) => {
    arrived = resolve;
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url, redirectUri);
    if (url.pathname !== '${path}') {
      response.writeHead(404).end();
      return;
    }
    response.end('You can close this window and go back to the terminal.');
    arrived(url);
  });
  await new Promise((resolve) => server.listen(0, '${hostname}', resolve));
  const redirectUri = \`http://${hostname}:\${server.address().port}${path}\`;
  return { redirectUri, callback, close: () => server.close() };
}

async function signIn(firstScreen) {
  const { redirectUri, callback, close } = await listen();
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email offline_access',
    prompt: 'consent',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    ...(firstScreen ? { first_screen: firstScreen } : {}),
  });
  say(\`Open this address in your browser:\\n\\n\${url}\\n\`);
  const answer = await callback;
  close();
  const tokens = await client.authorizationCodeGrant(config, answer, {
    pkceCodeVerifier,
    expectedState,
  });
  const { sub } = tokens.claims();
  await save({ ...tokens, sub });
  say(\`Signed in as \${sub}.\`);
}
`,
        ),
      ],
    },
    {
      id: 'home',
      title: phrases.titles.use,
      blocks: [
        text(phrases.use),
        file(
          'bookstore.mjs',
          'javascript',
          `
async function whoAmI() {
  const before = await saved();
  const tokens = await client.refreshTokenGrant(config, before.refresh_token);
  await save({ ...before, ...tokens });
  const user = await client.fetchUserInfo(config, tokens.access_token, before.sub);
  say(JSON.stringify(user, null, 2));
}
`,
        ),
      ],
    },
    {
      id: 'sign-out',
      title: t.titles.signOut,
      blocks: [
        text(phrases.signOut),
        file(
          'bookstore.mjs',
          'javascript',
          `
async function signOut() {
  const { refresh_token, id_token } = await saved();
  await client.tokenRevocation(config, refresh_token);
  await rm(tokenFile);
  const url = client.buildEndSessionUrl(config, { id_token_hint: id_token });
  say(\`Signed out. To end the session of your browser too, open:\\n\\n\${url}\`);
}

const commands = {
  'sign-in': () => signIn(),
  'sign-up': () => signIn('register'),
  whoami: whoAmI,
  'sign-out': signOut,
};

const command = commands[process.argv[2]];
if (!command) {
  say(\`Usage: node bookstore.mjs \${Object.keys(commands).join(' | ')}\`);
  process.exitCode = 1;
} else {
  await command();
}
`,
        ),
      ],
    },
    {
      id: 'checkpoint',
      title: t.titles.checkpoint,
      blocks: [
        commands(`
node bookstore.mjs sign-up
node bookstore.mjs whoami
node bookstore.mjs sign-out
`),
        text(phrases.checkpoint),
        info(t.checkpoint.trouble),
      ],
    },
    nextSection(context, { name: 'openid-client', href: 'https://github.com/panva/openid-client' }),
  ];
};
