import type { GuideBlock, GuideContent, GuideValues } from './guide.types.ts';
import { commands, file, info, nodeInstall, tab, text } from './guide-blocks.ts';

const tokenRequest = ({ endpoint, appId, appSecret, managementResource }: GuideValues): GuideBlock => ({
  type: 'code',
  tabs: [
    tab(
      'count-users.sh',
      'bash',
      `
#!/bin/sh
set -eu

token=$(
  curl --silent --show-error --fail-with-body '${endpoint}/oidc/token' \\
    --user '${appId}:${appSecret}' \\
    --data 'grant_type=client_credentials' \\
    --data-urlencode 'resource=${managementResource}' \\
    --data 'scope=all' |
    jq --exit-status --raw-output .access_token
)
`,
    ),
    tab(
      'count-users.mjs',
      'javascript',
      `
const endpoint = '${endpoint}';
const credentials = Buffer.from('${appId}:${appSecret}').toString('base64');

let cached = { token: '', expiresAt: 0 };

async function accessToken() {
  if (Date.now() < cached.expiresAt) return cached.token;
  const response = await fetch(\`\${endpoint}/oidc/token\`, {
    method: 'POST',
    headers: { Authorization: \`Basic \${credentials}\` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: '${managementResource}',
      scope: 'all',
    }),
  });
  if (!response.ok) throw new Error(\`\${response.status} \${await response.text()}\`);
  const { access_token, expires_in } = await response.json();
  cached = { token: access_token, expiresAt: Date.now() + (expires_in - 60) * 1000 };
  return access_token;
}
`,
    ),
    tab(
      'count_users.py',
      'python',
      `
import json
import time
from base64 import b64encode
from urllib.parse import urlencode
from urllib.request import Request, urlopen

ENDPOINT = "${endpoint}"
CREDENTIALS = b64encode(b"${appId}:${appSecret}").decode()

cached = {"token": "", "expires_at": 0.0}


def access_token():
    if time.time() < cached["expires_at"]:
        return cached["token"]
    form = {
        "grant_type": "client_credentials",
        "resource": "${managementResource}",
        "scope": "all",
    }
    request = Request(
        f"{ENDPOINT}/oidc/token",
        data=urlencode(form).encode(),
        headers={"Authorization": f"Basic {CREDENTIALS}"},
    )
    with urlopen(request) as response:
        answer = json.load(response)
    cached.update(token=answer["access_token"], expires_at=time.time() + answer["expires_in"] - 60)
    return cached["token"]
`,
    ),
  ],
});

const apiCall = ({ endpoint }: GuideValues): GuideBlock => ({
  type: 'code',
  tabs: [
    tab(
      'count-users.sh',
      'bash',
      `
curl --silent --show-error --fail-with-body --output /dev/null --dump-header - \\
  --header "Authorization: Bearer $token" \\
  '${endpoint}/api/users?page=1&page_size=20' |
  grep --ignore-case '^total-number:'
`,
    ),
    tab(
      'count-users.mjs',
      'javascript',
      `
const response = await fetch(\`\${endpoint}/api/users?page=1&page_size=20\`, {
  headers: { Authorization: \`Bearer \${await accessToken()}\` },
});
if (!response.ok) throw new Error(\`\${response.status} \${await response.text()}\`);
process.stdout.write(\`\${response.headers.get('Total-Number')} users\\n\`);
`,
    ),
    tab(
      'count_users.py',
      'python',
      `
request = Request(
    f"{ENDPOINT}/api/users?page=1&page_size=20",
    headers={"Authorization": f"Bearer {access_token()}"},
)
with urlopen(request) as response:
    print(response.headers["Total-Number"], "users")
`,
    ),
  ],
});

const typedClient = ({ endpoint, appId, appSecret, managementResource }: GuideValues) =>
  file(
    'typed-client.mjs',
    'javascript',
    `
import { createManagementApi } from '@logto/api/management';

const { apiClient } = createManagementApi('default', {
  clientId: '${appId}',
  clientSecret: '${appSecret}',
  baseUrl: '${endpoint}',
  apiIndicator: '${managementResource}',
});

const { data, error, response } = await apiClient.GET('/api/users', {
  params: { query: { page: 1, page_size: 20 } },
});
if (!response.ok) throw new Error(\`\${response.status} \${JSON.stringify(error)}\`);
process.stdout.write(\`\${response.headers.get('Total-Number')} users, \${data.length} on this page\\n\`);
`,
  );

export const content: GuideContent = (context) => {
  const { t, endpoint, appId } = context;
  const phrases = t.machineToMachine;
  return [
    {
      id: 'configure',
      title: phrases.titles.token,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(phrases.token),
        text(t.shared.oneFile),
        tokenRequest(context),
        info(phrases.cache),
        info(t.shared.secret),
      ],
    },
    {
      id: 'call',
      title: phrases.titles.call,
      blocks: [
        text(phrases.permission),
        commands('npm run --silent cli -- app create --type MachineToMachine --name "Nightly report" --management-api'),
        text(phrases.call),
        apiCall(context),
      ],
    },
    {
      id: 'sdk',
      title: phrases.titles.sdk,
      blocks: [text(phrases.sdk), nodeInstall('@logto/api'), typedClient(context)],
    },
    {
      id: 'checkpoint',
      title: t.titles.checkpoint,
      blocks: [
        {
          type: 'code',
          tabs: [
            tab('curl', 'bash', 'sh count-users.sh'),
            tab('Node.js', 'bash', 'node count-users.mjs'),
            tab('Python', 'bash', 'python3 count_users.py'),
          ],
        },
        text(phrases.checkpoint),
      ],
    },
    {
      id: 'own',
      title: phrases.titles.own,
      blocks: [text(phrases.own), file('key-set', 'text', `${endpoint}/oidc/jwks`)],
    },
    {
      id: 'next',
      title: t.titles.next,
      blocks: [
        {
          type: 'links',
          items: [
            { label: t.links.applications, href: `/console/applications/${appId}` },
            { label: t.links.sdk({ name: '@logto/api' }), href: 'https://www.npmjs.com/package/@logto/api' },
            { label: t.links.sdk({ name: 'Management API (OpenAPI)' }), href: `${endpoint}/api/swagger.json` },
          ],
        },
      ],
    },
  ];
};
