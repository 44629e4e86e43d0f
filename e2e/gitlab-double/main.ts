import { parseArgs } from 'node:util';
import { startGitlabDouble } from './gitlab-double.ts';

const USAGE = `Usage: node e2e/gitlab-double/main.ts [--port 8929] [--redirect-uri <uri> …] [--trusted]

A GitLab for trying out "Continue with GitLab" without an account anywhere.
--redirect-uri is what the Console shows for the connector; repeat it for several.
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8929' },
    'redirect-uri': { type: 'string', multiple: true, default: [] },
    trusted: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function run(): Promise<void> {
  const user = { id: 7, username: 'hana', name: 'Hana Sato', password: 'hana-password', email: 'hana@example.com' };
  const double = await startGitlabDouble({
    port: Number(values.port),
    applications: [
      {
        name: 'Latchkey',
        redirectUris: values['redirect-uri'],
        scopes: ['openid', 'profile', 'email'],
        trusted: values.trusted,
      },
    ],
    users: [{ ...user, groups: [{ path: 'readers', role: 'owner' }] }],
  });
  const [application] = double.applications;
  process.stdout.write(`GitLab double, until Ctrl-C. In the Console's GitLab connector set:

  GitLab URL      ${double.url}
  Application ID  ${application?.clientId}
  Secret          ${application?.clientSecret}

Redirect URIs: ${values['redirect-uri'].join(' ') || 'none; start again with --redirect-uri <the one the Console shows>'}
Sign in as ${user.username} with ${user.password}
`);
  const stop = (): void => {
    void double.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

if (values.help) process.stdout.write(USAGE);
else await run();
