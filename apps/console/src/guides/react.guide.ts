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
  const { t, endpoint, appId, redirectUri, postSignOutRedirectUri } = context;
  const { origin, path, port } = addressOf(redirectUri);
  return [
    {
      id: 'install',
      title: t.titles.install,
      blocks: [
        text(t.react.install),
        commands(`
npm create vite@latest bookstore -- --template react-ts --no-interactive
cd bookstore
`),
        nodeInstall('@logto/react'),
      ],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(t.shared.publicClient),
        text(t.react.configure),
        file(
          'src/main.tsx',
          'typescript',
          `
import { type LogtoConfig, LogtoProvider, UserScope } from '@logto/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';

const config: LogtoConfig = {
  endpoint: '${endpoint}',
  appId: '${appId}',
  scopes: [UserScope.Email],
};

const container = document.getElementById('root');
if (!container) throw new Error('The page has no #root element.');

createRoot(container).render(
  <StrictMode>
    <LogtoProvider config={config}>
      <App />
    </LogtoProvider>
  </StrictMode>,
);
`,
        ),
      ],
    },
    redirectUrisSection(context, [info(t.shared.singlePageCors)]),
    {
      id: 'callback',
      title: t.titles.callback,
      blocks: [
        text(t.react.callback),
        file(
          'src/CallbackPage.tsx',
          'typescript',
          `
import { useHandleSignInCallback } from '@logto/react';

export function CallbackPage() {
  const { error } = useHandleSignInCallback(() => window.location.replace('/'));
  if (error) {
    return (
      <p>
        {error.message} <a href="/">Start again</a>
      </p>
    );
  }
  return <p>Signing in…</p>;
}
`,
        ),
        text(t.react.route),
        file(
          'src/App.tsx',
          'typescript',
          `
import { CallbackPage } from './CallbackPage';
import { HomePage } from './HomePage';

export function App() {
  return window.location.pathname === '${path}' ? <CallbackPage /> : <HomePage />;
}
`,
        ),
      ],
    },
    {
      id: 'sign-in',
      title: t.titles.signInAndOut,
      blocks: [
        text(t.react.home),
        file(
          'src/HomePage.tsx',
          'typescript',
          `
import { type IdTokenClaims, useLogto } from '@logto/react';
import { useEffect, useState } from 'react';

const redirectUri = '${redirectUri}';

export function HomePage() {
  const { isAuthenticated, isLoading, signIn, signOut, getIdTokenClaims } = useLogto();
  const [claims, setClaims] = useState<IdTokenClaims>();

  useEffect(() => {
    if (isAuthenticated) void getIdTokenClaims().then(setClaims);
  }, [isAuthenticated, getIdTokenClaims]);

  if (isAuthenticated) {
    return (
      <main>
        <pre>{JSON.stringify(claims, null, 2)}</pre>
        <button type="button" onClick={() => signOut('${postSignOutRedirectUri}')}>
          Sign out
        </button>
      </main>
    );
  }
  return (
    <main>
      <p>Not signed in.</p>
      <button type="button" disabled={isLoading} onClick={() => signIn({ redirectUri })}>
        Sign in
      </button>
      <button type="button" disabled={isLoading} onClick={() => signIn({ redirectUri, firstScreen: 'register' })}>
        Create an account
      </button>
    </main>
  );
}
`,
        ),
      ],
    },
    checkpointSection(context, `${origin}/`, [text(t.shared.start), commands(`npx vite --port ${port} --strictPort`)]),
    nextSection(context, { name: '@logto/react', href: 'https://www.npmjs.com/package/@logto/react' }),
  ];
};
