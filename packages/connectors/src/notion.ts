import {
  defineOAuthConnector,
  idClaim,
  looseClaims,
  oauthConfigShape,
  trustEmailFormItem,
  trustEmailShape,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

/** Sign-in with Notion (https://developers.notion.com/docs/authorization): the token is a bot's, whose owner signed in. */
export const notion = defineOAuthConnector({
  metadata: {
    id: 'notion-universal',
    target: 'notion',
    platform: 'Universal',
    name: { en: 'Notion', ja: 'Notion' },
    description: { en: 'Sign-in with a Notion account.', ja: 'Notion アカウントでサインインします。' },
    ...logos.notion,
    formItems: [
      { key: 'clientId', type: 'Text', required: true, label: { en: 'OAuth client ID', ja: 'OAuth クライアント ID' } },
      {
        key: 'clientSecret',
        type: 'Text',
        required: true,
        isConfidential: true,
        label: { en: 'OAuth client secret', ja: 'OAuth クライアントシークレット' },
      },
      trustEmailFormItem('Notion'),
    ],
  },
  configSchema: z.object({
    clientId: oauthConfigShape.clientId,
    clientSecret: oauthConfigShape.clientSecret,
    ...trustEmailShape,
  }),
  endpoints: () => ({
    authorization: 'https://api.notion.com/v1/oauth/authorize',
    token: 'https://api.notion.com/v1/oauth/token',
    userInfo: 'https://api.notion.com/v1/users/me',
  }),
  // What is asked for are the capabilities that the integration has at Notion.
  scopes: { default: '', configured: () => undefined },
  credentials: (config) => config,
  pkce: false,
  tokenEncoding: 'json',
  parameters: () => ({ owner: 'user' }),
  userInfoHeaders: () => ({ 'notion-version': '2022-06-28' }),
  claims: z.object({
    bot: z.object({
      owner: z.object({
        user: z.object({
          id: idClaim,
          name: looseClaims.text,
          avatar_url: looseClaims.picture,
          person: z.object({ email: looseClaims.email }).optional().catch(undefined),
        }),
      }),
    }),
  }),
  user: ({ bot: { owner } }, { trustUnverifiedEmail }) => {
    const { id, name, avatar_url, person } = owner.user;
    return { id, name, email: trustUnverifiedEmail ? person?.email : undefined, avatar: avatar_url };
  },
});
