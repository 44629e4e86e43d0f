import { interactionPolicy, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import { isDocumentId } from '../document-clients.ts';
import type { GrantLimit } from '../grants.ts';
import type { AccessGate } from './access.ts';
import { clientExtras } from './clients.ts';

const { base, Check } = interactionPolicy;

/** Finds the address that an account signs in by. */
export type FindEmail = (userId: string) => Promise<string | null | undefined>;

/** Authorization parameters beyond the standard's; all of them shape the pages, none of them grants anything (features 1.8). */
export const EXTRA_PARAMETERS = [
  'first_screen',
  'interaction_mode',
  'direct_sign_in',
  'identifier',
  'one_time_token',
  'google_one_tap_credential',
  'organization_id',
  // Latchkey's own: the operators' one-time link, read by the pages of the admin tenant alone.
  'setup_token',
] as const;

/**
 * The prompts: the standard's login and consent, login again when the session's user is gone, when the request
 * brings the link of somebody else (features 2.8), and when it brings an account that was chosen at the application.
 */
export function interactionPrompts(findEmail: FindEmail) {
  const policy = base();
  policy.get('login')?.checks.add(
    new Check('account_gone', 'the signed-in user no longer exists', 'login_required', (ctx) => {
      const { session, account } = ctx.oidc;
      return session?.accountId !== undefined && account === undefined;
    }),
  );
  policy.get('login')?.checks.add(
    new Check('one_time_token', 'the link is for another account', 'login_required', async (ctx) => {
      const { session, params, result } = ctx.oidc;
      if (result?.login || !session?.accountId || !params?.one_time_token || !params.login_hint) return false;
      const email = await findEmail(session.accountId);
      return email?.toLowerCase() !== String(params.login_hint).toLowerCase();
    }),
  );
  policy.get('login')?.checks.add(
    new Check('google_one_tap', 'an account was chosen on the page of the application', 'login_required', (ctx) => {
      const { session, params, result } = ctx.oidc;
      return !result?.login && session?.accountId !== undefined && params?.google_one_tap_credential !== undefined;
    }),
  );
  return policy;
}

const forwarded = ['organization_id', 'ui_locales', 'one_time_token', 'login_hint', 'identifier'] as const;

/** Where the browser goes to answer a prompt: a path of the tenant, with what the page shows in its query. */
export function interactionPath(
  basePath: string,
  interaction: { prompt: { name: string }; params: Record<string, unknown> },
): string {
  const { params, prompt } = interaction;
  const query = new URLSearchParams({ app_id: String(params.client_id) });
  for (const name of forwarded) {
    if (typeof params[name] === 'string') query.set(name, params[name]);
  }
  if (prompt.name === 'consent') return `${basePath}/consent?${query}`;
  const direct = /^(social|sso):(.+)$/.exec(String(params.direct_sign_in ?? ''));
  if (direct) {
    query.set('fallback', firstPage(params).slice(1));
    return `${basePath}/direct/${direct[1]}/${encodeURIComponent(direct[2] ?? '')}?${query}`;
  }
  return `${basePath}${firstPage(params)}?${query}`;
}

const REGISTER_SCREENS = new Set(['register', 'identifier:register']);

/**
 * `first_screen` and its deprecated forerunner `interaction_mode`, which the published Python SDK still sends.
 * A screen that there is not, such as `single_sign_on` where no address belongs to a provider, is the sign-in page.
 */
function firstPage(params: Record<string, unknown>): '/register' | '/reset-password' | '/sign-in' {
  const first = String(params.first_screen ?? (params.interaction_mode === 'signUp' ? 'register' : 'sign_in'));
  if (first === 'reset_password') return '/reset-password';
  return REGISTER_SCREENS.has(first) ? '/register' : '/sign-in';
}

/**
 * The grant an authorization works with.
 * The tenant's own apps are trusted by it: what they ask for is granted without a question (features 1.10),
 * as soon as the pages have answered `consent`, or nobody asked to see it. Third-party apps get what the user allowed.
 */
export function existingGrant(
  provider: () => Provider,
  policies: {
    access: AccessGate;
    limitGrants(limit: GrantLimit): Promise<void>;
  },
) {
  return async (ctx: KoaContextWithOIDC) => {
    await policies.access(ctx, 'authorization');
    const grant = await findOrMakeGrant(ctx);
    const { client, account } = ctx.oidc;
    const max = client && clientExtras(client).maxAllowedGrants;
    if (grant && account && max) {
      await policies.limitGrants({ grantId: grant.jti, accountId: account.accountId, clientId: client.clientId, max });
    }
    return grant;
  };

  async function findOrMakeGrant(ctx: KoaContextWithOIDC) {
    const { client, session, account, result } = ctx.oidc;
    if (!client || !session || !account) return undefined;
    // A client that nobody registered asks anew each time (features 1.10).
    const known = isDocumentId(client.clientId) ? undefined : session.grantIdFor(client.clientId);
    const grantId = result?.consent?.grantId ?? known;
    const found = grantId ? await provider().Grant.find(grantId) : undefined;
    const own =
      found && found.accountId === account.accountId && found.clientId === client.clientId ? found : undefined;
    if (clientExtras(client).isThirdParty || ctx.oidc.promptPending('consent')) return own;

    const grant = own ?? new (provider().Grant)({ accountId: account.accountId, clientId: client.clientId });
    const before = JSON.stringify(grant);
    grantEverything(ctx, grant);
    if (!own || JSON.stringify(grant) !== before) await grant.save();
    return grant;
  }
}

type Grant = InstanceType<Provider['Grant']>;

/** Adds what the request asks for. */
export function grantEverything(ctx: KoaContextWithOIDC, grant: Grant): void {
  const scope = [...ctx.oidc.requestParamScopes].join(' ');
  grant.addOIDCScope(scope);
  for (const indicator of Object.keys(ctx.oidc.resourceServers ?? {})) grant.addResourceScope(indicator, scope);
}
