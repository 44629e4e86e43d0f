import {
  defineOAuthConnector,
  idClaim,
  looseClaims,
  oauthConfigShape,
  oauthFormItems,
  requestJson,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'account email';
const API = 'https://api.bitbucket.org/2.0';

const emailPage = z.object({
  values: z.array(z.object({ email: z.string(), is_primary: z.boolean(), is_confirmed: z.boolean() })),
});

/** Sign-in with Bitbucket Cloud (https://developer.atlassian.com/cloud/bitbucket/oauth-2/). */
export const bitbucket = defineOAuthConnector({
  metadata: {
    id: 'bitbucket-universal',
    target: 'bitbucket',
    platform: 'Universal',
    name: { en: 'Bitbucket', ja: 'Bitbucket' },
    description: {
      en: 'Sign-in with a Bitbucket Cloud account.',
      ja: 'Bitbucket Cloud アカウントでサインインします。',
    },
    ...logos.bitbucket,
    formItems: oauthFormItems({
      clientId: { en: 'Key', ja: 'Key' },
      clientSecret: { en: 'Secret', ja: 'Secret' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),
  endpoints: () => ({
    authorization: 'https://bitbucket.org/site/oauth2/authorize',
    token: 'https://bitbucket.org/site/oauth2/access_token',
    userInfo: `${API}/user`,
  }),
  scopes: { default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  pkce: false,
  claims: z.object({
    uuid: idClaim,
    display_name: looseClaims.text,
    links: z
      .object({ avatar: z.object({ href: looseClaims.picture }) })
      .optional()
      .catch(undefined),
  }),
  async moreUserInfo({ accessToken }, context) {
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await requestJson(context, 'e-mail addresses', `${API}/user/emails`, { headers });
    const emails = emailPage.safeParse(answer.status === 200 ? answer.body : null);
    return emails.success ? { userEmails: emails.data.values } : {};
  },
  user: ({ uuid, display_name, links }, _config, { userEmails }) => {
    const emails = emailPage.shape.values.safeParse(userEmails);
    const primary = emails.data?.find(({ is_primary, is_confirmed }) => is_primary && is_confirmed);
    return { id: uuid, name: display_name, email: primary?.email, avatar: links?.avatar.href };
  },
});
