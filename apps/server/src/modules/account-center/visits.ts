import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CallInput } from '../../kernel/operation-caller.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { OperationDefinition, ResponseOf } from '../../kernel/wire.contract.ts';
import { getMyAccount, PROOF_HEADER } from '../account/account.contract.ts';
import type { AccountCenterSettings, AccountField } from '../account/account-center.contract.ts';
import { ACCOUNT_CENTER_CLIENT } from '../applications/index.ts';
import type { PageDependencies } from './account-center.dependencies.ts';
import type { AccountSession } from './account-sessions.ts';

/** Everything that an owner's own browser may ask of the Account API; what is opened, the tenant's settings say. */
const SCOPES: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'phone',
  'address',
  'custom_data',
  'identities',
  'urn:logto:scope:sessions',
  'urn:logto:scope:organizations',
  'urn:logto:scope:trusted_devices',
]);

/** A request of somebody who is signed in to the account center. */
export interface Visit {
  request: FastifyRequest;
  reply: FastifyReply;
  /** Acts as the owner. */
  scope: Scope;
  session: AccountSession;
  settings: AccountCenterSettings;
  query: Readonly<Record<string, string | undefined>>;
  params: Readonly<Record<string, string>>;
  /** Calls the Account API as the owner; in another scope, such as a transaction, when one is given. */
  call<Op extends OperationDefinition>(operation: Op, input: CallInput<Op>, scope?: Scope): Promise<ResponseOf<Op>>;
  /**
   * Refuses without the proof of ownership; the owner is then asked for it, and comes back.
   * Whoever has nothing to prove it by goes on, and is judged by the operation.
   */
  requireProof(): Promise<void>;
  /** How far a field of the account is open. */
  may(field: AccountField, access: 'read' | 'edit'): boolean;
}

export const queryOf = (request: FastifyRequest): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.query as Record<string, unknown>).filter(([, value]) => typeof value === 'string'),
  ) as Record<string, string>;

export function visitOf(
  { call, requireOwner }: Pick<PageDependencies, 'call' | 'requireOwner'>,
  at: { request: FastifyRequest; reply: FastifyReply; scope: Scope },
  session: AccountSession,
  settings: AccountCenterSettings,
): Visit {
  const { request, reply } = at;
  const scope: Scope = { ...at.scope, actor: { type: 'user', id: session.userId } };
  const account = {
    userId: session.userId,
    clientId: ACCOUNT_CENTER_CLIENT,
    scopes: SCOPES,
    sessionUid: session.sessionUid,
    isThirdParty: false,
  };
  const visit: Visit = {
    request,
    reply,
    scope,
    session,
    settings,
    query: queryOf(request),
    params: request.params as Record<string, string>,
    call: (operation, input, other = scope) => {
      const headers = { ...request.headers, [PROOF_HEADER]: session.proof };
      return call(operation, other, { account, headers, tenant: request.tenant }, input);
    },
    async requireProof() {
      const { hasSecurityVerificationMethod: canProve } = await visit.call(getMyAccount, {});
      if (canProve) await requireOwner(scope, session.userId, session.proof);
    },
    may(field, wanted) {
      const access = settings.fields[field] ?? 'Off';
      return access === 'Edit' || (access === 'ReadOnly' && wanted === 'read');
    },
  };
  return visit;
}
