import type { GuideContent } from './guide.types.ts';
import {
  addressOf,
  checkpointSection,
  commands,
  file,
  info,
  nextSection,
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
      blocks: [text(t.php.install), commands('composer require logto/sdk')],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(t.php.configure),
        text(t.shared.oneFile),
        file(
          'index.php',
          'php',
          `
<?php

declare(strict_types=1);

use Logto\\Sdk\\LogtoClient;
use Logto\\Sdk\\LogtoConfig;

require __DIR__ . '/vendor/autoload.php';

$client = new LogtoClient(new LogtoConfig(
    endpoint: '${endpoint}',
    appId: '${appId}',
    appSecret: '${appSecret}',
    scopes: ['email'],
));

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);

function send_to(string $url): never
{
    header('Location: ' . $url, true, 303);
    exit;
}
`,
        ),
        info(t.shared.secret),
      ],
    },
    redirectUrisSection(context),
    {
      id: 'sign-in',
      title: t.titles.signIn,
      blocks: [
        text(t.php.signIn),
        file(
          'index.php',
          'php',
          `
if ($path === '/sign-in') {
    send_to($client->signIn('${redirectUri}'));
}

if ($path === '/sign-up') {
    send_to($client->signIn('${redirectUri}') . '&first_screen=register');
}
`,
        ),
      ],
    },
    {
      id: 'callback',
      title: t.titles.callback,
      blocks: [
        text(t.php.callback),
        file(
          'index.php',
          'php',
          `
if ($path === '${path}') {
    try {
        $client->handleSignInCallback();
    } catch (Throwable $error) {
        http_response_code(400);
        echo '<p>', htmlspecialchars($error->getMessage()), '</p><a href="/">Start again</a>';
        exit;
    }
    send_to('/');
}
`,
        ),
      ],
    },
    {
      id: 'sign-out',
      title: t.titles.signOut,
      blocks: [
        text(t.shared.signOut),
        file(
          'index.php',
          'php',
          `
if ($path === '/sign-out') {
    send_to($client->signOut('${postSignOutRedirectUri}'));
}
`,
        ),
      ],
    },
    {
      id: 'home',
      title: t.titles.home,
      blocks: [
        text(t.php.home),
        file(
          'index.php',
          'php',
          `
if ($path !== '/') {
    http_response_code(404);
    exit('Not found');
}

if (!$client->isAuthenticated()) {
    exit('<p>Not signed in.</p>
        <a href="/sign-in">Sign in</a>
        <a href="/sign-up">Create an account</a>');
}

$claims = json_encode($client->getIdTokenClaims(), JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES);
echo '<pre>', htmlspecialchars($claims), '</pre><a href="/sign-out">Sign out</a>';
`,
        ),
      ],
    },
    checkpointSection(context, `${origin}/`, [text(t.php.run), commands(`php -S localhost:${port} index.php`)]),
    nextSection(context, { name: 'logto/sdk (Packagist)', href: 'https://packagist.org/packages/logto/sdk' }),
  ];
};
