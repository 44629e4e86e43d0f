import {
  ConnectorError,
  defineSocialConnector,
  idClaim,
  looseClaims,
  oauthConfigShape,
  oauthFormItems,
  readCode,
  requestJson,
  unexpectedAnswer,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import { startRedirect } from './redirects.ts';

const DEFAULT_SCOPE = '1';

const tokenAnswer = z.object({ access_token: z.string().min(1) });
const profileAnswer = z.object({
  result: z.literal('ok'),
  data: z.object({ unionId: idClaim, miliaoNick: looseClaims.text, miliaoIcon: looseClaims.picture }),
});

/** Xiaomi's codes for a code that is wrong, spent or late. */
const INVALID_CODE = new Set([96013, 96014, 96015]);

/** Sign-in with a Xiaomi account (https://dev.mi.com/distribute/doc/details?pId=1708). */
export const xiaomi = defineSocialConnector({
  metadata: {
    id: 'xiaomi-universal',
    target: 'xiaomi',
    platform: 'Universal',
    name: { en: 'Xiaomi', ja: 'Xiaomi' },
    description: { en: 'Sign-in with a Xiaomi account.', ja: 'Xiaomi アカウントでサインインします。' },
    ...logos.xiaomi,
    formItems: [
      ...oauthFormItems({
        clientId: { en: 'AppID', ja: 'AppID' },
        clientSecret: { en: 'AppSecret', ja: 'AppSecret' },
        defaultScope: DEFAULT_SCOPE,
      }),
      {
        key: 'skipConfirm',
        type: 'Switch',
        defaultValue: false,
        label: { en: 'Skip the confirmation', ja: '確認を省略する' },
        description: {
          en: 'People who are signed in at Xiaomi come straight back.',
          ja: 'Xiaomi にサインイン済みの人は、確認なしで戻ってきます。',
        },
      },
    ],
  },
  configSchema: z.object({ ...oauthConfigShape, skipConfirm: z.boolean().default(false) }),

  async authorizationUri({ config, state, redirectUri, scope }) {
    return startRedirect(
      'https://account.xiaomi.com/oauth2/authorize',
      { state, redirectUri },
      {
        response_type: 'code',
        client_id: config.clientId,
        redirect_uri: redirectUri,
        scope: scope ?? config.scope ?? DEFAULT_SCOPE,
        state,
        skip_confirm: String(config.skipConfirm),
      },
    );
  },

  async userInfo({ config, params, session }, context) {
    const { clientId, clientSecret } = config;
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      code: readCode({ params, session }),
      redirect_uri: session.redirectUri,
    });
    const token = await requestJson(
      context,
      'token',
      'https://account.xiaomi.com/oauth2/token',
      { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() },
      { prefix: '&&&START&&&' },
    );
    const tokens = tokenAnswer.safeParse(token.body);
    if (!tokens.success) {
      const { error } = token.body ?? {};
      if (!INVALID_CODE.has(Number(error))) throw unexpectedAnswer('token', token);
      throw new ConnectorError('social_auth_code_invalid', 'Xiaomi refused the authorization code.', {
        cause: { error },
      });
    }
    const query = new URLSearchParams({ clientId, token: tokens.data.access_token });
    const answer = await requestJson(context, 'user info', `https://open.account.xiaomi.com/user/profile?${query}`);
    const claims = profileAnswer.safeParse(answer.body);
    if (!claims.success) throw unexpectedAnswer('user info', answer);
    const { unionId, miliaoNick, miliaoIcon } = claims.data.data;
    return { id: unionId, name: miliaoNick, avatar: miliaoIcon, rawData: answer.body ?? {} };
  },
});
