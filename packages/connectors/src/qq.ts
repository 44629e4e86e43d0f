import {
  type ConnectorContext,
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

const GRAPH = 'https://graph.qq.com';
const DEFAULT_SCOPE = 'get_user_info,get_unionId';

const tokenAnswer = z.object({ access_token: z.string().min(1) });
const identityAnswer = z.object({ openid: idClaim, unionid: idClaim.optional().catch(undefined) });
const profileAnswer = z.object({
  ret: z.literal(0),
  nickname: looseClaims.text,
  figureurl_qq_2: looseClaims.picture,
  figureurl_qq_1: looseClaims.picture,
});

/** QQ's code for a code that is wrong, spent or late. */
const INVALID_CODE = 100020;

async function accessTokenOf(
  config: { clientId: string; clientSecret: string },
  input: { code: string; redirectUri: string },
  context: ConnectorContext,
): Promise<string> {
  const query = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: config.clientId,
    client_secret: config.clientSecret,
    code: input.code,
    redirect_uri: input.redirectUri,
    fmt: 'json',
  });
  const answer = await requestJson(context, 'token', `${GRAPH}/oauth2.0/token?${query}`);
  const tokens = tokenAnswer.safeParse(answer.body);
  if (tokens.success) return tokens.data.access_token;
  const { error } = answer.body ?? {};
  if (Number(error) === INVALID_CODE) {
    throw new ConnectorError('social_auth_code_invalid', 'QQ refused the authorization code.', { cause: { error } });
  }
  throw unexpectedAnswer('token', answer);
}

/** Sign-in with QQ (https://wiki.connect.qq.com/). */
export const qq = defineSocialConnector({
  metadata: {
    id: 'qq-universal',
    target: 'qq',
    platform: 'Universal',
    name: { en: 'QQ', ja: 'QQ' },
    description: { en: 'Sign-in with a QQ account.', ja: 'QQ アカウントでサインインします。' },
    ...logos.qq,
    formItems: oauthFormItems({
      clientId: { en: 'APP ID', ja: 'APP ID' },
      clientSecret: { en: 'APP Key', ja: 'APP Key' },
      defaultScope: DEFAULT_SCOPE,
    }),
  },
  configSchema: z.object(oauthConfigShape),

  async authorizationUri({ config, state, redirectUri, scope }) {
    return startRedirect(
      `${GRAPH}/oauth2.0/authorize`,
      { state, redirectUri },
      {
        response_type: 'code',
        client_id: config.clientId,
        redirect_uri: redirectUri,
        scope: scope ?? config.scope ?? DEFAULT_SCOPE,
        state,
      },
    );
  },

  async userInfo({ config, params, session }, context) {
    const code = readCode({ params, session });
    const access_token = await accessTokenOf(config, { code, redirectUri: session.redirectUri }, context);
    const identityQuery = new URLSearchParams({ access_token, unionid: '1', fmt: 'json' });
    const identity = await requestJson(context, 'user id', `${GRAPH}/oauth2.0/me?${identityQuery}`);
    const known = identityAnswer.safeParse(identity.body);
    if (!known.success) throw unexpectedAnswer('user id', identity);
    const { openid, unionid } = known.data;
    const profileQuery = new URLSearchParams({ access_token, oauth_consumer_key: config.clientId, openid });
    const profile = await requestJson(context, 'user info', `${GRAPH}/user/get_user_info?${profileQuery}`);
    const claims = profileAnswer.safeParse(profile.body);
    if (!claims.success) throw unexpectedAnswer('user info', profile);
    return {
      id: unionid ?? openid,
      name: claims.data.nickname,
      avatar: claims.data.figureurl_qq_2 ?? claims.data.figureurl_qq_1,
      rawData: { ...profile.body, openid, ...(unionid && { unionid }) },
    };
  },
});
