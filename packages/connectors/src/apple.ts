import {
  defineSocialConnector,
  looseClaims,
  optionalText,
  randomToken,
  readCode,
  scopeList,
  verifyIdTokenClaims,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';

const ISSUER = 'https://appleid.apple.com';
const DEFAULT_SCOPE = 'name email';

const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: looseClaims.email,
  // Apple documents both forms.
  email_verified: z
    .union([z.literal(true), z.literal('true')])
    .optional()
    .catch(undefined),
});

const userSchema = z.object({
  name: z.object({ firstName: looseClaims.text, lastName: looseClaims.text }).optional().catch(undefined),
});

/** What Apple sends beside the ID token, the first time a user agrees and never again. */
function readName(user: string | undefined): string | undefined {
  try {
    const { name } = userSchema.parse(JSON.parse(user ?? '{}'));
    return [name?.firstName, name?.lastName].filter(Boolean).join(' ') || undefined;
  } catch {
    return undefined;
  }
}

/** Sign in with Apple (https://developer.apple.com/documentation/signinwithapplerestapi), by the ID token of its form post. */
export const apple = defineSocialConnector({
  metadata: {
    id: 'apple-universal',
    target: 'apple',
    platform: 'Universal',
    name: { en: 'Apple', ja: 'Apple' },
    description: { en: 'Sign-in with an Apple Account.', ja: 'Apple Account でサインインします。' },
    ...logos.apple,
    formItems: [
      {
        key: 'clientId',
        type: 'Text',
        required: true,
        label: { en: 'Services ID identifier', ja: 'Services ID の識別子' },
        description: { en: 'Not the App ID.', ja: 'App ID ではありません。' },
      },
      {
        key: 'scope',
        type: 'Text',
        placeholder: DEFAULT_SCOPE,
        label: { en: 'Scope', ja: 'スコープ' },
        description: { en: '`name`, `email` or both.', ja: '`name`、`email`、またはその両方を指定します。' },
      },
    ],
  },
  configSchema: z.object({
    clientId: z.string().trim().min(1).max(1024),
    scope: optionalText(z.string().trim().max(1024)),
  }),

  async authorizationUri({ config, state, redirectUri, scope }) {
    const session = { state, redirectUri, nonce: randomToken() };
    const uri = new URL(`${ISSUER}/auth/authorize`);
    const parameters = {
      response_type: 'code id_token',
      // Apple sends names and addresses by form post alone.
      response_mode: 'form_post',
      client_id: config.clientId,
      redirect_uri: redirectUri,
      scope: scopeList([], scope ?? config.scope ?? DEFAULT_SCOPE),
      state,
      nonce: session.nonce,
    };
    for (const [name, value] of Object.entries(parameters)) uri.searchParams.set(name, value);
    return { uri: uri.href, session };
  },

  async userInfo({ config, params, session }, context) {
    readCode({ params, session }, ISSUER);
    const claims = await verifyIdTokenClaims(
      {
        idToken: params.id_token,
        jwksUri: `${ISSUER}/auth/keys`,
        issuer: ISSUER,
        clientId: config.clientId,
        nonce: session.nonce,
      },
      context,
    );
    const { sub, email, email_verified } = claimsSchema.parse(claims);
    return {
      id: sub,
      email: email_verified ? email : undefined,
      name: readName(params.user),
      rawData: claims,
    };
  },
});
