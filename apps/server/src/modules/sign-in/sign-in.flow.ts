import type { ConnectorSession, SocialUserInfo } from '@latchkey/connector-kit';
import type { PageName } from './sign-in.contract.ts';

/**
 * The sign-in engine's table: in which state which fact leads where.
 * It does no I/O: actions find facts out (a password is right, a provider has answered), this table says what they mean.
 * A new state is a row here, a line in `statePages` and a case where its page is built.
 */

export const states = [
  'sign-in',
  'register',
  'social',
  'link-account',
  'profile',
  'set-password',
  'consent',
  'identified',
  'done',
] as const;
export type State = (typeof states)[number];

/** What an action has found out, or the user has decided. */
export const facts = [
  'chose-sign-in',
  'chose-register',
  'left-for-provider',
  'provider-answered',
  'provider-refused',
  'address-taken',
  'profile-missing',
  'recorded',
  'profile-given',
  'identified',
  'cancelled',
  'password-set',
  'consented',
  'submitted',
] as const;
export type FactName = (typeof facts)[number];

type Row = Readonly<Partial<Record<FactName, State>>>;

/** Where a user who is on the way may always turn to: another screen, another way to sign in. */
const start: Row = {
  'chose-sign-in': 'sign-in',
  'chose-register': 'register',
  'left-for-provider': 'social',
  recorded: 'sign-in',
  identified: 'identified',
};

export const table: Readonly<Record<State, Row>> = {
  'sign-in': { ...start, 'address-taken': 'link-account', 'profile-missing': 'profile' },
  register: {
    ...start,
    recorded: 'register',
    'profile-given': 'register',
    'address-taken': 'link-account',
    'profile-missing': 'profile',
  },
  social: {
    ...start,
    recorded: 'social',
    'provider-answered': 'social',
    'provider-refused': 'sign-in',
    'address-taken': 'link-account',
    'profile-missing': 'profile',
  },
  'link-account': { ...start, recorded: 'link-account', cancelled: 'sign-in' },
  profile: {
    ...start,
    recorded: 'profile',
    'profile-given': 'profile',
    'profile-missing': 'profile',
    cancelled: 'sign-in',
  },
  'set-password': { 'password-set': 'identified' },
  consent: { consented: 'done', cancelled: 'done' },
  identified: { ...start, recorded: 'identified', 'profile-given': 'identified', submitted: 'done' },
  done: {},
};

/** The page that each state shows; `elsewhere`: the provider, the app, or a client of the Experience API has the screen. */
export const statePages: Readonly<Record<State, PageName | 'elsewhere'>> = {
  'sign-in': 'sign-in',
  register: 'register',
  social: 'elsewhere',
  'link-account': 'link-account',
  profile: 'profile',
  'set-password': 'set-password',
  consent: 'consent',
  identified: 'elsewhere',
  done: 'elsewhere',
};

/** The pages that end or interrupt a flow, or belong to the protocol endpoints: no state of a flow. */
export const pagesWithoutState: readonly PageName[] = [
  'sign-out',
  'signed-out',
  'error',
  'session-lost',
  'suspended',
  'not-found',
];

export type InteractionEvent = 'SignIn' | 'Register';

/** A proof that was given in this flow. */
export type VerificationRecord =
  | { id: string; type: 'Password'; identifier: Identifier; userId: string }
  | { id: string; type: 'NewPasswordIdentity'; username: string; passwordDigest: string }
  | ({ id: string; type: 'Social'; connectorId: string } & (
      | { verified: false; session: ConnectorSession }
      | { verified: true; identity: SocialIdentity }
    ));

export interface Identifier {
  type: 'username' | 'email' | 'phone';
  value: string;
}

/** An account at a provider whose owner is in front of this browser. */
export interface SocialIdentity {
  target: string;
  connectorId: string;
  userInfo: SocialUserInfo;
}

/** What a new account is going to be made of, or an existing one is going to get. */
export interface PendingProfile {
  username?: string;
  passwordDigest?: string;
  social?: SocialIdentity;
}

export interface FlowContext {
  state: State;
  event: InteractionEvent;
  /** One of a type: a newer proof replaces the older one. */
  records: VerificationRecord[];
  profile: PendingProfile;
  /** The provider that the browser was sent to (state `social`); without a session its answer was taken already. */
  provider?: { connectorId: string; session?: ConnectorSession };
  /** The account whose owner must show up before `profile.social` is linked to it (state `link-account` and after). */
  relatedUserId?: string;
  /** What the new account still lacks (state `profile`). */
  missing?: ('username' | 'password')[];
  /** Who it is (states `identified`, `set-password` and `done`). */
  userId?: string;
}

export type Fact =
  | { type: 'provider-answered' | 'provider-refused' | 'cancelled' }
  /** `afresh`: from the very beginning, without the proofs that were given. */
  | { type: 'chose-sign-in' | 'chose-register'; afresh?: true }
  | { type: 'profile-given'; profile: PendingProfile }
  | { type: 'consented' | 'submitted' }
  | { type: 'left-for-provider'; connectorId: string; session: ConnectorSession }
  | { type: 'address-taken'; userId: string; social: SocialIdentity }
  | { type: 'profile-missing'; missing: ('username' | 'password')[]; profile?: PendingProfile }
  | { type: 'recorded'; record: VerificationRecord }
  | { type: 'identified' | 'password-set'; userId: string };

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

export const startContext = (state: State): FlowContext => ({
  state,
  ...fresh(state === 'register' ? 'Register' : 'SignIn'),
});

const without = <Key extends keyof FlowContext>(context: FlowContext, ...keys: Key[]): Omit<FlowContext, Key> =>
  Object.fromEntries(Object.entries(context).filter(([key]) => !(keys as string[]).includes(key))) as Omit<
    FlowContext,
    Key
  >;

function withRecord(records: VerificationRecord[], record: VerificationRecord): VerificationRecord[] {
  return [...records.filter(({ type }) => type !== record.type), record];
}

/** The rest of the context after a fact; the table alone says which state it is in. */
function apply(context: FlowContext, fact: Fact): Omit<FlowContext, 'state'> {
  switch (fact.type) {
    case 'chose-sign-in':
    case 'chose-register': {
      const begun = fresh(fact.type === 'chose-register' ? 'Register' : 'SignIn');
      return fact.afresh ? begun : { ...begun, records: context.records };
    }
    case 'profile-given':
      return { ...context, profile: { ...context.profile, ...fact.profile } };
    case 'cancelled':
    case 'provider-refused':
      return fresh('SignIn');
    case 'left-for-provider':
      return { ...context, provider: { connectorId: fact.connectorId, session: fact.session } };
    case 'provider-answered':
      // Taken out before it is used: an answer counts once, however often it is sent.
      return { ...context, provider: { connectorId: context.provider?.connectorId ?? '' } };
    case 'address-taken':
      return { ...without(context, 'provider'), profile: { social: fact.social }, relatedUserId: fact.userId };
    case 'profile-missing':
      return {
        ...without(context, 'provider', 'relatedUserId'),
        profile: { ...context.profile, ...fact.profile },
        missing: fact.missing,
      };
    case 'recorded':
      return { ...context, records: withRecord(context.records, fact.record) };
    case 'identified':
    case 'password-set':
      return { ...without(context, 'provider', 'missing', 'relatedUserId'), userId: fact.userId };
    case 'consented':
    case 'submitted':
      // Nothing that was proved outlives the flow.
      return { ...fresh(context.event), ...(context.userId && { userId: context.userId }) };
  }
}

/** The context after a fact; throws `FlowRefusal` where the table has no such edge. */
export function advance(context: FlowContext, fact: Fact): FlowContext {
  const state = table[context.state][fact.type];
  if (!state) throw new FlowRefusal(context.state, fact.type);
  return { ...apply(context, fact), state };
}
