import {
  defineOAuthConnector,
  looseClaims,
  oauthConfigShape,
  oauthFormItems,
  type SocialConnector,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { googleOneTap, oneTapFormItems, oneTapShape } from './google-one-tap.ts';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'openid profile email';
const prompts = ['none', 'consent', 'select_account'] as const;

const configSchema = z.object({
  ...oauthConfigShape,
  prompts: z.array(z.enum(prompts)).optional(),
  offlineAccess: z.boolean().default(false),
  ...oneTapShape,
});

/** Google gives a refresh token only with a consent. `none` excludes the others (OIDC Core §3.1.2.1). */
function promptOf(chosen: readonly string[], offlineAccess: boolean): string {
  if (offlineAccess) return [...new Set(['consent', ...chosen.filter((prompt) => prompt !== 'none')])].join(' ');
  return chosen.includes('none') ? 'none' : chosen.join(' ');
}

const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  name: looseClaims.text,
  email: looseClaims.email,
  email_verified: looseClaims.yes,
  picture: looseClaims.picture,
});

/** The user info and the ID token tell the same of a user. */
const userOf = ({ sub, name, email, email_verified, picture }: z.output<typeof claimsSchema>) => ({
  id: sub,
  name,
  email: email_verified ? email : undefined,
  avatar: picture,
});

const codeFlow = defineOAuthConnector({
  metadata: {
    id: 'google-universal',
    target: 'google',
    platform: 'Universal',
    name: { en: 'Google', ja: 'Google' },
    description: {
      en: 'Sign-in with a Google account, private or of a Google Workspace.',
      ja: '個人または Google Workspace の Google アカウントでサインインします。',
    },
    ...logos.google,
    formItems: [
      ...oauthFormItems({
        clientId: { en: 'Client ID', ja: 'クライアント ID' },
        clientSecret: { en: 'Client secret', ja: 'クライアント シークレット' },
        defaultScope: DEFAULT_SCOPE,
      }),
      {
        key: 'prompts',
        type: 'MultiSelect',
        selectItems: prompts.map((value) => ({ value })),
        label: { en: 'Prompts', ja: 'プロンプト' },
        description: {
          en: 'What Google asks for at every sign-in; select_account unless chosen.',
          ja: 'サインインのたびに Google が求める操作です。指定しない場合は select_account です。',
        },
      },
      {
        key: 'offlineAccess',
        type: 'Switch',
        defaultValue: false,
        label: { en: 'Offline access', ja: 'オフラインアクセス' },
        description: {
          en: 'Asks Google for a refresh token, so that stored tokens can be renewed. Google then asks for consent at every sign-in.',
          ja: '保存したトークンを更新できるように、Google にリフレッシュトークンを要求します。サインインのたびに同意画面が表示されます。',
        },
      },
      ...oneTapFormItems,
    ],
  },
  configSchema,
  endpoints: () => ({
    authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    userInfo: 'https://openidconnect.googleapis.com/v1/userinfo',
  }),
  openId: () => ({ issuer: 'https://accounts.google.com', keys: 'https://www.googleapis.com/oauth2/v3/certs' }),
  scopes: { always: ['openid'], default: DEFAULT_SCOPE, configured: ({ scope }) => scope },
  credentials: (config) => config,
  parameters: ({ prompts: chosen = ['select_account'], offlineAccess }) => ({
    prompt: promptOf(chosen, offlineAccess),
    // https://developers.google.com/identity/protocols/oauth2/web-server#offline
    ...(offlineAccess && { access_type: 'offline' }),
  }),
  claims: claimsSchema,
  user: userOf,
});

/** Sign-in with Google (https://developers.google.com/identity/openid-connect/openid-connect), and by One Tap. */
export const google: SocialConnector = {
  ...codeFlow,
  oneTap: googleOneTap((claims) => userOf(claimsSchema.parse(claims))),
};
