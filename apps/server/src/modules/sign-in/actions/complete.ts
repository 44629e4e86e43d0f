import { isDeepStrictEqual } from 'node:util';
import { audit } from '../../../kernel/audit.ts';
import { type Scope, transaction } from '../../../kernel/scope.ts';
import { ADMIN_TENANT } from '../../../kernel/tenancy.ts';
import type { NewIdentity } from '../../users/index.ts';
import { emailIsBlocked } from '../email-blocklist.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import { advance, type Fact, type PendingProfile, type SocialIdentity } from '../sign-in.flow.ts';
import type { Flow, Flows } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';

export type CompleteDependencies = Pick<SignInDependencies, 'users' | 'connectors' | 'tenants' | 'endSessions'> & {
  flows: Flows;
};

export const toIdentity = ({ target, userInfo }: SocialIdentity): NewIdentity => ({
  target,
  identityId: userInfo.id,
  details: { ...userInfo },
});

const as = (scope: Scope, userId: string): Scope => ({ ...scope, actor: { type: 'user', id: userId } });

/** Nobody signs in with a suspended account; said only to who has proved that it is theirs. */
export function checkActive(account: Account): void {
  if (account.isSuspended) throw fail('user.suspended');
}

/** What a connector that keeps profiles in step takes over at each sign-in. */
async function syncedProfile(
  deps: CompleteDependencies,
  scope: Scope,
  social: SocialIdentity | undefined,
): Promise<{ name?: string; avatar?: string }> {
  const connector = social && (await deps.connectors.findSocial(scope.tenantId, social.connectorId));
  if (!social || !connector?.syncProfile) return {};
  const { name, avatar } = social.userInfo;
  return { ...(name && { name }), ...(avatar && { avatar }) };
}

/** True for an account that is to be linked, and for a linked one of which the provider has news. */
function needsLinking(account: Account, { target, userInfo }: SocialIdentity, link = false): boolean {
  const known = account.identities[target];
  if (known?.userId === userInfo.id) return !isDeepStrictEqual(known.details, toJson(userInfo));
  // Whoever holds the other account of this provider would silently lose the way in.
  if (known && link) throw fail('user.social_account_exists_in_profile');
  return link;
}

/** As it comes back from the database. */
const toJson = (value: object): Record<string, unknown> => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

/** The last step: the sign-in is noted, and the flow says so in the same transaction. */
export async function completeSignIn(
  deps: CompleteDependencies,
  scope: Scope,
  flow: Flow,
  account: Account,
  options: { facts: Fact[]; social?: SocialIdentity; link?: boolean },
): Promise<Flow> {
  checkActive(account);
  const { facts, social, link } = options;
  const takenOver = await syncedProfile(deps, scope, social);
  return transaction(as(scope, account.id), async (tx) => {
    const context = facts.reduce(advance, flow.context);
    const saved = await deps.flows.save(tx, flow, context);
    if (social && needsLinking(account, social, link)) {
      await deps.users.linkIdentity(tx, account.id, toIdentity(social));
    }
    await deps.users.recordSignIn(tx, account.id, takenOver);
    await audit(tx, {
      key: `Interaction.${flow.context.event}.Submit`,
      target: { type: 'User', id: account.id },
      details: { applicationId: flow.interaction.application.id, userId: account.id },
    });
    return saved;
  });
}

/** Creates the account that the profile describes; the set-up link is spent and the administrator made with it. */
export async function createAccount(
  deps: CompleteDependencies,
  scope: Scope,
  flow: Flow,
  rules: Rules,
  profile: PendingProfile,
): Promise<{ account: Account; flow: Flow }> {
  if (!rules.canRegister) throw fail('user.sign_up_method_not_enabled');
  const { username, passwordDigest, social } = profile;
  const email = social && (await takenOverEmail(deps, scope, rules, social));
  return transaction(scope, async (tx) => {
    const account = await deps.users.create(tx, {
      username,
      ...(passwordDigest && { passwordDigest, passwordAlgorithm: 'Argon2id' as const }),
      primaryEmail: email,
      name: social?.userInfo.name?.slice(0, MAX_NAME),
      avatar: social?.userInfo.avatar,
      applicationId: flow.interaction.application.id,
      identity: social && toIdentity(social),
    });
    const saved = await deps.flows.save(tx, flow, advance(flow.context, { type: 'identified', userId: account.id }));
    await audit(as(tx, account.id), {
      key: 'Interaction.Register.Identifier.Submit',
      target: { type: 'User', id: account.id },
      details: { applicationId: flow.interaction.application.id, userId: account.id },
    });
    if (tx.tenantId === ADMIN_TENANT) await makeAdministrator(deps, as(tx, account.id), flow, account.id);
    return { account, flow: saved };
  });
}

const MAX_NAME = 128;

/** The link is spent in the transaction that creates the account: of fifty at once, one succeeds and the rest leave nothing. */
async function makeAdministrator(deps: CompleteDependencies, tx: Scope, flow: Flow, userId: string): Promise<void> {
  await deps.tenants.links.spend(tx, flow.interaction.params.setup_token ?? '', 'setup');
  await deps.tenants.makeAdministrator(tx, userId);
}

/** Features 8.2: an address is taken over when the provider vouches for it, nobody has it and it is not blocked. */
async function takenOverEmail(
  deps: CompleteDependencies,
  scope: Scope,
  rules: Rules,
  social: SocialIdentity,
): Promise<string | undefined> {
  const { email } = social.userInfo;
  if (!email || emailIsBlocked(rules.settings.emailBlocklistPolicy, email)) return undefined;
  const owner = await deps.users.findByIdentifier(scope, { type: 'email', value: email });
  return owner ? undefined : email;
}
