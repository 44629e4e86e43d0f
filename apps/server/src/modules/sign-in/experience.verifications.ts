import { audit } from '../../kernel/audit.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import { sendCode, verifyCode } from './actions/codes.ts';
import { refuseSsoAddress } from './actions/identify-enterprise.ts';
import { claimUsername, hashNewPassword } from './actions/new-credentials.ts';
import { verifyLink } from './actions/verify-link.ts';
import { verifyPassword } from './actions/verify-password.ts';
import type {
  Address,
  CodeRecord,
  Identifier,
  InteractionEvent,
  SocialIdentity,
  VerificationRecord,
} from './flow-context.ts';
import { isPhone } from './identifiers.ts';
import type { Engine } from './sign-in.engine.ts';
import { fail } from './sign-in.errors.ts';
import type { Flow } from './sign-in.flows.ts';

export type RecordOf<Type extends VerificationRecord['type']> = Extract<VerificationRecord, { type: Type }>;
type SocialRecord = RecordOf<'Social'>;

export function findRecord(flow: Flow, id: string): VerificationRecord {
  const found = flow.context.records.find((each) => each.id === id);
  if (!found) throw fail('session.verification_session_not_found');
  return found;
}

export const isCode = (record: VerificationRecord): record is CodeRecord =>
  record.type === 'EmailVerificationCode' || record.type === 'PhoneVerificationCode';

function findSocialRecord(flow: Flow, id: string): SocialRecord {
  const found = findRecord(flow, id);
  if (found.type !== 'Social') throw fail('session.verification_session_not_found');
  return found;
}

/** A provider's account whose owner has shown up. */
export function verifiedSocial(flow: Flow, id: string): SocialIdentity {
  const found = findSocialRecord(flow, id);
  if (!found.verified) throw fail('session.verification_failed');
  return found.identity;
}

/** What a provider has sent, as far as it is text. */
export const textsOf = (data: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

export const logStep = (scope: Scope, flow: Flow, key: string, details: Record<string, unknown> = {}) =>
  audit(scope, {
    key: `Interaction.${flow.context.event}.${key}`,
    details: { applicationId: flow.interaction.application.id, ...details },
  });

/** `/api/experience/verification/*`: each proof is recorded in the flow under an id. */
export function experienceVerifications({ core, change, rules, settled }: Engine) {
  const record = async (scope: Scope, flow: Flow, made: VerificationRecord): Promise<string> => {
    await change(scope, flow, { type: 'recorded', record: made });
    return made.id;
  };

  /** What a provider's script brings needs no start. */
  const finishOneTap = async (
    scope: Scope,
    flow: Flow,
    connectorId: string,
    { credential }: Record<string, unknown>,
  ): Promise<string> => {
    if (typeof credential !== 'string') throw fail('session.verification_session_not_found');
    const connector = await core.connectors.findSocial(scope.tenantId, connectorId);
    if (!connector?.oneTap || !(await rules(flow)).socialTargets.includes(connector.target)) {
      throw fail('connector.not_found');
    }
    const proved = await core.connectors.signInByOneTap(scope, connectorId, { credential });
    await logStep(scope, flow, 'Verification.Social.Submit', { connectorId, identityId: proved.userInfo.id });
    const identity = { target: connector.target, connectorId, ...proved };
    return record(scope, flow, { id: standardId(), type: 'Social', connectorId, verified: true, identity });
  };

  return {
    async verifyPassword(scope: Scope, flow: Flow, input: { identifier: Identifier; password: string }) {
      const limits = await rules(flow);
      const { type, value } = input.identifier;
      if (type === 'email') await refuseSsoAddress(core, scope, limits, value);
      const { account, settle } = await verifyPassword(core, scope, flow, limits, input);
      const { identifier } = input;
      return settled(scope, settle, (tx) =>
        record(tx, flow, { id: standardId(), type: 'Password', identifier, userId: account.id }),
      );
    },

    async chooseCredentials(scope: Scope, flow: Flow, input: { username: string; password: string }): Promise<string> {
      if (flow.context.event !== 'Register') throw fail('session.invalid_interaction_type');
      const limits = await rules(flow);
      if (!limits.canRegisterWithUsername) throw fail('user.sign_up_method_not_enabled');
      const { username } = input;
      await claimUsername(core, scope, limits, username);
      const passwordDigest = await hashNewPassword(core, limits, input.password, { username });
      await logStep(scope, flow, 'Verification.NewPasswordIdentity.Submit', { username });
      return record(scope, flow, { id: standardId(), type: 'NewPasswordIdentity', username, passwordDigest });
    },

    async sendCode(
      scope: Scope,
      flow: Flow,
      input: { identifier: Address; interactionEvent: InteractionEvent },
    ): Promise<string> {
      const { identifier, interactionEvent } = input;
      const { event, userId } = flow.context;
      if ((interactionEvent === 'ForgotPassword') !== (event === 'ForgotPassword')) {
        throw fail('session.invalid_interaction_type');
      }
      if (identifier.type === 'phone' && !isPhone(identifier.value)) throw fail('user.invalid_phone');
      // Whoever is known already adds an address; nobody else proves anything by such a code.
      const purpose = event !== 'ForgotPassword' && userId !== undefined ? 'BindNewIdentifier' : interactionEvent;
      const limits = await rules(flow);
      const isWayIn = purpose !== 'ForgotPassword' && identifier.type === 'email';
      if (isWayIn) await refuseSsoAddress(core, scope, limits, identifier.value);
      return record(scope, flow, await sendCode(core, scope, flow, limits, { identifier, purpose }));
    },

    async verifyCode(
      scope: Scope,
      flow: Flow,
      input: { identifier: Address; verificationId: string; code: string },
    ): Promise<string> {
      const asked = findRecord(flow, input.verificationId);
      const { type, value } = input.identifier;
      if (!isCode(asked) || asked.verified) throw fail('session.verification_session_not_found');
      if (asked.identifier.type !== type || asked.identifier.value !== value) {
        throw fail(type === 'email' ? 'verification_code.email_mismatch' : 'verification_code.phone_mismatch');
      }
      const { code } = input;
      return record(scope, flow, await verifyCode(core, scope, flow, await rules(flow), { record: asked, code }));
    },

    async openLink(scope: Scope, flow: Flow, input: { email: string; token: string }): Promise<string> {
      return record(scope, flow, await verifyLink(core, scope, flow, await rules(flow), input));
    },

    async startSocial(
      scope: Scope,
      flow: Flow,
      connectorId: string,
      request: { state: string; redirectUri: string },
    ): Promise<{ authorizationUri: string; verificationId: string }> {
      const connector = await core.connectors.findSocial(scope.tenantId, connectorId);
      if (!connector || !(await rules(flow)).socialTargets.includes(connector.target)) {
        throw fail('connector.not_found');
      }
      const { uri, session } = await core.connectors.authorizationUri(scope, connectorId, request);
      await logStep(scope, flow, 'Verification.Social.Create', { connectorId });
      const made: SocialRecord = { id: standardId(), type: 'Social', connectorId, verified: false, session };
      return { authorizationUri: uri, verificationId: await record(scope, flow, made) };
    },

    async finishSocial(
      scope: Scope,
      flow: Flow,
      input: { connectorId: string; verificationId?: string | undefined; connectorData: Record<string, unknown> },
    ): Promise<string> {
      const { connectorId } = input;
      if (!input.verificationId) return finishOneTap(scope, flow, connectorId, input.connectorData);
      const found = findSocialRecord(flow, input.verificationId);
      const connector = await core.connectors.findSocial(scope.tenantId, connectorId);
      if (!connector || found.connectorId !== connectorId) throw fail('connector.not_found');
      if (found.verified) throw fail('session.verification_failed');
      const params = textsOf(input.connectorData);
      const proved = await core.connectors.signIn(scope, connectorId, { params, session: found.session });
      await logStep(scope, flow, 'Verification.Social.Submit', { connectorId, identityId: proved.userInfo.id });
      const identity = { target: connector.target, connectorId, ...proved };
      return record(scope, flow, { id: found.id, type: 'Social', connectorId, verified: true, identity });
    },
  };
}
