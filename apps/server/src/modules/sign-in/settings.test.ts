// Every setting of the sign-in experience (features 2.1) makes a difference that can be seen from outside. The list is
// made of the contract, so that a setting which nothing reads has no place to hide.
import { sql } from 'drizzle-orm';
import { authenticator as otp } from 'otplib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startExperience } from '../../../test/experience.ts';
import { createFactorUsers } from '../../../test/factors.ts';
import { createTestApp } from '../../../test/harness.ts';
import { codeSentTo } from '../../../test/mail.ts';
import { createOrganization } from '../../../test/organizations.ts';
import { startSignIn, visit } from '../../../test/pages.ts';
import { createClient } from '../../../test/protocol.ts';
import { connectProvider } from '../../../test/providers.ts';
import { connectEnterprise } from '../../../test/saml.ts';
import { defaultSignInSettings, signInExperience } from '../sign-in-experience/sign-in-experience.contract.ts';

const app = await createTestApp();
const client = await createClient(app);
const people = createFactorUsers(app, client);
const member: Record<string, unknown> = { sub: 'nobody' };
const club = await connectProvider(app, 'club', member);
await connectEnterprise(app, ['acme.example']);
await app.api('PUT', '/api/captcha-provider', { config: { type: 'ProofOfWork', difficulty: 1000 } });
await app.api('POST', '/api/custom-profile-fields', { name: 'team', type: 'Text', label: 'Team', required: true });
const PASSWORD = 'Paper-lamp-4-river';

/** Names of all settings: those that have settings of their own are named by these. */
function namesOf(schema: z.ZodType, path: string[] = []): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return namesOf(schema.unwrap() as z.ZodType, path);
  if (!(schema instanceof z.ZodObject)) return [path.join('.')];
  return Object.entries(schema.shape).flatMap(([name, inner]) => namesOf(inner as z.ZodType, [...path, name]));
}
const settings = namesOf(signInExperience).filter((name) => name !== 'tenantId' && name !== 'id');

const { customUiAssets: _, ...plain } = defaultSignInSettings;
const DEFAULTS = { ...plain, mfa: { factors: [], policy: 'NoPrompt' } };
async function set(changes: object): Promise<void> {
  const { status, body } = await app.api('PATCH', '/api/sign-in-exp', { ...DEFAULTS, ...changes });
  expect(status, JSON.stringify(body)).toBe(200);
}

let count = 0;
const next = () => {
  count += 1;
  return count;
};
const freshEmail = () => `setting${next()}@example.com`;

type See = () => Promise<unknown>;
/** What is set in both cases, and what besides in the second; what is seen then, first without and then with it. */
type Difference = [both: object, change: object, see: See, seen: [without: unknown, withIt: unknown]];

const page = async (extra: Record<string, string | undefined> = {}) => (await startSignIn(app, client, extra)).page;
const shows =
  (text: string | RegExp, extra: Record<string, string> = {}): See =>
  async () =>
    new RegExp(text).test((await page(extra)).html);
const language =
  (accepted: string): See =>
  async () => {
    const visitor = visit(app);
    const { get } = visitor.browser;
    visitor.browser.get = (url, headers) => get(url, { 'accept-language': accepted, ...headers });
    const { page: shown } = await startSignIn(app, client, {}, visitor);
    return /<html[^>]* lang="([^"]+)"/.exec(shown.html)?.[1];
  };
const rejects =
  (password: string, userId?: string): See =>
  async () => {
    const sent = { password, ...(userId && { userId }) };
    const { body } = await app.api('POST', '/api/sign-in-exp/default/check-password', sent);
    return JSON.stringify(body).match(/password_rejected\.[\w.]+/g) ?? [];
  };
const begin = async (interactionEvent: string) => {
  const walker = await startExperience(app, client);
  return { walker, begun: await walker.call('PUT', '/experience', { interactionEvent }) };
};
const codeOrStatus = ({ status, body }: { status: number; body?: { code?: string } }) => body?.code ?? status;
const username =
  (value: string): See =>
  async () => {
    const { walker } = await begin('Register');
    const chosen = { identifier: { type: 'username', value: `${value}` }, password: PASSWORD };
    const answer = await walker.call('POST', '/experience/verification/new-password-identity', chosen);
    return answer.status;
  };
const registered = async () => {
  const { walker } = await begin('Register');
  const chosen = { identifier: { type: 'username', value: `setting_${next()}` }, password: PASSWORD };
  const { body } = await walker.call('POST', '/experience/verification/new-password-identity', chosen);
  return { walker, made: await walker.call('POST', '/experience/identification', body) };
};
const address =
  (email: () => string): See =>
  async () => {
    const { walker } = await begin('Register');
    const sent = { interactionEvent: 'Register', identifier: { type: 'email', value: email() } };
    return codeOrStatus(await walker.call('POST', '/experience/verification/verification-code', sent));
  };
const triedBy = async (name: string, password: string) => {
  const { walker } = await begin('SignIn');
  const proof = { identifier: { type: 'username', value: name }, password };
  return walker.call('POST', '/experience/verification/password', proof);
};
/** Two wrong passwords: what the second is answered. */
const lockedOut = async () => {
  const { username: name } = await people.newUser();
  await triedBy(name, 'Wrong-lamp-4-river');
  return triedBy(name, 'Wrong-lamp-4-river');
};
const submitted = async (of: { username: string }) => {
  const walker = await people.identified(of.username);
  return codeOrStatus(await walker.call('POST', '/experience/submit'));
};
const trustedDevice = async () => {
  const user = await people.newUser();
  const secret = await people.withTotp(user.id);
  const walker = await people.identified(user.username);
  const code = otp.clone({ epoch: app.scope().now.getTime() }).generate(secret);
  await walker.call('POST', '/experience/verification/totp/verify', { code });
  return (await walker.call('GET', '/experience/interaction')).body.trustedDevice;
};
/** Registers by a code that is mailed; `typed` are the codes that are entered in place of it, `later` milliseconds after. */
const byMailedCode = async (typed: string[] = [], later = 0) => {
  const email = freshEmail();
  const { visitor, page: first } = await startSignIn(app, client, { first_screen: 'register' });
  let shown = await visitor.submit(first, '/register', { identifier: email });
  const code = await codeSentTo(app, email);
  app.advance(later);
  for (const wrong of typed) shown = await visitor.submit(shown, '/verification-code', { code: wrong });
  shown = await visitor.submit(shown, '/verification-code', { code });
  return shown.name || 'home';
};
const social = async (said: object) => {
  Object.assign(member, { email: undefined, email_verified: undefined }, said);
  const { visitor, page: left } = await startSignIn(app, client, { direct_sign_in: 'social:club' });
  const params = new URLSearchParams(await club.authorize(left.url));
  return (await visitor.open(`${app.origin}/callback/connector-club?${params}`)).name || 'home';
};

const byEmail = {
  signIn: { methods: [{ identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: true }] },
};
const email = { identifiers: ['email'], password: false, verify: true };
const byCode = { ...byEmail, signUp: email };
const CLUB = { socialSignInConnectorTargets: ['club'] };
const TOTP = { factors: ['Totp'], policy: 'Mandatory' };
const RED = { primaryColor: '#aa1122', isDarkModeEnabled: true, darkPrimaryColor: '#bb3344' };
const link = (name: string) => `https://example.com/${name}`;
const chars = (none: string) => ({
  usernamePolicy: {
    allowedChars: { lowercase: true, uppercase: true, numbers: true, underscore: true, [none]: false },
  },
});
const linkable = async () => {
  const address_ = freshEmail();
  const details = { email: address_ };
  await app.modules.users.create(app.scope(), {
    primaryEmail: address_,
    identity: { target: 'other', identityId: address_, details: { id: address_, ...details } },
  });
  return social({ sub: address_, email: address_, email_verified: true });
};

const differences: Record<string, Difference> = {
  'color.primaryColor': [{}, { color: RED }, shows('#aa1122'), [false, true]],
  'color.darkPrimaryColor': [{}, { color: RED }, shows('#bb3344'), [false, true]],
  'color.isDarkModeEnabled': [
    { color: RED },
    { color: { ...RED, isDarkModeEnabled: false } },
    shows('prefers-color-scheme: ?dark|lk-theme-system|color-scheme:light dark'),
    [true, false],
  ],
  ...Object.fromEntries(
    ['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'].map((name): [string, Difference] => [
      `branding.${name}`,
      [
        { branding: { logoUrl: link('a'), favicon: link('b') } },
        { branding: { logoUrl: link('a'), favicon: link('b'), [name]: link(name) } },
        shows(link(name)),
        [false, true],
      ],
    ]),
  ),
  hideLogtoBranding: [{}, { hideLogtoBranding: true }, shows('Latchkey'), [true, false]],
  'languageInfo.autoDetect': [
    {},
    { languageInfo: { autoDetect: false, fallbackLanguage: 'en' } },
    language('ja'),
    ['ja', 'en'],
  ],
  'languageInfo.fallbackLanguage': [
    {},
    { languageInfo: { autoDetect: true, fallbackLanguage: 'fr' } },
    language('xx'),
    ['en', 'fr'],
  ],
  termsOfUseUrl: [{}, { termsOfUseUrl: link('terms') }, shows(link('terms')), [false, true]],
  privacyPolicyUrl: [{}, { privacyPolicyUrl: link('privacy') }, shows(link('privacy')), [false, true]],
  agreeToTermsPolicy: [
    { termsOfUseUrl: link('terms') },
    { agreeToTermsPolicy: 'Manual' },
    shows('name="agreement"'),
    [false, true],
  ],
  'signIn.methods': [{}, byCode, shows('type="password"'), [true, false]],
  'signUp.identifiers': [{}, byCode, shows('name="username"', { first_screen: 'register' }), [true, false]],
  'signUp.password': [byCode, { signUp: { ...email, password: true } }, () => byMailedCode(), ['home', 'profile']],
  'signUp.secondaryIdentifiers': [
    byCode,
    { signUp: { ...email, secondaryIdentifiers: [{ identifier: 'username' }] } },
    () => byMailedCode(),
    ['home', 'profile'],
  ],
  signInMode: [
    {},
    { signInMode: 'SignIn' },
    async () => (await page({ first_screen: 'register' })).name,
    ['register', 'sign-in'],
  ],
  'socialSignIn.automaticAccountLinking': [
    { ...CLUB, ...byCode },
    { socialSignIn: { automaticAccountLinking: true } },
    linkable,
    ['link-account', 'home'],
  ],
  'socialSignIn.skipRequiredIdentifiers': [
    CLUB,
    { socialSignIn: { skipRequiredIdentifiers: true } },
    () => social({ sub: `member ${next()}` }),
    ['profile', 'home'],
  ],
  socialSignInConnectorTargets: [{}, CLUB, shows('/social/connector-club'), [false, true]],
  forgotPasswordMethods: [
    {},
    { forgotPasswordMethods: ['EmailVerificationCode'] },
    async () => codeOrStatus((await begin('ForgotPassword')).begun),
    ['session.forgot_password_not_enabled', 204],
  ],
  customContent: [
    {},
    { customContent: { '/sign-in': '<p class="own">Own words</p>', '/register': 'Others' } },
    shows('<aside class="lk-content"><p class="own">Own words</p></aside>'),
    [false, true],
  ],
  customCss: [{}, { customCss: '.lk-body { outline: 7px }' }, shows('outline: ?7px'), [false, true]],
  'passwordPolicy.length.min': [
    {},
    { passwordPolicy: { length: { min: 12, max: 256 } } },
    rejects('Oak-lamp4'),
    [[], ['password_rejected.too_short']],
  ],
  'passwordPolicy.length.max': [
    {},
    { passwordPolicy: { length: { min: 8, max: 10 } } },
    rejects('Oak-lamp4-river'),
    [[], ['password_rejected.too_long']],
  ],
  'passwordPolicy.characterTypes.min': [
    {},
    { passwordPolicy: { characterTypes: { min: 4 } } },
    rejects('oaklampriver'),
    [[], ['password_rejected.character_types']],
  ],
  'passwordPolicy.rejects.repetitionAndSequence': [
    {},
    { passwordPolicy: { rejects: { pwned: true, repetitionAndSequence: false, userInfo: true, words: [] } } },
    rejects('aaaaaaaa'),
    [['password_rejected.restricted.repetition'], []],
  ],
  'passwordPolicy.rejects.words': [
    {},
    { passwordPolicy: { rejects: { pwned: true, repetitionAndSequence: true, userInfo: true, words: ['latchkey'] } } },
    rejects('latchkey-1'),
    [[], ['password_rejected.restricted.words']],
  ],
  'passwordPolicy.rejects.userInfo': [
    {},
    { passwordPolicy: { rejects: { pwned: true, repetitionAndSequence: true, userInfo: false, words: [] } } },
    async () => rejects('ottokar4', (await people.newUser({ name: 'Ottokar' })).id)(),
    [['password_rejected.restricted.user_info'], []],
  ],
  'usernamePolicy.minLength': [{}, { usernamePolicy: { minLength: 30 } }, username(`short_${next()}`), [200, 422]],
  'usernamePolicy.maxLength': [{}, { usernamePolicy: { maxLength: 4 } }, username(`long_${next()}`), [200, 422]],
  'usernamePolicy.allowedChars.lowercase': [{}, chars('lowercase'), username('lower'), [200, 422]],
  'usernamePolicy.allowedChars.uppercase': [{}, chars('uppercase'), username('UPPER'), [200, 422]],
  'usernamePolicy.allowedChars.numbers': [{}, chars('numbers'), username('number1'), [200, 422]],
  'usernamePolicy.allowedChars.underscore': [{}, chars('underscore'), username('under_score'), [200, 422]],
  'usernamePolicy.caseSensitive': [
    {},
    { usernamePolicy: { caseSensitive: false } },
    async () => (await triedBy((await people.newUser()).username.toUpperCase(), PASSWORD)).status,
    [422, 200],
  ],
  'mfa.factors': [
    { mfa: { factors: ['WebAuthn'], policy: 'PromptOnlyAtSignIn' } },
    { mfa: { factors: ['WebAuthn', 'Totp'], policy: 'NoPrompt' } },
    async () => {
      const user = await people.newUser();
      await people.withTotp(user.id);
      return submitted(user);
    },
    ['user.missing_mfa', 'session.mfa.require_mfa_verification'],
  ],
  'mfa.policy': [
    { mfa: { factors: ['Totp'], policy: 'NoPrompt' } },
    { mfa: TOTP },
    async () => submitted(await people.newUser()),
    [200, 'user.missing_mfa'],
  ],
  'mfa.organizationRequiredMfaPolicy': [
    { mfa: { factors: ['Totp'], policy: 'NoPrompt' } },
    { mfa: { factors: ['Totp'], policy: 'NoPrompt', organizationRequiredMfaPolicy: 'Mandatory' } },
    async () => {
      const user = await people.newUser();
      const { id } = await createOrganization(app, {});
      await app.api('PATCH', `/api/organizations/${id}`, { isMfaRequired: true });
      await app.api('POST', `/api/organizations/${id}/users`, { userIds: [user.id] });
      return submitted(user);
    },
    [200, 'user.missing_mfa'],
  ],
  'trustedDevice.enabled': [
    { mfa: TOTP },
    { trustedDevice: { enabled: true } },
    trustedDevice,
    [{ canCreate: false }, { canCreate: true, durationDays: 30 }],
  ],
  'trustedDevice.durationDays': [
    { mfa: TOTP, trustedDevice: { enabled: true } },
    { trustedDevice: { enabled: true, durationDays: 7 } },
    trustedDevice,
    [
      { canCreate: true, durationDays: 30 },
      { canCreate: true, durationDays: 7 },
    ],
  ],
  'passkeySignIn.enabled': [
    {},
    { passkeySignIn: { enabled: true } },
    async () =>
      (await (await begin('SignIn')).walker.call('POST', '/experience/preflight/sign-in-passkey/authentication'))
        .status,
    [400, 200],
  ],
  'passkeySignIn.showPasskeyButton': [
    { passkeySignIn: { enabled: true } },
    { passkeySignIn: { enabled: true, showPasskeyButton: true } },
    shows('lk-passkey-button lk-script-only'),
    [false, true],
  ],
  'passkeySignIn.allowAutofill': [
    { passkeySignIn: { enabled: true } },
    { passkeySignIn: { enabled: true, allowAutofill: true } },
    shows('webauthn'),
    [false, true],
  ],
  singleSignOnEnabled: [
    {},
    { singleSignOnEnabled: true },
    async () =>
      (await (await begin('SignIn')).walker.call('GET', '/experience/sso-connectors?email=a%40acme.example')).body
        .connectorIds.length,
    [0, 1],
  ],
  supportEmail: [{}, { supportEmail: 'help@example.com' }, shows('help%40example.com'), [false, true]],
  supportWebsiteUrl: [{}, { supportWebsiteUrl: link('help') }, shows(link('help')), [false, true]],
  unknownSessionRedirectUrl: [
    {},
    { unknownSessionRedirectUrl: link('home') },
    async () => (await visit(app).open(`${app.origin}/unknown-session`)).html.includes(link('home')),
    [false, true],
  ],
  'captchaPolicy.enabled': [
    {},
    { captchaPolicy: { enabled: true } },
    async () => codeOrStatus((await registered()).made),
    [201, 'session.captcha_required'],
  ],
  'sentinelPolicy.maxAttempts': [
    {},
    { sentinelPolicy: { maxAttempts: 1 } },
    async () => codeOrStatus(await lockedOut()),
    ['session.invalid_credentials', 'session.verification_blocked_too_many_attempts'],
  ],
  'sentinelPolicy.lockoutDuration': [
    { sentinelPolicy: { maxAttempts: 1 } },
    { sentinelPolicy: { maxAttempts: 1, lockoutDuration: 5 } },
    async () => (await lockedOut()).body.message.match(/\d+ minutes/)?.[0],
    ['60 minutes', '5 minutes'],
  ],
  'emailBlocklistPolicy.blockDisposableAddresses': [
    byCode,
    { emailBlocklistPolicy: { blockDisposableAddresses: true } },
    address(() => `a${next()}@mailinator.com`),
    [200, 'session.email_blocklist.disposable_email_validation_failed'],
  ],
  'emailBlocklistPolicy.blockSubaddressing': [
    byCode,
    { emailBlocklistPolicy: { blockSubaddressing: true } },
    address(() => `a+${next()}@example.com`),
    [200, 'session.email_blocklist.email_subaddressing_not_allowed'],
  ],
  'emailBlocklistPolicy.customBlocklist': [
    byCode,
    { emailBlocklistPolicy: { customBlocklist: ['@example.com'] } },
    address(freshEmail),
    [200, 'session.email_blocklist.email_not_allowed'],
  ],
  'emailBlocklistPolicy.customAllowlist': [
    { ...byCode, emailBlocklistPolicy: { customBlocklist: ['@example.com'] } },
    { emailBlocklistPolicy: { customBlocklist: ['@example.com'], customAllowlist: ['@example.com'] } },
    address(freshEmail),
    ['session.email_blocklist.email_not_allowed', 200],
  ],
  'verificationCodePolicy.expirationDuration': [
    byCode,
    { verificationCodePolicy: { expirationDuration: 60 } },
    () => byMailedCode([], 90_000),
    ['home', 'enter-code'],
  ],
  'verificationCodePolicy.maxRetryAttempts': [
    byCode,
    { verificationCodePolicy: { maxRetryAttempts: 1 } },
    () => byMailedCode(['000000', '000001']),
    ['home', 'enter-code'],
  ],
  signUpProfileFields: [
    {},
    { signUpProfileFields: [{ name: 'team' }] },
    async () => codeOrStatus(await (await registered()).walker.call('POST', '/experience/submit')),
    [200, 'user.missing_profile'],
  ],
  passwordExpiration: [
    { forgotPasswordMethods: ['EmailVerificationCode'] },
    { passwordExpiration: { enabled: true, validPeriodDays: 1 } },
    async () => {
      const user = await people.newUser();
      await app
        .scope()
        .db.execute(sql`update users set password_updated_at = now() - interval '2 days' where id = ${user.id}`);
      const { walker } = await begin('SignIn');
      const proof = { identifier: { type: 'username', value: user.username }, password: PASSWORD };
      const { body } = await walker.call('POST', '/experience/verification/password', proof);
      return codeOrStatus(await walker.call('POST', '/experience/identification', body));
    },
    [204, 'password.expired'],
  ],
};
/** Where a difference is seen that takes more than a sign-in. */
const elsewhere: Record<string, string> = {
  // Whoever signs up by an address proves it: anything else is refused.
  'signUp.verify': 'sign-in-experience.test.ts',
  'customUiAssets.id': 'assets.test.ts',
  'customUiAssets.createdAt': 'assets.test.ts',
  'customUiCsp.scriptSrc': 'assets.test.ts',
  'customUiCsp.connectSrc': 'assets.test.ts',
  'passwordPolicy.rejects.pwned': 'password-policy.test.ts',
  'adaptiveMfa.enabled': 'adaptive-mfa.test.ts',
  'adaptiveMfa.thresholds.newCountryDays': 'adaptive-mfa.test.ts',
  'adaptiveMfa.thresholds.maxSpeedKmh': 'adaptive-mfa.test.ts',
  'adaptiveMfa.thresholds.inactivityDays': 'adaptive-mfa.test.ts',
  'adaptiveMfa.thresholds.minBotScore': 'adaptive-mfa.test.ts',
};

describe.each(settings.filter((name) => !elsewhere[name]))('%s', (name) => {
  it('makes a difference', async () => {
    const difference = differences[name];
    if (!difference) throw new Error('nothing shows that anything reads it');
    const [both, change, see, seen] = difference;
    await set(both);
    const without = await see();
    await set({ ...both, ...change });
    expect([without, await see()]).toEqual(seen);
  });
});
