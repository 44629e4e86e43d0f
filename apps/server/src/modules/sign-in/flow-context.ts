import type { ConnectorSession, SocialUserInfo } from '@latchkey/connector-kit';
import type { SsoIdentity } from '../enterprise-sso/index.ts';
import type { FactorType } from '../factors/factors.contract.ts';
import type { SealedTokens } from '../secrets/index.ts';
import type { UserProfile } from '../users/users.contract.ts';
import type { FactorRecord, PendingMfa } from './mfa/pending-mfa.ts';
import { type FactName, type State, table } from './sign-in.flow.ts';
import type { Submission } from './verification-records.ts';

/** What a flow knows, the facts that actions find out, and what each fact adds; where it leads is `sign-in.flow.ts`. */

export type InteractionEvent = 'SignIn' | 'Register' | 'ForgotPassword';

/** What a code that is sent is for; the message says so, and a code for one purpose proves nothing for another. */
export type CodePurpose = 'SignIn' | 'Register' | 'ForgotPassword' | 'BindNewIdentifier';

/** A proof that was given in this flow. */
export type VerificationRecord =
  | { id: string; type: 'Password'; identifier: Identifier; userId: string }
  | { id: string; type: 'NewPasswordIdentity'; username: string; passwordDigest: string }
  | CodeRecord
  | OneTimeTokenRecord
  | FactorRecord
  | ({ id: string; type: 'Social'; connectorId: string } & (
      | { verified: false; session: ConnectorSession }
      | { verified: true; identity: SocialIdentity }
    ))
  | ({ id: string; type: 'EnterpriseSso'; connectorId: string } & (
      | { verified: false; session: ConnectorSession }
      | { verified: true; identity: SsoIdentity }
    ));

/** A code that was sent to an address; verified: its owner has read it. */
export interface CodeRecord {
  id: string;
  type: 'EmailVerificationCode' | 'PhoneVerificationCode';
  identifier: Address;
  purpose: CodePurpose;
  /** The code's id in the messages module. */
  codeId: string;
  verified: boolean;
}

/** A link that was sent to an address, and spent. */
export interface OneTimeTokenRecord {
  id: string;
  type: 'OneTimeToken';
  identifier: Address;
  /** What the link was made for; without one, for signing in or up. */
  event?: InteractionEvent;
  jitOrganizationIds: string[];
}

export interface Identifier {
  type: 'username' | 'email' | 'phone';
  value: string;
}

/** An identifier that messages can be sent to. */
export interface Address extends Identifier {
  type: 'email' | 'phone';
}

/** An account at a provider whose owner is in front of this browser. */
export interface SocialIdentity {
  target: string;
  connectorId: string;
  userInfo: SocialUserInfo;
  /** What the provider gave along, closed, where the connector keeps it. */
  tokens?: SealedTokens;
}

/** What a new account is going to be made of, or an existing one is going to get. */
export interface PendingProfile extends ExtraProfile {
  username?: string;
  /** Proved addresses. */
  primaryEmail?: string;
  primaryPhone?: string;
  passwordDigest?: string;
  social?: SocialIdentity;
  sso?: SsoIdentity;
  jitOrganizationIds?: string[];
}

/** What a tenant wants to know beside. */
export interface ExtraProfile {
  name?: string;
  avatar?: string;
  profile?: UserProfile;
  customData?: Record<string, unknown>;
}

/** What an account may lack (features 2.2). */
export const missingKinds = ['username', 'email', 'phone', 'password', 'emailOrPhone', 'extraProfile'] as const;
export type MissingKind = (typeof missingKinds)[number];

export interface FlowContext {
  state: State;
  event: InteractionEvent;
  /** One of a type: a newer proof replaces the older one. */
  records: VerificationRecord[];
  profile: PendingProfile;
  /** Whom the user says to be (states `enter-password`, `single-sign-on` and `forgot-password`). */
  identifier?: Identifier;
  /** The password was right but too old (state `forgot-password`). */
  passwordExpired?: true;
  /** The password has just been changed, and the user is to sign in with it (state `sign-in`). */
  passwordWasReset?: true;
  /** The record of the code that is asked for, or was given (states `enter-code`, `offer-…`). */
  codeRecordId?: string;
  /** The provider that the browser was sent to (state `social`); without a session its answer was taken already. */
  provider?: { connectorId: string; session?: ConnectorSession; isEnterprise?: true };
  /** The account whose owner must show up before `profile.social` or `profile.sso` is linked to it (state `link-account` and after). */
  relatedUserId?: string;
  /** What the account still lacks (state `profile`). */
  missing?: MissingKind[];
  /** What was proved, set up and decided about second factors. */
  mfa?: PendingMfa;
  /** Factors that can be proved, the one that is asked for first (state `mfa-verification`). */
  factors?: FactorType[];
  /** What is to be set up (states `mfa-setup` and `bind-…`). */
  setup?: FactorSetup;
  /** What a passkey is asked to sign for signing in; any key of this domain may answer, once. */
  passkeyChallenge?: string;
  /** No program is at work: a captcha was solved in this flow. */
  isHuman?: true;
  /** The terms were accepted in this flow; nobody is asked twice. */
  hasAgreed?: true;
  /** Who it is (states `identified`, `profile`, `reset-password`, `set-password` and `done`). */
  userId?: string;
  /** How it was signed in (state `done`), without anything that could be proved again. */
  submission?: Submission;
}

/** What somebody is to set up, or is offered to. `sign-in`: a passkey for signing in the next time. */
export interface FactorSetup {
  reason: 'required' | 'offered' | 'another' | 'sign-in';
  factors: FactorType[];
  canSkip: boolean;
  /** The address that is to become a factor (state `bind-address`). */
  address?: Address['type'];
}

export type Fact =
  | { type: 'provider-answered' | 'provider-refused' | 'cancelled' }
  /** `afresh`: from the very beginning, without the proofs that were given. `agreed`: the terms were accepted. */
  | { type: 'chose-sign-in' | 'chose-register'; afresh?: true; agreed?: boolean }
  | { type: 'chose-recovery'; identifier?: Identifier; passwordExpired?: true }
  | { type: 'identifier-given'; identifier: Identifier }
  | { type: 'code-sent'; record: CodeRecord }
  | { type: 'account-unknown' | 'account-known' }
  /** `instead`: of what was there, which is meant for another account. */
  | { type: 'profile-given'; profile: PendingProfile; agreed?: boolean; instead?: boolean }
  | { type: 'consented' | 'password-reset' | 'captcha-solved' }
  | { type: 'submitted'; submission?: Submission }
  | { type: 'chose-single-sign-on'; identifier: Identifier }
  | { type: 'left-for-provider'; connectorId: string; session: ConnectorSession; isEnterprise?: true }
  | { type: 'address-taken'; userId: string; profile: Pick<PendingProfile, 'social' | 'sso'> }
  | { type: 'profile-missing'; missing: MissingKind[]; profile?: PendingProfile }
  | { type: 'recorded'; record: VerificationRecord }
  | { type: 'passkey-asked'; challenge: string }
  | { type: 'mfa-required'; factors: FactorType[] }
  | { type: 'factor-chosen'; factor: FactorType }
  | { type: 'factor-proved'; proved: NonNullable<PendingMfa['proved']> }
  | { type: 'setup-demanded'; setup: FactorSetup }
  | { type: 'passkey-offered' | 'backup-codes-needed' | 'chose-totp' | 'chose-passkey' }
  | { type: 'chose-address'; address: Address['type'] }
  | { type: 'mfa-given'; mfa: PendingMfa }
  | { type: 'identified' | 'registered' | 'recovery-identified' | 'password-set'; userId: string };

/** The fact is not possible in the state: somebody is late, or tries a door that is closed. */
export class FlowRefusal extends Error {
  override readonly name = 'FlowRefusal';
  readonly state: State;
  constructor(state: State, fact: FactName) {
    super(`${fact} is not possible in state ${state}`);
    this.state = state;
  }
}

const fresh = (event: InteractionEvent): Omit<FlowContext, 'state'> => ({ event, records: [], profile: {} });

const EVENT_OF: Partial<Record<State, InteractionEvent>> = {
  register: 'Register',
  'forgot-password': 'ForgotPassword',
};

export const startContext = (state: State, event: InteractionEvent = EVENT_OF[state] ?? 'SignIn'): FlowContext => ({
  state,
  ...fresh(event),
});

const without = <Whole extends object, Key extends keyof Whole>(whole: Whole, ...keys: Key[]): Omit<Whole, Key> =>
  Object.fromEntries(Object.entries(whole).filter(([key]) => !(keys as string[]).includes(key))) as Omit<Whole, Key>;

function withRecord(records: VerificationRecord[], record: VerificationRecord): VerificationRecord[] {
  return [...records.filter(({ type }) => type !== record.type), record];
}

/** Nothing waits any more for whom it is. */
const arrived = (context: FlowContext): Omit<FlowContext, 'state'> =>
  without(context, 'provider', 'missing', 'relatedUserId', 'identifier', 'codeRecordId', 'setup');

/** A new beginning in the same flow: what was proved is gone; who is no program, and has accepted the terms, stays so. */
const afresh = ({ isHuman, hasAgreed }: FlowContext, event: InteractionEvent): Omit<FlowContext, 'state'> => ({
  ...fresh(event),
  ...(isHuman && { isHuman }),
  ...(hasAgreed && { hasAgreed }),
});

/** The rest of the context after a fact; the table alone says which state it is in. */
function apply(context: FlowContext, fact: Fact): Omit<FlowContext, 'state'> {
  switch (fact.type) {
    case 'chose-sign-in':
    case 'chose-register': {
      const { passkeyChallenge } = context;
      const begun = {
        ...afresh(context, fact.type === 'chose-register' ? 'Register' : 'SignIn'),
        // It was asked for before anything else was known, and is answered when the way is chosen.
        ...(passkeyChallenge && { passkeyChallenge }),
        ...(fact.agreed && { hasAgreed: true as const }),
      };
      return fact.afresh ? begun : { ...begun, records: context.records };
    }
    case 'chose-recovery': {
      const { type: _, ...given } = fact;
      return { ...afresh(context, 'ForgotPassword'), ...given };
    }
    case 'chose-single-sign-on':
      return { ...afresh(context, 'SignIn'), identifier: fact.identifier };
    case 'identifier-given':
      return { ...afresh(context, 'SignIn'), identifier: fact.identifier };
    case 'code-sent': {
      const { purpose } = fact.record;
      // A code for an account that is being completed or linked leaves what it is for; any other begins a new way.
      const kept = purpose === 'BindNewIdentifier' || context.relatedUserId !== undefined;
      const base = kept ? context : afresh(context, purpose);
      return { ...base, records: withRecord(base.records, fact.record), codeRecordId: fact.record.id };
    }
    case 'account-unknown':
    case 'account-known':
      return context;
    case 'captcha-solved':
      return { ...context, isHuman: true };
    case 'profile-given':
      return {
        ...context,
        profile: { ...(!fact.instead && context.profile), ...fact.profile },
        ...(fact.agreed && { hasAgreed: true as const }),
      };
    case 'cancelled':
    case 'provider-refused':
      return afresh(context, 'SignIn');
    case 'password-reset':
      return { ...afresh(context, 'SignIn'), passwordWasReset: true };
    case 'left-for-provider': {
      const base = context.relatedUserId !== undefined ? context : afresh(context, 'SignIn');
      const { type: _, ...provider } = fact;
      return { ...base, provider };
    }
    case 'provider-answered':
      // Taken out before it is used: an answer counts once, however often it is sent.
      return { ...context, ...(context.provider && { provider: without(context.provider, 'session') }) };
    case 'address-taken':
      return { ...without(context, 'provider'), profile: fact.profile, relatedUserId: fact.userId };
    case 'profile-missing':
      return {
        ...without(context, 'provider', 'relatedUserId', 'codeRecordId'),
        profile: { ...context.profile, ...fact.profile },
        missing: fact.missing,
      };
    case 'recorded': {
      const { record } = fact;
      const answers = record.type === 'SignInPasskey' && record.verified;
      const base = answers ? without(context, 'passkeyChallenge') : context;
      return { ...base, records: withRecord(context.records, record) };
    }
    case 'passkey-asked':
      return { ...context, passkeyChallenge: fact.challenge };
    case 'mfa-required':
      return { ...context, factors: fact.factors };
    case 'factor-chosen': {
      const others = context.factors?.filter((factor) => factor !== fact.factor) ?? [];
      return { ...context, factors: [fact.factor, ...others] };
    }
    case 'factor-proved':
      return { ...without(context, 'factors'), mfa: { ...context.mfa, proved: fact.proved } };
    case 'setup-demanded':
      return { ...context, setup: fact.setup };
    case 'passkey-offered':
      return { ...context, setup: { reason: 'sign-in', factors: ['WebAuthn'], canSkip: true } };
    case 'chose-address':
      return { ...context, ...(context.setup && { setup: { ...context.setup, address: fact.address } }) };
    case 'mfa-given':
      return { ...without(context, 'setup'), mfa: { ...context.mfa, ...fact.mfa } };
    case 'chose-totp':
    case 'chose-passkey':
    case 'backup-codes-needed':
      return context;
    case 'identified':
    case 'recovery-identified':
    case 'password-set':
      return { ...arrived(context), userId: fact.userId };
    case 'registered':
      // What was given has become the account.
      return {
        ...arrived(context),
        // Whoever has come from an enterprise's own provider is asked for nothing more.
        profile: context.profile.sso ? { sso: context.profile.sso } : {},
        userId: fact.userId,
      };
    case 'consented':
    case 'submitted': {
      // Nothing that was proved outlives the flow.
      const done = { ...fresh(context.event), ...(context.userId && { userId: context.userId }) };
      return fact.type === 'submitted' && fact.submission ? { ...done, submission: fact.submission } : done;
    }
  }
}

/** The context after a fact; throws `FlowRefusal` where the table has no such edge. */
export function advance(context: FlowContext, fact: Fact): FlowContext {
  const state = table[context.state][fact.type];
  if (!state) throw new FlowRefusal(context.state, fact.type);
  return { ...apply(context, fact), state };
}
