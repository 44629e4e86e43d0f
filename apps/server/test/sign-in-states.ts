import { authenticator as otp } from 'otplib';
import { expect } from 'vitest';
import type { State } from '../src/modules/sign-in/sign-in.flow.ts';
import { createTestApp } from './harness.ts';
import { codeSentTo } from './mail.ts';
import { visit } from './pages.ts';
import { createClient } from './protocol.ts';
import { connectProvider } from './providers.ts';
import { connectEnterprise } from './saml.ts';
import { startWalk, type Walker } from './walks.ts';

/** A tenant in which every state of the sign-in table can be reached, and how; it is made where this is imported. */
export const app = await createTestApp();
const client = await createClient(app);
const stranger = await createClient(app, { isThirdParty: true });
await app.api('POST', `/api/applications/${stranger.id}/user-consent-scopes`, { userScopes: ['profile'] });
/** Whom the provider vouches for next. */
const member: Record<string, unknown> = { sub: 'nobody' };
const club = await connectProvider(app, 'club', member);
await connectEnterprise(app, ['two.example']);
await connectEnterprise(app, ['two.example']);
export const PASSWORD = 'Paper-lamp-4-river';
const difficulty = { config: { type: 'ProofOfWork', difficulty: 1000 } };
expect((await app.api('PUT', '/api/captcha-provider', difficulty)).status).toBe(200);

const SETTINGS = {
  signIn: {
    methods: [
      { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true },
      { identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: true },
    ],
  },
  signUp: { identifiers: ['email'], password: false, verify: true, secondaryIdentifiers: [] },
  forgotPasswordMethods: ['EmailVerificationCode'],
  socialSignInConnectorTargets: ['club'],
  singleSignOnEnabled: true,
  captchaPolicy: { enabled: false },
  passkeySignIn: { enabled: false },
  trustedDevice: { enabled: true },
  mfa: { factors: [], policy: 'NoPrompt' },
};
let inForce = '';
/** The settings of the tenant from now on. */
export async function set(changes: object = {}): Promise<void> {
  const wanted = JSON.stringify({ ...SETTINGS, ...changes });
  if (wanted === inForce) return;
  const { status, body } = await app.api('PATCH', '/api/sign-in-exp', JSON.parse(wanted));
  expect(status, JSON.stringify(body)).toBe(200);
  inForce = wanted;
}
export const CAPTCHA = { captchaPolicy: { enabled: true } };
export const PASSKEYS = { passkeySignIn: { enabled: true, showPasskeyButton: true, allowAutofill: true } };
export const WITH_USERNAME = {
  signUp: { ...SETTINGS.signUp, secondaryIdentifiers: [{ identifier: 'username' }] },
};
export const WITH_PHONE = {
  signUp: { ...SETTINGS.signUp, secondaryIdentifiers: [{ identifier: 'phone', verify: true }] },
};
export const BY_USERNAME = {
  signUp: { identifiers: ['username'], password: true, verify: false, secondaryIdentifiers: [] },
};
export const PROVING = { mfa: { factors: ['Totp', 'BackupCode'], policy: 'Mandatory' } };
const OFFERING = { mfa: { factors: ['Totp', 'WebAuthn', 'PhoneVerificationCode'], policy: 'PromptAtSignInAndSignUp' } };

let count = 0;
const next = () => {
  count += 1;
  return count;
};
export const freshEmail = () => `walker${next()}@example.com`;
export const freshName = () => `walker_${next()}`;
export const freshPhone = () => `1415555${String(1000 + next())}`;
export const newUser = async (more: object = {}) => {
  const email = freshEmail();
  return { ...(await app.modules.users.create(app.scope(), { primaryEmail: email, ...more })), email };
};
const linkFor = async (email: string, context: object = {}) =>
  (await app.api('POST', '/api/one-time-tokens', { email, context })).body.token as string;
export const codeOf = (secret: string) => otp.clone({ epoch: app.scope().now.getTime() }).generate(secret);

export const start = (extra: Record<string, string | undefined> = {}) => startWalk(app, client, extra);
/** Opens the application by a link that was sent to the address; `byApi` spends it by the Experience API. */
export async function startByLink(
  email: string,
  extra: Record<string, string> = {},
  visitor = visit(app),
  by = client,
) {
  const context = extra.first_screen === 'reset_password' ? { interactionEvent: 'ForgotPassword' } : {};
  const token = await linkFor(email, context);
  const request = { one_time_token: token, login_hint: email, prompt: undefined, ...extra };
  const walker = await startWalk(app, by, request, visitor);
  return Object.assign(walker, { byApi: () => proveLink(walker, email, token) });
}
async function proveLink(walker: Walker, email: string, token: string): Promise<{ verificationId: string }> {
  const link = { identifier: { type: 'email', value: email }, token };
  const proof = await walker.tell('POST', '/experience/verification/one-time-token/verify', link);
  await walker.tell('POST', '/experience/identification', proof);
  return proof;
}
/** Somebody whose address is proved, at what the settings ask for beside. */
export async function proved(email: string, extra: Record<string, string> = {}, by = client): Promise<Walker> {
  const walker = await startByLink(email, extra, visit(app), by);
  await walker.submit('/one-time-token');
  return walker;
}
export const enterCode = async (walker: Walker, email: string) =>
  walker.submit('/verification-code', { code: await codeSentTo(app, email) });
export const withTotp = async (userId: string): Promise<string> =>
  (await app.api('POST', `/api/users/${userId}/mfa-verifications`, { type: 'Totp' })).body.secret;

/** As far as a code is asked for: of somebody who wants in, or up. */
export async function askedForCode(path: '/sign-in' | '/register', email: string): Promise<Walker> {
  const walker = await start(path === '/register' ? { first_screen: 'register' } : {});
  await walker.submit(path, { identifier: email });
  if (path === '/sign-in') await walker.submit('/sign-in/method', { method: 'code' });
  return walker;
}
export async function atSwitch(extra: Record<string, string> = {}) {
  const [here, other] = [await newUser(), await newUser()];
  const visitor = visit(app);
  const first = await startByLink(here.email, { scope: 'openid profile' }, visitor);
  await first.submit('/one-time-token');
  return startByLink(other.email, { scope: 'openid profile', ...extra }, visitor);
}
export async function atSocial(said: Record<string, unknown>) {
  const walker = await start();
  const uri = (await walker.send('/social/connector-club')).headers.get('location') ?? '';
  for (const key of Object.keys(member)) delete member[key];
  Object.assign(member, said);
  const callback = `${app.origin}/callback/connector-club`;
  const state = new URL(uri).searchParams.get('state') ?? '';
  return {
    walker,
    denied: `${callback}?${new URLSearchParams({ error: 'access_denied', state })}`,
    async comeBack() {
      walker.page = await walker.visitor.open(`${callback}?${new URLSearchParams(await club.authorize(uri))}`);
    },
  };
}
export async function atLinking(): Promise<{ walker: Walker; email: string }> {
  const { email } = await newUser({ password: PASSWORD });
  const { walker, comeBack } = await atSocial({ sub: `linking ${email}`, email, email_verified: true });
  await comeBack();
  return { walker, email };
}
export async function atReset(): Promise<Walker> {
  const { email } = await newUser();
  const walker = await start({ first_screen: 'reset_password' });
  await walker.submit('/forgot-password', { identifier: email });
  await enterCode(walker, email);
  return walker;
}
async function atBinding(factor: string): Promise<Walker> {
  await set(OFFERING);
  const walker = await proved((await newUser()).email);
  await walker.submit('/mfa-setup', { factor });
  return walker;
}
export async function atBackupCodes(): Promise<Walker> {
  await set({ mfa: { factors: ['Totp', 'BackupCode'], policy: 'Mandatory' } });
  const walker = await proved((await newUser()).email);
  const { html } = await walker.submit('/mfa-setup', { factor: 'Totp' });
  await walker.submit('/mfa-binding', { code: codeOf(/[A-Z2-7]{32}/.exec(html)?.[0] ?? '') });
  return walker;
}
export async function atProof(): Promise<{ walker: Walker; secret: string }> {
  await set(PROVING);
  const { id, email } = await newUser();
  const secret = await withTotp(id);
  await app.api('POST', `/api/users/${id}/mfa-verifications`, { type: 'BackupCode' });
  return { walker: await proved(email), secret };
}
export async function atSetPassword(): Promise<Walker> {
  const scope = app.scope('admin');
  const user = await app.modules.users.create(scope, { username: freshName() });
  await app.modules.tenants.makeAdministrator(scope, user.id);
  const token = await app.modules.tenants.links.issue(scope, 'recover', user.id);
  const console = { id: 'admin-console', secret: undefined, redirectUri: `${app.origin}/console/callback` };
  return startWalk(app, console, { setup_token: token, first_screen: 'register' }, visit(app), 'admin');
}

/** By the Experience API, as far as it is known who it is. */
export async function identified() {
  const { id, email } = await newUser();
  const walker = await start();
  await walker.tell('PUT', '/experience', { interactionEvent: 'SignIn' });
  return { walker, id, proof: await proveLink(walker, email, await linkFor(email)) };
}
/** The same by a code: in a sign-up or a recovery. */
export async function provedByCode(interactionEvent: 'Register' | 'ForgotPassword', email: string, known?: Walker) {
  const walker = known ?? (await start());
  if (!known) await walker.tell('PUT', '/experience', { interactionEvent });
  const identifier = { type: 'email', value: email };
  const sent = { interactionEvent, identifier };
  const { verificationId } = await walker.tell('POST', '/experience/verification/verification-code', sent);
  const given = { identifier, verificationId, code: await codeSentTo(app, email) };
  const proof = await walker.tell('POST', '/experience/verification/verification-code/verify', given);
  await walker.tell('POST', '/experience/identification', proof);
  return walker;
}

/** How each state is reached; what is kept of it serves all that can be turned to from there. */
export const reach: Record<Exclude<State, 'done'>, () => Promise<Walker>> = {
  'sign-in': () => start(),
  'enter-password': async () => {
    const walker = await start();
    await walker.submit('/sign-in', { identifier: (await newUser({ password: PASSWORD })).email });
    return walker;
  },
  'enter-code': async () => askedForCode('/sign-in', (await newUser()).email),
  register: () => start({ first_screen: 'register' }),
  'offer-register': async () => {
    const email = freshEmail();
    const walker = await askedForCode('/sign-in', email);
    await enterCode(walker, email);
    return walker;
  },
  'offer-sign-in': async () => {
    const { email } = await newUser();
    const walker = await askedForCode('/register', email);
    await enterCode(walker, email);
    return walker;
  },
  'one-time-token': async () => startByLink((await newUser()).email),
  'switch-account': () => atSwitch(),
  'forgot-password': () => start({ first_screen: 'reset_password' }),
  'reset-password': atReset,
  social: async () => (await atSocial({ sub: 'nobody' })).walker,
  'single-sign-on': async () => {
    const walker = await start();
    await walker.submit('/single-sign-on', { identifier: 'ada@two.example' });
    return walker;
  },
  'link-account': async () => (await atLinking()).walker,
  profile: async () => {
    await set(WITH_USERNAME);
    return proved(freshEmail());
  },
  'mfa-verification': async () => (await atProof()).walker,
  'mfa-setup': async () => {
    await set(OFFERING);
    return proved((await newUser()).email);
  },
  'bind-totp': () => atBinding('Totp'),
  'bind-passkey': () => atBinding('WebAuthn'),
  'bind-address': () => atBinding('PhoneVerificationCode'),
  'bind-backup-codes': atBackupCodes,
  'set-password': atSetPassword,
  consent: async () => proved((await newUser()).email, {}, stranger),
  identified: async () => (await identified()).walker,
};
