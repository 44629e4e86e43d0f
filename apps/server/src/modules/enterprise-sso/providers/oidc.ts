import {
  type ConnectorContext,
  ConnectorError,
  endpointSchema,
  exchangeCode,
  looseClaims,
  optionalText,
  readCode,
  refreshTokens,
  requestJson,
  requestUserInfo,
  scopeList,
  startCodeFlow,
  unexpectedAnswer,
  verifyIdTokenClaims,
} from '@latchkey/connector-kit';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { OidcEndpoints, SsoProvider, SsoSetting } from './provider.ts';

const text = (max: number) => optionalText(z.string().trim().max(max));

export const oidcConfigSchema = z.object({
  clientId: text(1024),
  clientSecret: text(4096),
  issuer: optionalText(endpointSchema),
  scope: text(1024),
  trustUnverifiedEmail: z.boolean().optional(),
  offlineAccess: z.boolean().optional(),
});
export type OidcConfig = z.output<typeof oidcConfigSchema>;

const ALWAYS = ['openid', 'profile', 'email'];
const TENANT_IN_ISSUER = '{tenantid}';

const discoverySchema = z.object({
  issuer: z.string().min(1).max(2048),
  authorization_endpoint: endpointSchema,
  token_endpoint: endpointSchema,
  jwks_uri: endpointSchema,
  userinfo_endpoint: endpointSchema.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});

/** OpenID Connect Discovery §4: the document must be about the issuer that was asked. */
async function discover(issuer: string, context: ConnectorContext): Promise<OidcEndpoints> {
  const url = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const answer = await requestJson(context, 'discovery', url);
  if (answer.status !== 200) throw unexpectedAnswer('discovery', answer);
  const parsed = discoverySchema.safeParse(answer.body);
  if (!parsed.success) {
    throw new ConnectorError('invalid_config', 'The issuer’s discovery document is not understood.', {
      cause: parsed.error,
    });
  }
  const { data } = parsed;
  const trimmed = (value: string) => value.replace(/\/+$/, '');
  // Entra ID’s document for all of its tenants leaves a place for theirs in the issuer.
  const isOwn = trimmed(data.issuer) === trimmed(issuer) || data.issuer.includes(TENANT_IN_ISSUER);
  if (!isOwn) throw new ConnectorError('invalid_config', 'The discovery document is about another issuer.');
  return {
    issuer: data.issuer,
    authorizationEndpoint: data.authorization_endpoint,
    tokenEndpoint: data.token_endpoint,
    jwksUri: data.jwks_uri,
    userinfoEndpoint: data.userinfo_endpoint,
    tokenEndpointAuthMethods: data.token_endpoint_auth_methods_supported,
  };
}

const claimsSchema = z.object({
  name: looseClaims.text,
  preferred_username: looseClaims.text,
  email: looseClaims.email,
  email_verified: z.unknown().optional(),
  picture: looseClaims.picture,
});

interface OidcOptions {
  issuer?: string;
  parameters?(config: OidcConfig): Readonly<Record<string, string>>;
}

const endpointsOf = ({ provider }: SsoSetting<OidcConfig>): OidcEndpoints => {
  if (provider.type !== 'oidc') throw new ConnectorError('invalid_config', 'The provider has to be asked anew.');
  return provider;
};

function clientOf(setting: SsoSetting<OidcConfig>) {
  const { clientId = '', clientSecret = '' } = setting.config;
  const { tokenEndpoint, tokenEndpointAuthMethods: methods } = endpointsOf(setting);
  const takesBasic = !methods || methods.includes('client_secret_basic');
  const authentication = takesBasic ? ('client_secret_basic' as const) : ('client_secret_post' as const);
  return { tokenEndpoint, clientId, clientSecret, authentication };
}

/** The issuer that a token must name: Entra ID’s common document says whose place the token’s own tenant takes. */
function expectedIssuer(issuer: string, idToken: string | undefined): string {
  if (!issuer.includes(TENANT_IN_ISSUER)) return issuer;
  // Not trusted by this: the signature and the issuer are verified with what stands here.
  const { tid } = idToken ? decodeJwt(idToken) : {};
  return typeof tid === 'string' && /^[\w-]{1,64}$/.test(tid) ? issuer.replace(TENANT_IN_ISSUER, tid) : issuer;
}

/** How to sign in at an OpenID provider (OIDC Core §3.1), found by its issuer. */
export function oidcProvider(
  about: Pick<SsoProvider, 'providerName' | 'name' | 'description' | 'logo' | 'logoDark'>,
  options: OidcOptions = {},
): SsoProvider<OidcConfig> {
  return {
    ...about,
    providerType: 'oidc',
    configSchema: oidcConfigSchema,

    async resolve(config, context) {
      const issuer = options.issuer ?? config.issuer;
      if (!config.clientId || !config.clientSecret || !issuer) return undefined;
      return { type: 'oidc', ...(await discover(issuer, context)) };
    },

    async start(setting, { state, redirectUri, loginHint }) {
      const { config } = setting;
      return startCodeFlow({
        authorizationEndpoint: endpointsOf(setting).authorizationEndpoint,
        clientId: config.clientId ?? '',
        redirectUri,
        state,
        scope: scopeList(ALWAYS, config.scope ?? ''),
        extra: { ...options.parameters?.(config), ...(loginHint && { login_hint: loginHint }) },
      });
    },

    async finish(setting, { params, session }, context) {
      const { config } = setting;
      const { issuer: published, jwksUri, userinfoEndpoint } = endpointsOf(setting);
      const isCommon = published.includes(TENANT_IN_ISSUER);
      const code = readCode({ params, session }, isCommon ? undefined : published);
      const client = clientOf(setting);
      const { tokens, accessToken, idToken } = await exchangeCode({ ...client, code, session }, context);
      const issuer = expectedIssuer(published, idToken);
      const expected = { idToken, jwksUri, issuer, clientId: client.clientId, nonce: session.nonce };
      const verified = await verifyIdTokenClaims(expected, context);
      const own = claimsSchema.parse(verified);
      const more =
        userinfoEndpoint && (!own.email || !own.name)
          ? await requestUserInfo(
              { endpoint: userinfoEndpoint, accessToken, schema: claimsSchema, subject: verified.sub },
              context,
            )
          : undefined;
      const claims = {
        ...more?.claims,
        ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
      } as z.output<typeof claimsSchema>;
      // Any of Entra ID’s tenants may sign in by its common address, and writes what it likes into this claim.
      const trustsUnverified = config.trustUnverifiedEmail === true && !isCommon;
      const isProved = claims.email_verified === true || claims.email_verified === 'true' || trustsUnverified;
      return {
        user: {
          issuer,
          id: verified.sub,
          email: isProved ? claims.email : undefined,
          name: claims.name ?? claims.preferred_username,
          avatar: claims.picture,
          rawData: { ...more?.rawData, ...verified },
        },
        tokens,
      };
    },

    refresh: (setting, refreshToken, context) => refreshTokens({ ...clientOf(setting), refreshToken }, context),
  };
}
