import type { Scope } from '../../../kernel/scope.ts';
import type { SsoConnectorSummary, SsoIdentity } from '../../enterprise-sso/index.ts';
import type { PendingProfile } from '../flow-context.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Rules } from '../sign-in.rules.ts';

type Dependencies = Pick<SignInDependencies, 'users' | 'enterpriseSso'>;

/** Whose account somebody opens who has come from an enterprise's provider. */
export type EnterpriseOutcome =
  /** `isNew`: it is linked by this sign-in. */
  | { kind: 'known'; account: Account; isNew: boolean }
  /** Its address is this account's, whose owner has not shown up yet. */
  | { kind: 'address-taken'; account: Account }
  | { kind: 'new' };

/**
 * Features 9 under the threat "account-linking takeover". The connector passes an address on only if it may vouch for
 * its domain; the account's own side must be proved too, and must not be somebody else's at the same provider.
 */
export async function identifyEnterprise(
  deps: Dependencies,
  scope: Scope,
  identity: SsoIdentity,
): Promise<EnterpriseOutcome> {
  const userId = await deps.enterpriseSso.findUserId(scope, identity);
  const known = userId === undefined ? undefined : await deps.users.find(scope, userId);
  if (known) return { kind: 'known', account: known, isNew: false };
  const { email } = identity.userInfo;
  const account = email ? await deps.users.findByIdentifier(scope, { type: 'email', value: email }) : undefined;
  if (!account) return { kind: 'new' };
  const isOthers = account.ssoIdentities.some(({ ssoConnectorId }) => ssoConnectorId === identity.connectorId);
  if (isOthers || account.emailVerifiedAt === null) return { kind: 'address-taken', account };
  return { kind: 'known', account, isNew: true };
}

const MAX_NAME = 128;

/** What a new account takes over from the provider. */
export function enterpriseProfile(sso: SsoIdentity): PendingProfile {
  const { name, avatar, email } = sso.userInfo;
  return {
    sso,
    ...(name && { name: name.slice(0, MAX_NAME) }),
    ...(avatar && { avatar }),
    ...(email && { primaryEmail: email }),
  };
}

/** The connectors that an address has to sign in with; none where single sign-on is off or the domain is nobody's. */
export async function connectorsOfAddress(
  deps: Pick<SignInDependencies, 'enterpriseSso'>,
  scope: Scope,
  rules: Rules,
  identifier: { type: string; value: string },
): Promise<SsoConnectorSummary[]> {
  if (!rules.settings.singleSignOnEnabled || identifier.type !== 'email') return [];
  return deps.enterpriseSso.listForEmail(scope.tenantId, identifier.value);
}

/** Whoever has an address at an enterprise's domain signs in and up by its provider, and no other way. */
export async function refuseSsoAddress(
  deps: Pick<SignInDependencies, 'enterpriseSso'>,
  scope: Scope,
  rules: Rules,
  email: string | undefined,
): Promise<void> {
  const connectors = email ? await connectorsOfAddress(deps, scope, rules, { type: 'email', value: email }) : [];
  if (connectors.length === 0) return;
  const ssoConnectors = connectors.map(({ id, connectorName, displayName, logo, darkLogo }) => ({
    id,
    connectorName,
    displayName,
    logo,
    darkLogo,
  }));
  throw fail('session.sso_enabled', { data: { ssoConnectors } });
}
