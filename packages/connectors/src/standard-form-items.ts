import { clientAuthentications, type FormItem } from '@latchkey/connector-kit';
import { z } from 'zod';

const algorithms = ['HS256', 'HS384', 'HS512'] as const;

/** How the client authenticates at a token endpoint that an operator names. */
export const clientAuthenticationShape = {
  tokenEndpointAuthMethod: z.enum(clientAuthentications).default('client_secret_post'),
  clientSecretJwtSigningAlgorithm: z.enum(algorithms).default('HS256'),
};

const same = (text: string) => ({ en: text, ja: text });

export const clientAuthenticationFormItems: readonly FormItem[] = [
  {
    key: 'tokenEndpointAuthMethod',
    type: 'Select',
    defaultValue: 'client_secret_post',
    selectItems: clientAuthentications.map((value) => ({ value, title: same(value) })),
    label: { en: 'Client authentication', ja: 'クライアント認証' },
    description: {
      en: 'How the client shows who it is at the token endpoint.',
      ja: 'トークンエンドポイントでクライアントを認証する方法です。',
    },
  },
  {
    key: 'clientSecretJwtSigningAlgorithm',
    type: 'Select',
    defaultValue: 'HS256',
    selectItems: algorithms.map((value) => ({ value, title: same(value) })),
    showConditions: [{ targetKey: 'tokenEndpointAuthMethod', expectValue: 'client_secret_jwt' }],
    label: { en: 'Algorithm of the client’s JWT', ja: 'クライアント JWT のアルゴリズム' },
  },
];

/** Members that a form sends as JSON: an object, or the text of one. */
export const jsonMember = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value, context) => {
    if (typeof value !== 'string') return value;
    if (value.trim() === '') return undefined;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'Must be JSON.' });
      return z.NEVER;
    }
  }, schema);

/** Parameters of an operator's own for the authorization request; those of the protocol itself are not theirs to set. */
export const customParameters = jsonMember(z.record(z.string().max(128), z.string().max(2048)).optional());

export const customParametersFormItem: FormItem = {
  key: 'customConfig',
  type: 'Json',
  isAdvanced: true,
  label: { en: 'Further parameters', ja: '追加のパラメーター' },
  description: {
    en: 'A JSON object of texts that are added to the authorization request.',
    ja: '認可リクエストに追加する、文字列を値とする JSON オブジェクトです。',
  },
};
