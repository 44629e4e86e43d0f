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
  const { t, endpoint, appId, appSecret, redirectUri } = context;
  const { origin, port } = addressOf(redirectUri);
  return [
    {
      id: 'install',
      title: t.titles.install,
      blocks: [
        text(t.express.install),
        commands(`
npm init -y
npm pkg set type=module
`),
        nodeInstall('express express-session @logto/express'),
      ],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(t.shared.oneFile),
        file(
          'app.js',
          'javascript',
          `
import { randomBytes } from 'node:crypto';
import { handleAuthRoutes, withLogto } from '@logto/express';
import express from 'express';
import session from 'express-session';

const config = {
  endpoint: '${endpoint}',
  appId: '${appId}',
  appSecret: '${appSecret}',
  baseUrl: '${origin}',
  scopes: ['email'],
};

const app = express();
app.use(
  session({
    secret: process.env.SESSION_SECRET ?? randomBytes(32).toString('hex'),
    name: 'bookstore',
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', maxAge: 14 * 24 * 60 * 60 * 1000 },
  }),
);
`,
        ),
        info(t.express.configure),
        info(t.shared.secret),
      ],
    },
    redirectUrisSection(context),
    {
      id: 'sign-in',
      title: t.titles.signIn,
      blocks: [
        text(t.express.signIn),
        file(
          'app.js',
          'javascript',
          `
app.use(handleAuthRoutes(config));

const escapeHtml = (value) =>
  value.replace(/[&<>"']/g, (character) => \`&#\${character.charCodeAt(0)};\`);

// A cancelled or repeated sign-in ends here.
app.use('/logto', (error, request, response, next) => {
  response.status(400).send(\`<p>\${escapeHtml(error.message)}</p><a href="/">Start again</a>\`);
});
`,
        ),
      ],
    },
    {
      id: 'home',
      title: t.titles.home,
      blocks: [
        text(t.express.home),
        file(
          'app.js',
          'javascript',
          `
app.get('/', withLogto({ ...config, fetchUserInfo: true }), (request, response) => {
  const { isAuthenticated, claims, userInfo } = request.user;
  if (!isAuthenticated) {
    response.send(\`
      <p>Not signed in.</p>
      <a href="/logto/sign-in">Sign in</a>
      <a href="/logto/sign-up">Create an account</a>
    \`);
    return;
  }
  const details = escapeHtml(JSON.stringify({ claims, userInfo }, null, 2));
  response.send(\`<pre>\${details}</pre><a href="/logto/sign-out">Sign out</a>\`);
});
`,
        ),
        text(t.express.protect),
        file(
          'app.js',
          'javascript',
          `
const requireSignIn = [
  withLogto(config),
  (request, response, next) => {
    if (request.user.isAuthenticated) next();
    else response.redirect('/logto/sign-in');
  },
];

app.get('/orders', requireSignIn, (request, response) => {
  response.send('<p>Only signed-in users see this.</p>');
});

app.listen(${port}, () => process.stdout.write('Listening on ${origin}\\n'));
`,
        ),
      ],
    },
    checkpointSection(context, `${origin}/`, [text(t.shared.start), commands('node app.js')]),
    nextSection(context, { name: '@logto/express', href: 'https://www.npmjs.com/package/@logto/express' }),
  ];
};
