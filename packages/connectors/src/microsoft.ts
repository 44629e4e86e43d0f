import {
  defineOAuthConnector,
  idClaim,
  looseClaims,
  oauthConfigShape,
  optionalText,
  trustEmailFormItem,
  trustEmailShape,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const DEFAULT_SCOPE = 'User.Read';

/** Microsoft's national clouds, each with a Graph of its own (learn.microsoft.com/graph/deployments). */
const GRAPH_OF_CLOUD = {
  'https://login.microsoftonline.com': 'https://graph.microsoft.com',
  'https://login.microsoftonline.us': 'https://graph.microsoft.us',
  'https://login.partner.microsoftonline.cn': 'https://microsoftgraph.chinacloudapi.cn',
} as const;
type Cloud = keyof typeof GRAPH_OF_CLOUD;
const clouds = Object.keys(GRAPH_OF_CLOUD) as [Cloud, ...Cloud[]];
const prompts = ['none', 'login', 'consent', 'select_account'] as const;

const configSchema = z.object({
  clientId: oauthConfigShape.clientId,
  clientSecret: oauthConfigShape.clientSecret,
  // Also without https:// and with a slash at the end, as people copy it.
  cloudInstance: z.preprocess(
    (value) => (typeof value === 'string' ? `https://${value.trim().replace(/^https:\/\/|\/+$/g, '')}` : value),
    z.enum(clouds),
  ),
  tenantId: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,128}$/),
  prompts: z.array(z.enum(prompts)).optional(),
  scopes: optionalText(z.string().trim().max(1024)),
  ...trustEmailShape,
});

/** Sign-in with Microsoft Entra ID and personal accounts (learn.microsoft.com/entra/identity-platform). */
export const microsoft = defineOAuthConnector({
  metadata: {
    id: 'azuread-universal',
    target: 'azuread',
    platform: 'Universal',
    name: { en: 'Microsoft', ja: 'Microsoft' },
    description: {
      en: 'Sign-in with Microsoft Entra ID (Azure AD) or a personal Microsoft account.',
      ja: 'Microsoft Entra ID（Azure AD）または個人の Microsoft アカウントでサインインします。',
    },
    ...logos.microsoft,
    formItems: [
      {
        key: 'clientId',
        type: 'Text',
        required: true,
        label: { en: 'Application (client) ID', ja: 'アプリケーション (クライアント) ID' },
      },
      {
        key: 'clientSecret',
        type: 'Text',
        required: true,
        isConfidential: true,
        label: { en: 'Client secret value', ja: 'クライアント シークレットの値' },
      },
      {
        key: 'cloudInstance',
        type: 'Select',
        required: true,
        defaultValue: clouds[0],
        selectItems: [
          { value: clouds[0], title: { en: 'Global', ja: 'グローバル' } },
          { value: 'https://login.microsoftonline.us', title: { en: 'US Government', ja: '米国政府' } },
          {
            value: 'https://login.partner.microsoftonline.cn',
            title: { en: 'China (21Vianet)', ja: '中国 (21Vianet)' },
          },
        ],
        label: { en: 'Cloud', ja: 'クラウド' },
      },
      {
        key: 'tenantId',
        type: 'Text',
        required: true,
        defaultValue: 'common',
        label: { en: 'Directory (tenant) ID', ja: 'ディレクトリ (テナント) ID' },
        description: {
          en: 'Or `organizations`, `consumers` or `common` for accounts of any directory.',
          ja: '任意のディレクトリのアカウントを許可する場合は `organizations`、`consumers`、`common` を指定します。',
        },
      },
      {
        key: 'prompts',
        type: 'MultiSelect',
        selectItems: prompts.map((value) => ({ value })),
        label: { en: 'Prompts', ja: 'プロンプト' },
      },
      {
        key: 'scopes',
        type: 'Text',
        placeholder: DEFAULT_SCOPE,
        label: { en: 'Scopes', ja: 'スコープ' },
        description: {
          en: 'Separated by spaces; User.Read is needed to know who signed in.',
          ja: 'スペース区切りで入力します。サインインした人を知るために User.Read が必要です。',
        },
      },
      trustEmailFormItem('Microsoft'),
    ],
  },
  configSchema,
  endpoints: ({ cloudInstance, tenantId }) => ({
    authorization: `${cloudInstance}/${tenantId}/oauth2/v2.0/authorize`,
    token: `${cloudInstance}/${tenantId}/oauth2/v2.0/token`,
    userInfo: `${GRAPH_OF_CLOUD[cloudInstance]}/v1.0/me`,
  }),
  scopes: { always: [DEFAULT_SCOPE], default: DEFAULT_SCOPE, configured: ({ scopes }) => scopes },
  credentials: (config) => config,
  clientAuthentication: 'client_secret_post',
  parameters: ({ prompts: chosen = [] }): Record<string, string> => {
    const prompt = chosen.includes('none') ? 'none' : chosen.join(' ');
    return prompt ? { prompt } : {};
  },
  claims: z.object({ id: idClaim, displayName: looseClaims.text, mail: looseClaims.email }),
  // `mail` is what a directory's administrator typed: any directory may claim any address.
  user: ({ id, displayName, mail }, { trustUnverifiedEmail }) => ({
    id,
    name: displayName,
    email: trustUnverifiedEmail ? mail : undefined,
  }),
});
