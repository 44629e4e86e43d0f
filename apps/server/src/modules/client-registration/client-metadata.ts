import { z } from 'zod';
import { redirectUriProblem } from '../oidc/index.ts';
import type { RegistrationPolicy } from './client-registration.contract.ts';
import { invalidMetadata, invalidRedirectUri } from './client-registration.errors.ts';

const uris = z.array(z.string().max(2048)).max(50);

/** RFC 7591 §2 and OpenID Connect Registration §2: what is not named here is ignored, as the specification wants. */
const metadataSchema = z.object({
  redirect_uris: uris.min(1),
  post_logout_redirect_uris: uris.optional(),
  client_name: z.string().trim().min(1).max(256).optional(),
  application_type: z.enum(['web', 'native']).default('web'),
  token_endpoint_auth_method: z.enum(['client_secret_basic', 'client_secret_post', 'none']).optional(),
  grant_types: z.array(z.string()).default(['authorization_code']),
  response_types: z.array(z.literal('code')).min(1).default(['code']),
});

/** What a client asks to be registered as, judged and with the defaults filled in. */
export interface ClientMetadata {
  name: string;
  type: 'Native' | 'SPA' | 'Traditional';
  redirectUris: string[];
  postLogoutRedirectUris: string[];
}

/** What every registered client may ask of the token endpoint. */
export const GRANT_TYPES = ['authorization_code', 'refresh_token'];

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function checkUri(uri: string, isNative: boolean, { allowedRedirectHosts }: RegistrationPolicy): void {
  if (redirectUriProblem(uri) || uri.includes('*')) throw invalidRedirectUri(`${uri} cannot be registered`);
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!isWeb) {
    if (!isNative) throw invalidRedirectUri(`${uri}: only native applications have a scheme of their own`);
    return;
  }
  // RFC 8252 §7.3 and §8.3: clear text never leaves the device.
  if (url.protocol === 'http:' && !(isNative && LOOPBACK.has(url.hostname))) {
    throw invalidRedirectUri(`${uri} must be https`);
  }
  if (url.protocol === 'https:' && allowedRedirectHosts.length > 0 && !allowedRedirectHosts.includes(url.hostname)) {
    throw invalidRedirectUri(`${url.hostname} is not among the hosts that may be registered`);
  }
}

/** Reads what a client sent, and refuses what the tenant's policy does not allow. */
export function readMetadata(body: unknown, policy: RegistrationPolicy): ClientMetadata {
  const parsed = metadataSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    if (where.startsWith('redirect_uris')) throw invalidRedirectUri(issue?.message ?? 'no redirect URI');
    throw invalidMetadata(`${where}: ${issue?.message ?? 'not understood'}`);
  }
  const { data } = parsed;
  const isNative = data.application_type === 'native';
  if (isNative && data.token_endpoint_auth_method && data.token_endpoint_auth_method !== 'none') {
    throw invalidMetadata('token_endpoint_auth_method: a native application keeps no secret');
  }
  const stranger = data.grant_types.find((grant) => !GRANT_TYPES.includes(grant));
  if (stranger !== undefined) throw invalidMetadata(`grant_types: ${stranger} is not allowed`);
  if (!data.grant_types.includes('authorization_code')) throw invalidMetadata('grant_types: needs authorization_code');
  const postLogoutRedirectUris = data.post_logout_redirect_uris ?? [];
  for (const uri of [...data.redirect_uris, ...postLogoutRedirectUris]) checkUri(uri, isNative, policy);
  const [first = ''] = data.redirect_uris;
  return {
    name: data.client_name ?? (URL.canParse(first) ? new URL(first).host || 'Unnamed client' : 'Unnamed client'),
    type: isNative ? 'Native' : data.token_endpoint_auth_method === 'none' ? 'SPA' : 'Traditional',
    redirectUris: data.redirect_uris,
    postLogoutRedirectUris,
  };
}
