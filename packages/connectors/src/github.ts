import {
  baseUrlSchema,
  defineOAuthConnector,
  idClaim,
  looseClaims,
  oauthConfigShape,
  oauthFormItems,
  optionalText,
  requestJsonList,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const GITHUB_COM = 'https://github.com';
const DEFAULT_SCOPE = 'read:user user:email';
// GitHub's API refuses requests that do not name their program.
const USER_AGENT = { 'user-agent': 'Latchkey' };

/** GitHub.com and GHE.com have a host of their own for the API, a GitHub Enterprise Server a path. */
function apiOf(baseUrl: string): string {
  const { hostname } = new URL(baseUrl);
  if (hostname === 'github.com' || hostname.endsWith('.ghe.com')) return `https://api.${hostname}`;
  return `${baseUrl}/api/v3`;
}

const emailList = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** Sign-in with GitHub (https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps). */
export const github = defineOAuthConnector({
  metadata: {
    id: 'github-universal',
    target: 'github',
    platform: 'Universal',
    name: { en: 'GitHub', ja: 'GitHub' },
    description: {
      en: 'Sign-in with an account of GitHub.com or of a GitHub Enterprise.',
      ja: 'GitHub.com または GitHub Enterprise のアカウントでサインインします。',
    },
    ...logos.github,
    formItems: [
      ...oauthFormItems({
        clientId: { en: 'Client ID', ja: 'Client ID' },
        clientSecret: { en: 'Client secret', ja: 'Client secret' },
        defaultScope: DEFAULT_SCOPE,
      }),
      {
        key: 'baseUrl',
        type: 'Text',
        placeholder: GITHUB_COM,
        label: { en: 'GitHub Enterprise URL', ja: 'GitHub Enterprise の URL' },
        description: {
          en: 'Only for a GitHub Enterprise Server or a GHE.com address. It must use https.',
          ja: 'GitHub Enterprise Server または GHE.com の場合のみ入力します。https が必要です。',
        },
      },
    ],
  },
  configSchema: z.object({ ...oauthConfigShape, baseUrl: optionalText(baseUrlSchema) }),
  endpoints: ({ baseUrl = GITHUB_COM }) => ({
    authorization: `${baseUrl}/login/oauth/authorize`,
    token: `${baseUrl}/login/oauth/access_token`,
    userInfo: `${apiOf(baseUrl)}/user`,
  }),
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  clientAuthentication: 'client_secret_post',
  userInfoHeaders: () => USER_AGENT,
  claims: z.object({
    id: idClaim,
    name: looseClaims.text,
    login: looseClaims.text,
    avatar_url: looseClaims.picture,
  }),
  // The profile's own address is whatever the user makes public; the list says which one was verified.
  async moreUserInfo({ config: { baseUrl = GITHUB_COM }, accessToken }, context) {
    const headers = { ...USER_AGENT, authorization: `Bearer ${accessToken}` };
    const answer = await requestJsonList(context, 'e-mail addresses', `${apiOf(baseUrl)}/user/emails`, { headers });
    // Without the scope user:email there is no list, and the sign-in goes on without an address.
    const emails = emailList.safeParse(answer.status === 200 ? answer.body : null);
    return emails.success ? { userEmails: emails.data } : {};
  },
  user: ({ id, name, login, avatar_url }, _config, { userEmails }) => {
    const emails = emailList.safeParse(userEmails);
    const primary = emails.data?.find(({ primary: isPrimary, verified }) => isPrimary && verified);
    return { id, name: name ?? login, email: primary?.email, avatar: avatar_url };
  },
});
