import {
  baseUrlSchema,
  defineSocialConnector,
  exchangeCode,
  optionalText,
  readCode,
  refreshTokens,
  requestUserInfo,
  scopeList,
  startCodeFlow,
  svgDataUri,
  verifyIdToken,
} from '@latchkey/connector-kit';
import { z } from 'zod';

const GITLAB_COM = 'https://gitlab.com';

/** GitLab's paths are the same on every instance, so its discovery document needs no request of its own. */
const endpoints = (baseUrl: string) => ({
  authorization: `${baseUrl}/oauth/authorize`,
  token: `${baseUrl}/oauth/token`,
  userInfo: `${baseUrl}/oauth/userinfo`,
  keys: `${baseUrl}/oauth/discovery/keys`,
});

// Name and avatar come with `openid` at GitLab; `email` is what turns the public address into the primary one.
// Nothing else is asked for, because a scope that the GitLab application lacks fails the whole sign-in.
const DEFAULT_SCOPE = 'openid email';

const configSchema = z.object({
  clientId: z.string().trim().min(1).max(1024),
  clientSecret: z.string().trim().min(1).max(1024),
  scope: optionalText(z.string().trim().max(1024)),
  baseUrl: optionalText(baseUrlSchema),
});

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

// Only `sub` is needed: a claim of the wrong form is left out, so that a broken profile never locks its user out.
const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  name: z.string().trim().min(1).optional().catch(undefined),
  email: z.string().includes('@').max(320).optional().catch(undefined),
  email_verified: z.literal(true).optional().catch(undefined),
  picture: z.string().max(2048).refine(isWebAddress).optional().catch(undefined),
});

const drawLogo = (fill: string): string =>
  // Path from Simple Icons (CC0-1.0).
  svgDataUri(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="${fill}"><path d="m23.6004 9.5927-.0337-.0862L20.3.9814a.851.851 0 0 0-.3362-.405.8748.8748 0 0 0-.9997.0539.8748.8748 0 0 0-.29.4399l-2.2055 6.748H7.5375l-2.2057-6.748a.8573.8573 0 0 0-.29-.4412.8748.8748 0 0 0-.9997-.0537.8585.8585 0 0 0-.3362.4049L.4332 9.5015l-.0325.0862a6.0657 6.0657 0 0 0 2.0119 7.0105l.0113.0087.03.0213 4.976 3.7264 2.462 1.8633 1.4995 1.1321a1.0085 1.0085 0 0 0 1.2197 0l1.4995-1.1321 2.4619-1.8633 5.006-3.7489.0125-.01a6.0682 6.0682 0 0 0 2.0094-7.003z"/></svg>`,
  );

/** Sign-in with GitLab.com or an instance of one's own. */
export const gitlab = defineSocialConnector({
  metadata: {
    id: 'gitlab-universal',
    target: 'gitlab',
    platform: 'Universal',
    name: { en: 'GitLab', ja: 'GitLab' },
    description: {
      en: 'Sign-in with an account of GitLab.com or of a GitLab that you run yourself.',
      ja: 'GitLab.com または自社で運用する GitLab のアカウントでサインインします。',
    },
    logo: drawLogo('#FC6D26'),
    logoDark: null,
    formItems: [
      {
        key: 'clientId',
        type: 'Text',
        required: true,
        label: { en: 'Application ID', ja: 'アプリケーション ID' },
        description: {
          en: 'Shown by GitLab after you save the application.',
          ja: 'GitLab でアプリケーションを保存すると表示されます。',
        },
      },
      {
        key: 'clientSecret',
        type: 'Text',
        required: true,
        isConfidential: true,
        label: { en: 'Secret', ja: 'シークレット' },
        description: {
          en: 'GitLab shows it once, beside the application ID.',
          ja: 'アプリケーション ID の隣に一度だけ表示されます。',
        },
      },
      {
        key: 'scope',
        type: 'Text',
        placeholder: DEFAULT_SCOPE,
        label: { en: 'Scope', ja: 'スコープ' },
        description: {
          en: 'Separated by spaces; openid is always added. Each must be ticked in the GitLab application.',
          ja: 'スペース区切りです。openid は常に追加されます。GitLab のアプリケーションで選択したものに限ります。',
        },
      },
      {
        key: 'baseUrl',
        type: 'Text',
        placeholder: GITLAB_COM,
        label: { en: 'GitLab URL', ja: 'GitLab の URL' },
        description: {
          en: 'Only for a GitLab that you run yourself. It must use https.',
          ja: '自社で運用する GitLab の場合のみ入力します。https が必要です。',
        },
      },
    ],
  },
  configSchema,

  async authorizationUri({ config, state, redirectUri, scope }) {
    return startCodeFlow({
      authorizationEndpoint: endpoints(config.baseUrl ?? GITLAB_COM).authorization,
      clientId: config.clientId,
      redirectUri,
      state,
      scope: scopeList(['openid'], scope ?? config.scope ?? DEFAULT_SCOPE),
    });
  },

  async signIn({ config, params, session }, context) {
    const { clientId, clientSecret } = config;
    // GitLab's issuer is the instance's URL without a slash at the end, which is how baseUrl is kept.
    const issuer = config.baseUrl ?? GITLAB_COM;
    const { token: tokenEndpoint, userInfo, keys } = endpoints(issuer);
    const code = readCode({ params, session }, issuer);
    const { tokens, idToken } = await exchangeCode({ tokenEndpoint, clientId, clientSecret, code, session }, context);
    const subject = await verifyIdToken({ idToken, jwksUri: keys, issuer, clientId, nonce: session.nonce }, context);
    const { claims, rawData } = await requestUserInfo(
      { endpoint: userInfo, accessToken: tokens.accessToken, subject, schema: claimsSchema },
      context,
    );
    const email = claims.email_verified ? claims.email : undefined;
    return { userInfo: { id: claims.sub, email, name: claims.name, avatar: claims.picture, rawData }, tokens };
  },

  refresh: ({ config: { clientId, clientSecret, baseUrl = GITLAB_COM }, refreshToken }, context) =>
    refreshTokens({ tokenEndpoint: endpoints(baseUrl).token, clientId, clientSecret, refreshToken }, context),
});
