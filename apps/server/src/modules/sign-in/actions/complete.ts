import { isDeepStrictEqual } from 'node:util';
import { audit } from '../../../kernel/audit.ts';
import { type Scope, transaction } from '../../../kernel/scope.ts';
import { ADMIN_TENANT } from '../../../kernel/tenancy.ts';
import type { SsoIdentity } from '../../enterprise-sso/index.ts';
import { isDocumentId } from '../../oidc/index.ts';
import type { NewIdentity, NewUser } from '../../users/index.ts';
import type { Fact, FlowContext, PendingProfile, SocialIdentity } from '../flow-context.ts';
import { type ApplyMfaDependencies, applyMfa } from '../mfa/apply-mfa.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import { ahead, type Flow, type Flows } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import { submissionOf } from '../verification-records.ts';
import { patchByScript } from './run-scripts.ts';
import { tellSignIn } from './tell-sign-in.ts';
import type { Settle } from './verify-password.ts';

export type CompleteDependencies = Pick<
  SignInDependencies,
  | 'users'
  | 'actions'
  | 'connectors'
  | 'tenants'
  | 'endSessions'
  | 'experience'
  | 'organizations'
  | 'interactions'
  | 'enterpriseSso'
> &
  ApplyMfaDependencies & {
    flows: Flows;
  };

const toIdentity = ({ target, userInfo, tokens }: SocialIdentity): NewIdentity => ({
  target,
  identityId: userInfo.id,
  details: { ...userInfo },
  tokens,
});

const as = (scope: Scope, userId: string): Scope => ({ ...scope, actor: { type: 'user', id: userId } });

/** Whose account it is that is suspended: known to the pages, which may offer a way back, and told to no client. */
export class SuspendedAccount extends Error {
  override readonly name = 'SuspendedAccount';
  readonly userId: string;

  constructor(userId: string) {
    super('the account is suspended');
    this.userId = userId;
  }
}

/** Nobody signs in with a suspended account; said only to who has proved that it is theirs. */
export function checkActive(account: Account): void {
  if (account.isSuspended) throw fail('user.suspended', { cause: new SuspendedAccount(account.id) });
}

/** What a connector that keeps profiles in step takes over at each sign-in. */
async function syncedProfile(
  deps: CompleteDependencies,
  scope: Scope,
  { social, sso }: PendingProfile,
): Promise<{ name?: string; avatar?: string }> {
  const connector = social && (await deps.connectors.findSocial(scope.tenantId, social.connectorId));
  const enterprise = sso && (await deps.enterpriseSso.find(scope.tenantId, sso.connectorId));
  const source = (connector?.syncProfile ? social : undefined) ?? (enterprise?.syncProfile ? sso : undefined);
  if (!source) return {};
  const { name, avatar } = source.userInfo;
  return { ...(name && { name }), ...(avatar && { avatar }) };
}

/** True for an account at a provider that is to be linked, and for a linked one of which the provider has news. */
function needsLinking(account: Account, { target, userInfo }: SocialIdentity): boolean {
  const known = account.identities[target];
  if (known?.userId === userInfo.id) return !isDeepStrictEqual(known.details, toJson(userInfo));
  // Whoever holds the other account of this provider would silently lose the way in.
  if (known) throw fail('user.social_account_exists_in_profile');
  return true;
}

/** As it comes back from the database. */
const toJson = (value: object): Record<string, unknown> => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

/** Who comes by an enterprise's provider for the first time joins the organizations that it leads into. */
async function settleEnterprise(deps: CompleteDependencies, tx: Scope, userId: string, sso: SsoIdentity) {
  const isFirst = await deps.enterpriseSso.settle(tx, userId, sso);
  if (isFirst) await deps.organizations.provision(tx, { userId, ssoConnectorId: sso.connectorId });
}

/** Gives an existing account what it lacked and what was proved for it. */
async function applyProfile(deps: CompleteDependencies, tx: Scope, account: Account, given: PendingProfile) {
  const { social, sso, passwordDigest, jitOrganizationIds: _, profile, customData, ...columns } = given;
  if (sso) await settleEnterprise(deps, tx, account.id, sso);
  if (social && needsLinking(account, social)) await deps.users.linkIdentity(tx, account.id, toIdentity(social));
  else if (social) await deps.users.keepTokens(tx, account.id, toIdentity(social));
  if (passwordDigest) await deps.users.setPasswordDigest(tx, account.id, passwordDigest);
  if (Object.keys(columns).length > 0 || profile || customData) {
    await deps.users.update(tx, account.id, {
      ...columns,
      ...(profile && { profile: { ...account.profile, ...profile } }),
      ...(customData && { customData: { ...account.customData, ...customData } }),
    });
  }
}

/** Into the organizations that a link was made for comes the owner of the address it was sent to, and nobody else. */
async function joinByLink(deps: CompleteDependencies, tx: Scope, { records, profile }: FlowContext, account: Account) {
  const link = records.find((record) => record.type === 'OneTimeToken');
  const address = account.primaryEmail ?? profile.primaryEmail;
  if (!link || link.identifier.value.toLowerCase() !== address?.toLowerCase()) return;
  await deps.organizations.provision(tx, { userId: account.id, organizationIds: link.jitOrganizationIds });
}

/** How a sign-in is completed. */
interface Completion {
  /** What is true beside what the flow knows already. */
  facts: readonly Fact[];
  /** The hosted pages have also answered the consent prompt of one of the tenant's own apps. */
  consented: boolean;
  /** What the proof that was just given leaves behind. */
  settle?: Settle | undefined;
}

/**
 * The last step, in one transaction: the account gets what it lacked, the sign-in is noted, the flow says so and the
 * protocol is answered. Gives the address that the browser goes to.
 */
export async function completeSignIn(
  deps: CompleteDependencies,
  scope: Scope,
  flow: Flow,
  account: Account,
  { facts, consented, settle }: Completion,
): Promise<string> {
  checkActive(account);
  const { context: reached } = ahead(flow, facts);
  const takenOver = await syncedProfile(deps, scope, reached.profile);
  const patch = await patchByScript(deps, scope, account);
  const submission = submissionOf(scope, reached, account.id, deps.adaptiveMfa.signals(scope));
  return transaction(as(scope, account.id), async (tx) => {
    await deps.flows.save(tx, flow, ...facts, { type: 'submitted', submission });
    await settle?.(tx);
    await applyProfile(deps, tx, account, reached.profile);
    await joinByLink(deps, tx, reached, account);
    const settings = await deps.experience.settings(tx.tenantId);
    await applyMfa(deps, tx, { ...flow, context: reached }, account, settings);
    if (patch) await deps.users.update(tx, account.id, patch);
    await deps.users.recordSignIn(tx, account.id, takenOver);
    await audit(tx, {
      key: `Interaction.${reached.event}.Submit`,
      target: { type: 'User', id: account.id },
      details: { applicationId: flow.interaction.application.id, userId: account.id },
    });
    await tellSignIn(tx, flow, { event: reached.event, account });
    return deps.interactions.signIn(tx, flow.interaction.id, account.id, { consented, submission });
  });
}

/** What a new user has come by: a registered application, or a client that introduced itself by a document. */
function originOf({ interaction }: Flow): Pick<NewUser, 'applicationId' | 'cimdClientId'> {
  const { id } = interaction.application;
  return isDocumentId(id) ? { cimdClientId: id } : { applicationId: id };
}

/** A link that an administrator had sent lets its reader sign up even where nobody may register (features 2.2). */
const isInvited = ({ context }: Flow): boolean => context.records.some(({ type }) => type === 'OneTimeToken');

const VOUCHING: readonly string[] = ['OneTimeToken', 'Social', 'EnterpriseSso', 'SignInPasskey'];

/**
 * Features 2.5: a provider, a key with a finger on it, or the mail that a link was read in, has kept programs out
 * already; so has whoever handed an operator's link on.
 */
export function checkHuman({ context, link }: Flow, rules: Rules): void {
  const isVouchedFor = context.records.some(
    (record) => VOUCHING.includes(record.type) && (!('verified' in record) || record.verified),
  );
  if (
    rules.needsCaptcha &&
    !context.isHuman &&
    !isVouchedFor &&
    !context.profile.social &&
    !context.profile.sso &&
    !link
  ) {
    throw fail('session.captcha_required');
  }
}

/** Creates the account that the flow's profile describes; the set-up link is spent and the administrator made with it. */
export async function createAccount(
  deps: CompleteDependencies,
  scope: Scope,
  flow: Flow,
  rules: Rules,
): Promise<{ account: Account; flow: Flow }> {
  const { sso } = flow.context.profile;
  // An enterprise's provider says who belongs to it, whether others may register or not.
  if (!rules.canRegister && !isInvited(flow) && !sso) throw fail('user.sign_up_method_not_enabled');
  checkHuman(flow, rules);
  const { passwordDigest, social, sso: __, jitOrganizationIds: _, ...columns } = flow.context.profile;
  return transaction(scope, async (tx) => {
    const account = await deps.users.create(tx, {
      ...columns,
      ...(passwordDigest && { passwordDigest, passwordAlgorithm: 'Argon2id' as const }),
      ...originOf(flow),
      identity: social && toIdentity(social),
    });
    if (sso) await settleEnterprise(deps, tx, account.id, sso);
    const saved = await deps.flows.save(tx, flow, { type: 'registered', userId: account.id });
    await audit(as(tx, account.id), {
      key: 'Interaction.Register.Identifier.Submit',
      target: { type: 'User', id: account.id },
      details: { applicationId: flow.interaction.application.id, userId: account.id },
    });
    if (tx.tenantId === ADMIN_TENANT) await makeAdministrator(deps, as(tx, account.id), flow, account.id);
    return { account, flow: saved };
  });
}

/** The link is spent in the transaction that creates the account: of fifty at once, one succeeds and the rest leave nothing. */
async function makeAdministrator(deps: CompleteDependencies, tx: Scope, flow: Flow, userId: string): Promise<void> {
  await deps.tenants.links.spend(tx, flow.interaction.params.setup_token ?? '', 'setup');
  await deps.tenants.makeAdministrator(tx, userId);
}
