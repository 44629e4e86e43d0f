// Every edge of the sign-in table is walked over HTTP, by the pages' forms and by the Experience API: the tests are made
// of the table, so that an edge without a walk fails, and what counts is the steps that the engine says it has taken.
import { beforeAll, describe, expect, it } from 'vitest';
import { solveCaptcha } from '../../../test/captcha.ts';
import {
  app,
  askedForCode,
  atBackupCodes,
  atLinking,
  atProof,
  atReset,
  atSetPassword,
  atSocial,
  atSwitch,
  BY_USERNAME,
  CAPTCHA,
  codeOf,
  enterCode,
  freshEmail,
  freshName,
  freshPhone,
  identified,
  newUser,
  PASSKEYS,
  PASSWORD,
  PROVING,
  proved,
  provedByCode,
  reach,
  set,
  start,
  startByLink,
  WITH_PHONE,
  WITH_USERNAME,
  withTotp,
} from '../../../test/sign-in-states.ts';
import { stepsOf, type Walker } from '../../../test/walks.ts';
import { type FactName, type State, statePages, states, statesOfExperience, table } from './sign-in.flow.ts';

type Door = 'pages' | 'experience';
/** What is done in the state that was reached, and the settings that it is done under. */
interface Turn {
  settings?: object;
  take(walker: Walker): Promise<unknown>;
}
type Turns = Partial<Record<FactName, Turn>>;

const passkeys = '/experience/preflight/sign-in-passkey/authentication';
const begin = (interactionEvent: string): Turn => ({
  take: (walker) => walker.tell('PUT', '/experience', { interactionEvent }),
});

/** What can be done wherever the table has it. */
const turns: Record<Door, Turns> = {
  pages: {
    'chose-sign-in': { take: ({ send }) => send('/sign-in', { identifier: 'ada' }) },
    'identifier-given': { take: ({ send }) => send('/sign-in/method', { method: 'password' }) },
    'chose-register': { take: ({ send }) => send('/register', { identifier: freshEmail() }) },
    'chose-recovery': { take: ({ send }) => send('/forgot-password', { identifier: freshEmail() }) },
    'chose-single-sign-on': { take: ({ send }) => send('/single-sign-on', { identifier: 'ada@two.example' }) },
    'left-for-provider': { take: ({ send }) => send('/social/connector-club') },
    'code-sent': { take: ({ send }) => send('/verification-code/resend', {}) },
    'passkey-asked': { settings: PASSKEYS, take: ({ send }) => send('/sign-in') },
    'captcha-solved': {
      settings: CAPTCHA,
      take: async ({ send }) => send('/sign-in', { identifier: 'ada', captchaToken: await solveCaptcha(app) }),
    },
    'factor-chosen': { take: ({ send }) => send('/mfa-verification/factor', { factor: 'BackupCode' }) },
    'chose-totp': { take: ({ send }) => send('/mfa-setup', { factor: 'Totp' }) },
    'chose-passkey': { take: ({ send }) => send('/mfa-setup', { factor: 'WebAuthn' }) },
    'chose-address': { take: ({ send }) => send('/mfa-setup', { factor: 'PhoneVerificationCode' }) },
    cancelled: { take: ({ send }) => send('/cancel', {}) },
  },
  experience: {
    'chose-sign-in': begin('SignIn'),
    'chose-register': begin('Register'),
    'chose-recovery': begin('ForgotPassword'),
    'passkey-asked': { settings: PASSKEYS, take: ({ tell }) => tell('POST', passkeys) },
    'captcha-solved': {
      settings: CAPTCHA,
      take: async ({ tell }) =>
        tell('PUT', '/experience', { interactionEvent: 'SignIn', captchaToken: await solveCaptcha(app) }),
    },
  },
};

/** Walks that have a beginning of their own, or an end; each names the edges that it is there for. */
type Walk = [edges: string[], walk: () => Promise<unknown>];
const byPages: Walk[] = [
  [['sign-in identifier-given'], async () => (await start()).send('/sign-in', { identifier: 'ada' })],
  [['sign-in code-sent'], async () => (await reach['enter-password']()).send('/sign-in/method', { method: 'code' })],
  [
    ['sign-in recorded', 'sign-in identified'],
    async () => (await reach['enter-password']()).send('/sign-in/password', { password: PASSWORD }),
  ],
  [
    ['enter-code recorded', 'enter-code identified'],
    async () => {
      const { email } = await newUser();
      await enterCode(await askedForCode('/sign-in', email), email);
    },
  ],
  [['enter-code account-unknown'], reach['offer-register']],
  [['enter-code account-known'], reach['offer-sign-in']],
  [['enter-code recovery-identified'], reach['reset-password']],
  [
    ['enter-code profile-given', 'enter-code registered'],
    async () => {
      const email = freshEmail();
      await enterCode(await askedForCode('/register', email), email);
    },
  ],
  [
    ['enter-code profile-missing'],
    async () => {
      await set(WITH_USERNAME);
      const email = freshEmail();
      await enterCode(await askedForCode('/register', email), email);
    },
  ],
  [['register code-sent'], () => askedForCode('/register', freshEmail())],
  [
    ['register recorded', 'register profile-given', 'register registered'],
    async () => {
      await set(BY_USERNAME);
      await (await reach.register()).send('/register', { username: freshName(), password: PASSWORD });
    },
  ],
  [['register profile-missing'], reach.profile],
  [['one-time-token recorded', 'one-time-token identified'], async () => proved((await newUser()).email)],
  [
    ['one-time-token recovery-identified'],
    async () => proved((await newUser()).email, { first_screen: 'reset_password' }),
  ],
  [['switch-account identified'], async () => (await atSwitch()).send('/switch-account', { decision: 'keep' })],
  [['switch-account recorded'], async () => (await atSwitch()).send('/switch-account', { decision: 'switch' })],
  [
    ['switch-account recovery-identified'],
    async () => (await atSwitch({ first_screen: 'reset_password' })).send('/switch-account', { decision: 'switch' }),
  ],
  [
    ['forgot-password code-sent'],
    async () => (await reach['forgot-password']()).send('/forgot-password', { identifier: freshEmail() }),
  ],
  [['reset-password password-reset'], async () => (await atReset()).send('/reset-password', { password: PASSWORD })],
  [
    ['social provider-answered', 'social provider-refused'],
    async () => {
      const { walker, denied } = await atSocial({ sub: 'nobody' });
      await walker.visitor.open(denied);
    },
  ],
  [['social address-taken'], atLinking],
  [
    ['social profile-given', 'social identified'],
    async () => {
      const { email } = await newUser({ identity: { target: 'club', identityId: 'known', details: { id: 'known' } } });
      await (await atSocial({ sub: 'known', email })).comeBack();
    },
  ],
  [['link-account code-sent'], async () => (await atLinking()).walker.send('/link-account/code', {})],
  [['link-account identified'], async () => (await atLinking()).walker.send('/link-account', { password: PASSWORD })],
  [
    ['profile code-sent'],
    async () => {
      await set(WITH_PHONE);
      await (await proved(freshEmail())).send('/profile', { phone: freshPhone() });
    },
  ],
  [
    ['profile profile-given', 'profile registered'],
    async () => (await reach.profile()).send('/profile', { username: freshName() }),
  ],
  [
    ['profile identified', 'identified profile-missing'],
    async () => {
      await set(WITH_USERNAME);
      await (await proved((await newUser()).email)).send('/profile', { username: freshName() });
    },
  ],
  [
    // The tenant has come to want a number of everybody meanwhile.
    ['profile profile-missing'],
    async () => {
      const walker = await reach.profile();
      await set(WITH_PHONE);
      await walker.send('/profile', { username: freshName() });
    },
  ],
  [
    [
      'mfa-verification recorded',
      'mfa-verification factor-proved',
      'identified mfa-required',
      'identified mfa-given',
      'identified identified',
      'identified submitted',
    ],
    async () => {
      const { walker, secret } = await atProof();
      await walker.send('/mfa-verification', { code: codeOf(secret), trustDevice: 'yes' });
    },
  ],
  ...(['mfa-setup', 'bind-totp', 'bind-passkey', 'bind-address'] as const).map(
    (state): Walk => [[`${state} mfa-given`], async () => (await reach[state]()).send('/mfa-setup/skip', {})],
  ),
  [['identified setup-demanded'], reach['mfa-setup']],
  [['bind-totp recorded'], reach['bind-totp']],
  [['bind-passkey recorded'], reach['bind-passkey']],
  [
    ['bind-address code-sent'],
    async () => (await reach['bind-address']()).send('/mfa-binding', { identifier: freshPhone() }),
  ],
  [['bind-backup-codes recorded', 'identified backup-codes-needed'], reach['bind-backup-codes']],
  [['bind-backup-codes mfa-given'], async () => (await atBackupCodes()).send('/mfa-binding', {})],
  [
    ['identified passkey-offered'],
    async () => {
      await set(PASSKEYS);
      await proved((await newUser()).email);
    },
  ],
  [['set-password password-set'], async () => (await atSetPassword()).send('/set-password', { password: PASSWORD })],
  [['consent consented'], async () => (await reach.consent()).send('/consent', { decision: 'allow' })],
  [['consent cancelled'], async () => (await reach.consent()).send('/consent', { decision: 'deny' })],
];

const byExperience: Walk[] = [
  [['sign-in recorded', 'sign-in identified'], identified],
  [
    ['register recorded', 'register profile-given', 'register registered'],
    () => provedByCode('Register', freshEmail()),
  ],
  [
    ['one-time-token recorded', 'one-time-token identified'],
    async () => (await startByLink((await newUser()).email)).byApi(),
  ],
  [
    ['one-time-token recovery-identified'],
    async () => (await startByLink((await newUser()).email, { first_screen: 'reset_password' })).byApi(),
  ],
  [['switch-account recorded', 'switch-account identified'], async () => (await atSwitch()).byApi()],
  [['switch-account recovery-identified'], async () => (await atSwitch({ first_screen: 'reset_password' })).byApi()],
  [
    [
      'forgot-password recorded',
      'forgot-password recovery-identified',
      'reset-password recorded',
      'reset-password recovery-identified',
      'reset-password profile-given',
      'reset-password password-reset',
    ],
    async () => {
      const { email } = await newUser();
      const walker = await provedByCode('ForgotPassword', email);
      await provedByCode('ForgotPassword', email, walker);
      await walker.tell('PUT', '/experience/profile/password', { password: PASSWORD });
      await walker.tell('POST', '/experience/submit');
    },
  ],
  [
    [
      'identified recorded',
      'identified identified',
      'identified profile-given',
      'identified mfa-given',
      'identified submitted',
    ],
    async () => {
      const { walker, proof } = await identified();
      await walker.tell('POST', '/experience/identification', proof);
      await walker.tell('POST', '/experience/verification/totp/secret');
      await walker.tell('POST', '/experience/profile', { type: 'username', value: freshName() });
      await walker.tell('POST', '/experience/profile/mfa/mfa-enabled');
      await walker.tell('POST', '/experience/submit');
    },
  ],
  [
    ['identified factor-proved'],
    async () => {
      await set(PROVING);
      const { walker, id } = await identified();
      await walker.tell('POST', '/experience/verification/totp/verify', { code: codeOf(await withTotp(id)) });
    },
  ],
  [['consent consented'], async () => (await reach.consent()).tell('POST', '/interaction/consent')],
];

const walks: Record<Door, Walk[]> = { pages: byPages, experience: byExperience };

/** What the pages do in one step, and the Experience API in two: nothing else is for one door alone. */
const forClientsOnly = [
  'forgot-password recorded',
  'forgot-password recovery-identified',
  'reset-password recorded',
  'reset-password recovery-identified',
  'reset-password profile-given',
  'identified recorded',
  'identified profile-given',
  'identified factor-proved',
];
const beginnings: FactName[] = ['chose-sign-in', 'chose-register', 'chose-recovery', 'captcha-solved'];
/** What a page asks next is the pages' own business; a client asks what it likes. */
const forPagesOnly: FactName[] = [
  'identifier-given',
  'code-sent',
  'chose-single-sign-on',
  'left-for-provider',
  'profile-missing',
  'mfa-required',
  'setup-demanded',
  'passkey-offered',
  'backup-codes-needed',
  'cancelled',
];
const doors: Record<Door, (state: State, fact: FactName) => boolean> = {
  pages: (state, fact) => !forClientsOnly.includes(`${state} ${fact}`),
  experience: (state, fact) =>
    beginnings.includes(fact) || (statesOfExperience.includes(state) && !forPagesOnly.includes(fact)),
};

const taken = await stepsOf(app);
const walked = new Map<Walk, Promise<string[]>>();
/** Goes a walk once, however many edges it is there for. */
function go(walk: Walk): Promise<string[]> {
  const going = async () => {
    await taken();
    await set();
    await walk[1]();
    return taken();
  };
  const steps = walked.get(walk) ?? going();
  walked.set(walk, steps);
  return steps;
}
async function turn(door: Door, fact: FactName, walker: Walker): Promise<string[]> {
  const known = turns[door][fact];
  if (!known) throw new Error('nobody walks here: add a walk, or take the edge out of the table');
  await taken();
  await set(known.settings);
  await known.take(walker);
  return taken();
}

describe.each(states.filter((state) => state !== 'done'))('%s', (state) => {
  let walker: Walker;
  let goBack: () => Promise<void>;
  beforeAll(async () => {
    await set();
    walker = await reach[state]();
    goBack = await walker.keep();
  });

  it('is reached, and has its page', async () => {
    // Nothing is stored of a request that nobody has answered yet.
    const stored = await walker.state();
    if (stored) expect(stored).toBe(state);
    const elsewhere = statePages[state] === 'elsewhere';
    if (!elsewhere || !stored) expect(walker.page.name).toBe(statePages[state]);
  });

  for (const door of ['pages', 'experience'] as const) {
    for (const fact of Object.keys(table[state]) as FactName[]) {
      if (!doors[door](state, fact)) continue;
      const edge = `${state} ${fact}`;
      const walk = walks[door].find(([edges]) => edges.includes(edge));
      it(`${fact}: by ${door === 'pages' ? 'the pages' : 'the Experience API'}`, async () => {
        if (walk) return expect(await go(walk)).toContain(edge);
        await goBack();
        expect(await turn(door, fact, walker)).toContain(edge);
      });
    }
  }

  if (!statesOfExperience.includes(state)) {
    it('400 for a client of the Experience API that goes on where the pages wait for an answer', async () => {
      await goBack();
      const stored = await walker.state();
      for (const path of ['/experience/submit', '/experience/verification/totp/secret']) {
        const { status, body } = await walker.call('POST', path);
        expect([path, status, body.code]).toEqual([path, 400, 'session.invalid_interaction_type']);
      }
      expect(await walker.state()).toBe(stored);
    });
  }
});

it('has no walk for an edge that there is not', () => {
  const edges = states.flatMap((state) => Object.keys(table[state]).map((fact) => `${state} ${fact}`));
  const claimed = [...byPages, ...byExperience].flatMap(([claims]) => claims);
  expect(claimed.filter((edge) => !edges.includes(edge))).toEqual([]);
  expect(forClientsOnly.filter((edge) => !edges.includes(edge))).toEqual([]);
});
