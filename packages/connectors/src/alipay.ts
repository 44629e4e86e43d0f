import { createPrivateKey, createSign, type KeyObject } from 'node:crypto';
import {
  type ConnectorContext,
  ConnectorError,
  defineSocialConnector,
  type FormItem,
  idClaim,
  type JsonObject,
  looseClaims,
  optionalText,
  readCode,
  requestJson,
  type SocialUserInfo,
  unexpectedAnswer,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import { readNativeCode, startRedirect } from './redirects.ts';

const GATEWAY = 'https://openapi.alipay.com/gateway.do';
const DEFAULT_SCOPE = 'auth_user';
const signTypes = ['RSA', 'RSA2'] as const;

/** Alipay's key tool writes the key as one line of Base64, PKCS #8 or PKCS #1. */
function readPrivateKey(text: string): KeyObject | undefined {
  if (text.includes('-----BEGIN')) return tryKey(() => createPrivateKey(text));
  const key = Buffer.from(text.replace(/\s+/g, ''), 'base64');
  return (
    tryKey(() => createPrivateKey({ key, format: 'der', type: 'pkcs8' })) ??
    tryKey(() => createPrivateKey({ key, format: 'der', type: 'pkcs1' }))
  );
}

function tryKey(make: () => KeyObject): KeyObject | undefined {
  try {
    const key = make();
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}

const shape = {
  appId: z.string().trim().min(1).max(64),
  privateKey: z
    .string()
    .trim()
    .max(8192)
    .refine((text) => readPrivateKey(text) !== undefined, 'Not an RSA private key.'),
  signType: z.enum(signTypes).default('RSA2'),
  charset: z.enum(['utf-8', 'utf8', 'gbk', 'gb2312']).default('utf-8'),
};
type Config = z.output<z.ZodObject<typeof shape>>;

/** Time as Alipay writes it, which is that of China. */
function timestamp(now: Date): string {
  const china = new Date(now.getTime() + 8 * 3_600_000).toISOString();
  return china.slice(0, 19).replace('T', ' ');
}

/** The names and values in order of the names, joined and signed (https://opendocs.alipay.com/common/02kf5q). */
function signed(config: Config, parameters: Record<string, string>): URLSearchParams {
  const content = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${parameters[name]}`)
    .join('&');
  const key = readPrivateKey(config.privateKey);
  if (!key) throw new ConnectorError('invalid_config', 'The private key is not an RSA key.');
  const sign = createSign(config.signType === 'RSA' ? 'RSA-SHA1' : 'RSA-SHA256')
    .update(content, 'utf8')
    .sign(key, 'base64');
  return new URLSearchParams({ ...parameters, sign });
}

const tokenAnswer = z.object({ access_token: z.string().min(1) });
const userAnswer = z.object({
  code: z.literal('10000'),
  user_id: idClaim.optional().catch(undefined),
  open_id: idClaim.optional().catch(undefined),
  nick_name: looseClaims.text,
  avatar: looseClaims.picture,
});

/** Asks the gateway; the answer to a method stands under the method's name. */
async function callGateway(
  config: Config,
  method: string,
  parameters: Record<string, string>,
  context: ConnectorContext,
): Promise<{ status: number; body: JsonObject | null }> {
  const query = signed(config, {
    app_id: config.appId,
    method,
    format: 'JSON',
    charset: config.charset,
    sign_type: config.signType,
    timestamp: timestamp(context.now()),
    version: '1.0',
    ...parameters,
  });
  const answer = await requestJson(context, method, `${GATEWAY}?${query}`);
  const body = answer.body?.[`${method.replaceAll('.', '_')}_response`] ?? answer.body?.error_response;
  return { status: answer.status, body: typeof body === 'object' ? (body as JsonObject | null) : null };
}

/** Alipay's sub codes for a code or a token that is wrong, spent or late. */
const INVALID_CODE = new Set(['isv.code-invalid', 'isp.unknown-error']);
const INVALID_TOKEN = new Set(['aop.invalid-auth-token', 'aop.auth-token-time-out']);

async function userOf(config: Config, code: string, context: ConnectorContext): Promise<SocialUserInfo> {
  const token = await callGateway(
    config,
    'alipay.system.oauth.token',
    { grant_type: 'authorization_code', code },
    context,
  );
  const tokens = tokenAnswer.safeParse(token.body);
  if (!tokens.success) {
    const subCode = String(token.body?.sub_code ?? '');
    if (!INVALID_CODE.has(subCode)) throw unexpectedAnswer('token', token);
    throw new ConnectorError('social_auth_code_invalid', 'Alipay refused the authorization code.', {
      cause: { subCode },
    });
  }
  const answer = await callGateway(config, 'alipay.user.info.share', { auth_token: tokens.data.access_token }, context);
  const claims = userAnswer.safeParse(answer.body);
  const id = claims.data?.user_id ?? claims.data?.open_id;
  if (!claims.success || !id) {
    if (INVALID_TOKEN.has(String(answer.body?.sub_code ?? ''))) {
      throw new ConnectorError('social_invalid_access_token', 'Alipay refused its own access token.');
    }
    throw unexpectedAnswer('user info', answer);
  }
  return { id, name: claims.data.nick_name, avatar: claims.data.avatar, rawData: answer.body ?? {} };
}

const formItems: readonly FormItem[] = [
  { key: 'appId', type: 'Text', required: true, label: { en: 'APPID', ja: 'APPID' } },
  {
    key: 'privateKey',
    type: 'MultilineText',
    required: true,
    isConfidential: true,
    label: { en: 'Application private key', ja: 'アプリケーションの秘密鍵' },
    description: {
      en: 'The RSA key whose public half you gave to Alipay, as PEM or as one line.',
      ja: '公開鍵を Alipay に登録した RSA 鍵です。PEM または 1 行の形式で入力します。',
    },
  },
  {
    key: 'signType',
    type: 'Select',
    defaultValue: 'RSA2',
    selectItems: signTypes.map((value) => ({ value, title: { en: value, ja: value } })),
    label: { en: 'Signature', ja: '署名方式' },
  },
  {
    key: 'charset',
    type: 'Select',
    defaultValue: 'utf-8',
    selectItems: ['utf-8', 'utf8', 'gbk', 'gb2312'].map((value) => ({ value, title: { en: value, ja: value } })),
    label: { en: 'Character set', ja: '文字コード' },
  },
];

/** Alipay's website sign-in (https://opendocs.alipay.com/open/284/web). */
export const alipayWeb = defineSocialConnector({
  metadata: {
    id: 'alipay-web',
    target: 'alipay',
    platform: 'Web',
    name: { en: 'Alipay', ja: 'Alipay' },
    description: { en: 'Sign-in with an Alipay account.', ja: 'Alipay アカウントでサインインします。' },
    ...logos.alipay,
    formItems: [
      ...formItems,
      { key: 'scope', type: 'Text', placeholder: DEFAULT_SCOPE, label: { en: 'Scope', ja: 'スコープ' } },
    ],
  },
  configSchema: z.object({ ...shape, scope: optionalText(z.string().trim().max(256)) }),

  async authorizationUri({ config, state, redirectUri, scope }) {
    return startRedirect(
      'https://openauth.alipay.com/oauth2/publicAppAuthorize.htm',
      { state, redirectUri },
      { app_id: config.appId, redirect_uri: redirectUri, scope: scope ?? config.scope ?? DEFAULT_SCOPE, state },
    );
  },

  userInfo: ({ config, params, session }, context) =>
    userOf(config, readCode({ params: { ...params, code: params.auth_code ?? params.code }, session }), context),
});

/** Alipay's mobile sign-in; the app hands over the code that Alipay's SDK gave it. */
export const alipayNative = defineSocialConnector({
  metadata: {
    id: 'alipay-native',
    target: 'alipay',
    platform: 'Native',
    name: { en: 'Alipay', ja: 'Alipay' },
    description: {
      en: 'Sign-in with Alipay in a mobile app that uses Alipay’s SDK.',
      ja: 'Alipay の SDK を組み込んだモバイルアプリで Alipay にサインインします。',
    },
    ...logos.alipay,
    formItems,
  },
  configSchema: z.object(shape),

  async authorizationUri({ config, state, redirectUri }) {
    return startRedirect('alipay://', { state, redirectUri }, { app_id: config.appId, state });
  },

  userInfo: ({ config, params, session }, context) =>
    userOf(config, readNativeCode({ ...params, code: params.auth_code ?? params.code }, session), context),
});
