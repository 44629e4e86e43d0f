import type { GuideContent } from './guide.types.ts';
import {
  addressOf,
  checkpointSection,
  commands,
  file,
  info,
  nextSection,
  nodeInstall,
  redirectUrisSection,
  text,
} from './guide-blocks.ts';

export const content: GuideContent = (context) => {
  const { t, endpoint, appId, appSecret, redirectUri, postSignOutRedirectUri } = context;
  const { origin, path, port } = addressOf(redirectUri);
  return [
    {
      id: 'install',
      title: t.titles.install,
      blocks: [
        text(t.next.install),
        commands(`
npx create-next-app@latest bookstore --typescript --app --no-src-dir --import-alias "@/*" --yes
cd bookstore
`),
        nodeInstall('@logto/next'),
      ],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(t.next.configure),
        text(t.shared.oneFile),
        file(
          '.env.local',
          'properties',
          `
LOGTO_ENDPOINT=${endpoint}
LOGTO_APP_ID=${appId}
LOGTO_APP_SECRET=${appSecret}
BASE_URL=${origin}
`,
        ),
        text(t.next.secret),
        commands(`node -p "'COOKIE_SECRET=' + require('node:crypto').randomBytes(32).toString('hex')" >> .env.local`),
        file(
          'app/logto.ts',
          'typescript',
          `
import type { LogtoNextConfig } from '@logto/next';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(\`\${name} is missing in .env.local.\`);
  return value;
}

const baseUrl = required('BASE_URL');

export const logtoConfig: LogtoNextConfig = {
  endpoint: required('LOGTO_ENDPOINT'),
  appId: required('LOGTO_APP_ID'),
  appSecret: required('LOGTO_APP_SECRET'),
  baseUrl,
  cookieSecret: required('COOKIE_SECRET'),
  cookieSecure: baseUrl.startsWith('https:'),
  scopes: ['email'],
};

export const redirectUri = '${redirectUri}';
export const postSignOutRedirectUri = '${postSignOutRedirectUri}';
`,
        ),
        info(t.shared.secret),
      ],
    },
    redirectUrisSection(context),
    {
      id: 'sign-in',
      title: t.titles.signInAndOut,
      blocks: [
        text(t.next.buttons),
        file(
          'app/actions.ts',
          'typescript',
          `
'use server';

import { signIn, signOut } from '@logto/next/server-actions';
import { logtoConfig, postSignOutRedirectUri, redirectUri } from './logto';

export async function startSignIn() {
  await signIn(logtoConfig, { redirectUri });
}

export async function startSignUp() {
  await signIn(logtoConfig, { redirectUri, firstScreen: 'register' });
}

export async function startSignOut() {
  await signOut(logtoConfig, postSignOutRedirectUri);
}
`,
        ),
      ],
    },
    {
      id: 'callback',
      title: t.titles.callback,
      blocks: [
        text(t.next.callback),
        file(
          `app${path}/route.ts`,
          'typescript',
          `
import { handleSignIn } from '@logto/next/server-actions';
import { redirect } from 'next/navigation';
import type { NextRequest } from 'next/server';
import { logtoConfig, redirectUri } from '@/app/logto';

export async function GET(request: NextRequest) {
  // Someone who cancels at the sign-in page comes back with an error instead of a code.
  if (request.nextUrl.searchParams.has('error')) redirect('/');
  await handleSignIn(logtoConfig, new URL(redirectUri + request.nextUrl.search));
  redirect('/');
}
`,
        ),
      ],
    },
    {
      id: 'home',
      title: t.titles.home,
      blocks: [
        text(t.next.home),
        file(
          'app/page.tsx',
          'typescript',
          `
import { getLogtoContext } from '@logto/next/server-actions';
import { Suspense } from 'react';
import { startSignIn, startSignOut, startSignUp } from './actions';
import { logtoConfig } from './logto';

async function Account() {
  const { isAuthenticated, claims } = await getLogtoContext(logtoConfig);
  if (!isAuthenticated) {
    return (
      <>
        <p>Not signed in.</p>
        <form action={startSignIn}>
          <button type="submit">Sign in</button>
        </form>
        <form action={startSignUp}>
          <button type="submit">Create an account</button>
        </form>
      </>
    );
  }
  return (
    <>
      <pre>{JSON.stringify(claims, null, 2)}</pre>
      <form action={startSignOut}>
        <button type="submit">Sign out</button>
      </form>
    </>
  );
}

export default function Home() {
  return (
    <main>
      <Suspense fallback={<p>Loading…</p>}>
        <Account />
      </Suspense>
    </main>
  );
}
`,
        ),
      ],
    },
    checkpointSection(context, `${origin}/`, [text(t.shared.start), commands(`npx next dev --port ${port}`)]),
    nextSection(context, { name: '@logto/next', href: 'https://www.npmjs.com/package/@logto/next' }),
  ];
};
