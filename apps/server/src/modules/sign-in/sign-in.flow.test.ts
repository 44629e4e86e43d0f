import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  advance,
  type CodeRecord,
  type Fact,
  type FlowContext,
  FlowRefusal,
  type SocialIdentity,
  startContext,
} from './flow-context.ts';
import { flowsDirectory, signInDiagram } from './flows-to-mermaid.ts';
import { pageModel } from './sign-in.contract.ts';
import {
  type FactName,
  facts,
  firstStates,
  pagesWithoutState,
  type State,
  statePages,
  states,
  table,
} from './sign-in.flow.ts';

const social: SocialIdentity = { target: 'gitlab', connectorId: 'c', userInfo: { id: '7', rawData: {} } };

const code: CodeRecord = {
  id: 'c',
  type: 'EmailVerificationCode',
  identifier: { type: 'email', value: 'ada@example.com' },
  purpose: 'SignIn',
  codeId: 'm',
  verified: false,
};

/** One example of each fact. */
const examples: { [Name in FactName]: Fact } = {
  'chose-sign-in': { type: 'chose-sign-in' },
  'chose-register': { type: 'chose-register' },
  'chose-recovery': { type: 'chose-recovery' },
  'identifier-given': { type: 'identifier-given', identifier: { type: 'username', value: 'ada' } },
  'code-sent': { type: 'code-sent', record: code },
  'account-unknown': { type: 'account-unknown' },
  'account-known': { type: 'account-known' },
  'recovery-identified': { type: 'recovery-identified', userId: 'u' },
  'password-reset': { type: 'password-reset' },
  registered: { type: 'registered', userId: 'u' },
  'left-for-provider': { type: 'left-for-provider', connectorId: 'c', session: { state: 's', redirectUri: 'r' } },
  'provider-answered': { type: 'provider-answered' },
  'provider-refused': { type: 'provider-refused' },
  'chose-single-sign-on': { type: 'chose-single-sign-on', identifier: { type: 'email', value: 'a@acme.example' } },
  'address-taken': { type: 'address-taken', userId: 'u', profile: { social } },
  'profile-missing': { type: 'profile-missing', missing: ['username'], profile: { social } },
  'profile-given': { type: 'profile-given', profile: { username: 'ada' } },
  recorded: {
    type: 'recorded',
    record: { id: 'r', type: 'NewPasswordIdentity', username: 'ada', passwordDigest: 'd' },
  },
  identified: { type: 'identified', userId: 'u' },
  'passkey-asked': { type: 'passkey-asked', challenge: 'c' },
  'mfa-required': { type: 'mfa-required', factors: ['Totp'] },
  'factor-chosen': { type: 'factor-chosen', factor: 'Totp' },
  'factor-proved': { type: 'factor-proved', proved: { factor: 'Totp', userId: 'u' } },
  'setup-demanded': { type: 'setup-demanded', setup: { reason: 'required', factors: ['Totp'], canSkip: false } },
  'passkey-offered': { type: 'passkey-offered' },
  'backup-codes-needed': { type: 'backup-codes-needed' },
  'chose-totp': { type: 'chose-totp' },
  'chose-passkey': { type: 'chose-passkey' },
  'chose-address': { type: 'chose-address', address: 'email' },
  'mfa-given': { type: 'mfa-given', mfa: { enabled: true } },
  cancelled: { type: 'cancelled' },
  'password-set': { type: 'password-set', userId: 'u' },
  'captcha-solved': { type: 'captcha-solved' },
  consented: { type: 'consented' },
  submitted: { type: 'submitted' },
};

const rich = (state: State): FlowContext => ({
  ...startContext(state),
  records: [{ id: 'p', type: 'Password', identifier: { type: 'username', value: 'ada' }, userId: 'u' }],
  profile: { social, passwordDigest: 'd' },
  provider: { connectorId: 'c', session: { state: 's', redirectUri: 'r' } },
  relatedUserId: 'u',
  missing: ['username'],
});

describe.each(states)('state %s', (state) => {
  it.each(facts)('%s leads where the table says, or is refused', (name) => {
    const next = table[state][name];
    if (next) expect(advance(rich(state), examples[name]).state).toBe(next);
    else expect(() => advance(rich(state), examples[name])).toThrow(FlowRefusal);
  });

  it('can be reached', () => {
    const reached = new Set<State>(firstStates);
    for (const from of reached) for (const to of Object.values(table[from])) reached.add(to);
    expect(reached).toContain(state);
  });
});

it('gives every page of a flow a state, and every state a page', () => {
  const pages = pageModel.options.map((option) => option.shape.page.value);
  const shown = Object.values(statePages).filter((page) => page !== 'elsewhere');
  expect([...shown, ...pagesWithoutState].toSorted()).toEqual(pages.toSorted());
});

it('ends in one state only', () => {
  expect(states.filter((state) => Object.keys(table[state]).length === 0)).toEqual(['done']);
});

it('uses a provider’s answer once', () => {
  const taken = advance(rich('social'), examples['provider-answered']);
  expect(taken.provider).toEqual({ connectorId: 'c' });
});

it('keeps nothing that was proved once the flow is over, abandoned or begun afresh', () => {
  const empty = { records: [], profile: {} };
  expect(advance(rich('identified'), examples.submitted)).toMatchObject(empty);
  expect(advance(rich('link-account'), examples.cancelled)).toMatchObject(empty);
  expect(advance(rich('sign-in'), { type: 'chose-register', afresh: true })).toMatchObject(empty);
  expect(advance(rich('link-account'), examples.cancelled)).not.toHaveProperty('relatedUserId');
});

it('keeps one proof of a type', () => {
  const twice = [1, 2].reduce((context) => advance(context, examples.recorded), startContext('register'));
  expect(twice.records).toHaveLength(1);
});

it('is drawn in docs/flows as it is', async () => {
  expect(await readFile(`${flowsDirectory}sign-in.mmd`, 'utf8'), 'run npm run flows').toBe(signInDiagram());
});
