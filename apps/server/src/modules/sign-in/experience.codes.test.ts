// Flow recipes 2, 3, 4, 9 and 10 of features 3.3, through the Experience API.
import { beforeAll, describe, expect, it } from 'vitest';
import { startExperience } from '../../../test/experience.ts';
import { createTestApp } from '../../../test/harness.ts';
import { codeSentTo, messagesTo } from '../../../test/mail.ts';
import { createClient, obtainTokens, requestToken } from '../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
const NEW_PASSWORD = 'Quiet-otter-7-cloud';

type Event = 'SignIn' | 'Register' | 'ForgotPassword';
type Page = Awaited<ReturnType<typeof startExperience>>;
type Address = { type: 'email' | 'phone'; value: string };

const set = async (settings: object) => {
  const answer = await app.api('PATCH', '/api/sign-in-exp', settings);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};
const method = (identifier: string, more: object = {}) => ({
  identifier,
  password: true,
  verificationCode: identifier !== 'username',
  isPasswordPrimary: true,
  ...more,
});
const everyMethod = { methods: [method('username'), method('email'), method('phone')] };

let count = 0;
const newUser = async (more: object = {}) => {
  count += 1;
  const email = `person${count}@example.com`;
  const user = await app.modules.users.create(app.scope(), { primaryEmail: email, password: PASSWORD, ...more });
  return { ...user, email };
};
const freshEmail = (): Address => {
  count += 1;
  return { type: 'email', value: `new${count}@example.com` };
};

const begin = async (interactionEvent: Event, extra: Record<string, string> = {}) => {
  const page = await startExperience(app, client, extra);
  const answer = await page.call('PUT', '/experience', { interactionEvent });
  expect(answer.status, JSON.stringify(answer.body)).toBe(204);
  return page;
};
const send = (page: Page, identifier: Address, interactionEvent: Event) =>
  page.call('POST', '/experience/verification/verification-code', { identifier, interactionEvent });

/** A proof that the address was read. */
async function prove(page: Page, identifier: Address, interactionEvent: Event): Promise<string> {
  const sent = await send(page, identifier, interactionEvent);
  expect(sent.status, JSON.stringify(sent.body)).toBe(200);
  const { verificationId } = sent.body;
  const code = await codeSentTo(app, identifier.value);
  const proof = { identifier, verificationId, code };
  const verified = await page.call('POST', '/experience/verification/verification-code/verify', proof);
  expect(verified, JSON.stringify(verified.body)).toMatchObject({ status: 200, body: { verificationId } });
  return verificationId;
}
const identify = (page: Page, verificationId?: string) =>
  page.call('POST', '/experience/identification', verificationId ? { verificationId } : {});
const give = (page: Page, body: object) => page.call('POST', '/experience/profile', body);

async function finish(page: Page): Promise<void> {
  const { status, body } = await page.call('POST', '/experience/submit');
  expect(status, JSON.stringify(body)).toBe(200);
  const { url } = await page.browser.follow(await page.browser.get(body.redirectTo), body.redirectTo);
  expect(new URL(url).searchParams.get('code')).toBeTruthy();
}

beforeAll(() =>
  set({
    signIn: everyMethod,
    signUp: { identifiers: ['email', 'phone'], password: false, verify: true },
    forgotPasswordMethods: ['EmailVerificationCode', 'PhoneVerificationCode'],
  }),
);

describe('signing in by a code', () => {
  it('200: sent, read, identified, submitted', async () => {
    const user = await newUser();
    const page = await begin('SignIn');
    const verificationId = await prove(page, { type: 'email', value: user.email }, 'SignIn');
    expect((await identify(page, verificationId)).status).toBe(204);
    const state = await page.call('GET', '/experience/interaction');
    expect(state.body).toMatchObject({
      userId: user.id,
      verificationRecords: [{ type: 'EmailVerificationCode', templateType: 'SignIn', verified: true }],
    });
    await finish(page);
  });

  it('200: by phone', async () => {
    await newUser({ primaryPhone: '819012345678' });
    const page = await begin('SignIn');
    const verificationId = await prove(page, { type: 'phone', value: '819012345678' }, 'SignIn');
    expect((await identify(page, verificationId)).status).toBe(204);
    await finish(page);
  });

  it('in the language that the application asks for', async () => {
    const user = await newUser();
    await send(await begin('SignIn', { ui_locales: 'ja' }), { type: 'email', value: user.email }, 'SignIn');
    expect((await messagesTo(app, user.email))[0]).toMatchObject({ locale: 'ja', templateType: 'SignIn' });
  });

  it('404, then an account with the same proof: the address is unknown', async () => {
    const address = freshEmail();
    const page = await begin('SignIn');
    const verificationId = await prove(page, address, 'SignIn');
    expect(await identify(page, verificationId)).toMatchObject({
      status: 404,
      body: { code: 'user.user_not_exist', data: { identifier: address.value } },
    });
    await page.call('PUT', '/experience/interaction-event', { interactionEvent: 'Register' });
    expect((await identify(page, verificationId)).status).toBe(201);
    await finish(page);
    expect(await app.modules.users.findByIdentifier(app.scope(), address)).toMatchObject({ hasPassword: false });
  });

  it('400: a wrong code, a code of another address', async () => {
    const user = await newUser();
    const page = await begin('SignIn');
    const identifier: Address = { type: 'email', value: user.email };
    const { verificationId } = (await send(page, identifier, 'SignIn')).body;
    const path = '/experience/verification/verification-code/verify';
    const code = await codeSentTo(app, user.email);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await page.call('POST', path, { identifier, verificationId, code: wrong })).toMatchObject({
      status: 400,
      body: { code: 'verification_code.code_mismatch' },
    });
    const other = { type: 'email', value: 'other@example.com' };
    expect(await page.call('POST', path, { identifier: other, verificationId, code })).toMatchObject({
      status: 400,
      body: { code: 'verification_code.email_mismatch' },
    });
    // A proof that was not given identifies nobody.
    expect(await identify(page, verificationId)).toMatchObject({ status: 400 });
  });

  it('404: a code of another sign-in', async () => {
    const user = await newUser();
    const identifier: Address = { type: 'email', value: user.email };
    const { verificationId } = (await send(await begin('SignIn'), identifier, 'SignIn')).body;
    const code = await codeSentTo(app, user.email);
    const thief = await begin('SignIn');
    const stolen = { identifier, verificationId, code };
    expect(await thief.call('POST', '/experience/verification/verification-code/verify', stolen)).toMatchObject({
      status: 404,
      body: { code: 'session.verification_session_not_found' },
    });
  });

  it('422: codes are switched off for the identifier', async () => {
    const user = await newUser();
    await set({
      signIn: { methods: [method('username'), method('email', { verificationCode: false }), method('phone')] },
      signUp: { identifiers: [], password: false, verify: false },
    });
    const page = await begin('SignIn');
    const verificationId = await prove(page, { type: 'email', value: user.email }, 'SignIn');
    expect(await identify(page, verificationId)).toMatchObject({
      status: 422,
      body: { code: 'user.sign_in_method_not_enabled' },
    });
    await set({ signIn: everyMethod, signUp: { identifiers: ['email', 'phone'], password: false, verify: true } });
  });

  it('400 for digits that are no phone number', async () => {
    const page = await begin('SignIn');
    expect(await send(page, { type: 'phone', value: '12' }, 'SignIn')).toMatchObject({
      status: 422,
      body: { code: 'user.invalid_phone' },
    });
  });
});

describe('signing up by a code', () => {
  it('422, then 201: with the password that is missing', async () => {
    await set({ signUp: { identifiers: ['email'], password: true, verify: true } });
    const address = freshEmail();
    const page = await begin('Register');
    const verificationId = await prove(page, address, 'Register');
    expect(await identify(page, verificationId)).toMatchObject({
      status: 422,
      body: { code: 'user.missing_profile', data: { missingProfile: ['password'] } },
    });
    expect((await give(page, { type: 'password', value: PASSWORD })).status).toBe(204);
    expect((await identify(page)).status).toBe(201);
    await finish(page);
    expect(await app.modules.users.findByIdentifier(app.scope(), address)).toMatchObject({ hasPassword: true });
  });

  it('422: an address that has an account, or that the tenant does not take', async () => {
    const user = await newUser();
    const page = await begin('Register');
    const verificationId = await prove(page, { type: 'email', value: user.email }, 'Register');
    expect(await identify(page, verificationId)).toMatchObject({
      status: 422,
      body: { code: 'user.email_already_in_use' },
    });
    await set({
      emailBlocklistPolicy: {
        blockDisposableAddresses: true,
        blockSubaddressing: true,
        customBlocklist: ['@blocked.example', 'first.last@gmail.com'],
        customAllowlist: ['good@blocked.example'],
      },
    });
    const refused = {
      'someone@mailinator.com': 'disposable_email_validation_failed',
      'some+one@example.com': 'email_subaddressing_not_allowed',
      'someone@blocked.example': 'email_not_allowed',
      'f.irstlast@googlemail.com': 'email_not_allowed',
    };
    for (const [value, code] of Object.entries(refused)) {
      expect(await send(page, { type: 'email', value }, 'Register')).toMatchObject({
        status: 422,
        body: { code: `session.email_blocklist.${code}` },
      });
    }
    expect((await send(page, { type: 'email', value: 'good@blocked.example' }, 'Register')).status).toBe(200);
    await set({ emailBlocklistPolicy: {} });
  });

  it('asks once for what the tenant wants to know beside', async () => {
    const field = { name: 'team', type: 'Text', label: 'Team', required: true };
    expect((await app.api('POST', '/api/custom-profile-fields', field)).status).toBe(201);
    await set({
      signUp: { identifiers: ['email'], password: false, verify: true },
      signUpProfileFields: [{ name: 'team' }],
    });
    const address = freshEmail();
    const page = await begin('Register');
    expect((await identify(page, await prove(page, address, 'Register'))).status).toBe(201);
    expect(await page.call('POST', '/experience/submit')).toMatchObject({
      status: 422,
      body: { code: 'user.missing_profile', data: { missingProfile: ['extraProfile'] } },
    });
    expect(await give(page, { type: 'extraProfile', values: {} })).toMatchObject({
      status: 422,
      body: { code: 'custom_profile_fields.invalid_value', data: { issues: [{ field: 'team' }] } },
    });
    expect((await give(page, { type: 'extraProfile', values: { team: 'Owls', role: 'admin' } })).status).toBe(204);
    await finish(page);
    const user = await app.modules.users.findByIdentifier(app.scope(), address);
    expect(user?.customData).toEqual({ team: 'Owls' });
    await set({ signUpProfileFields: [] });
  });
});

describe('an account that lacks what the tenant wants by now', () => {
  it('gets a username and a phone at sign-in', async () => {
    const user = await newUser();
    await set({
      signUp: {
        identifiers: ['username'],
        password: true,
        verify: true,
        secondaryIdentifiers: [{ identifier: 'phone', verify: true }],
      },
    });
    const page = await begin('SignIn');
    await identify(page, await prove(page, { type: 'email', value: user.email }, 'SignIn'));
    expect(await page.call('POST', '/experience/submit')).toMatchObject({
      status: 422,
      body: { data: { missingProfile: ['username', 'phone'] } },
    });
    expect((await give(page, { type: 'username', value: 'late_name' })).status).toBe(204);
    expect(await give(page, { type: 'email', verificationId: 'x' })).toMatchObject({
      status: 422,
      body: { code: 'user.email_exists_in_profile' },
    });
    const phone: Address = { type: 'phone', value: '819055556666' };
    const verificationId = await prove(page, phone, 'SignIn');
    expect((await messagesTo(app, phone.value))[0]).toMatchObject({ templateType: 'BindNewIdentifier' });
    expect((await give(page, { type: 'phone', verificationId })).status).toBe(204);
    await finish(page);
    expect(await app.modules.users.find(app.scope(), user.id)).toMatchObject({
      username: 'late_name',
      primaryPhone: phone.value,
    });
  });

  it('404: nothing is given to an account that nobody has proved', async () => {
    const page = await begin('SignIn');
    expect(await give(page, { type: 'username', value: 'whose' })).toMatchObject({
      status: 404,
      body: { code: 'session.identifier_not_found' },
    });
  });
});

describe('a forgotten password', () => {
  const recover = async (email: string) => {
    const page = await begin('ForgotPassword');
    const verificationId = await prove(page, { type: 'email', value: email }, 'ForgotPassword');
    return { page, verificationId };
  };

  it('200: replaced; every session and token ends, and the user signs in with the new one', async () => {
    const user = await newUser();
    const tokens = await obtainTokens(app, client, user.id);
    const { page, verificationId } = await recover(user.email);
    expect((await identify(page, verificationId)).status).toBe(204);
    expect(await page.call('POST', '/experience/submit')).toMatchObject({
      status: 422,
      body: { code: 'user.new_password_required_in_profile' },
    });
    const replace = (password: string) => page.call('PUT', '/experience/profile/password', { password });
    expect(await replace(PASSWORD)).toMatchObject({ status: 422, body: { code: 'user.same_password' } });
    expect(await replace('short')).toMatchObject({ status: 422, body: { code: 'password.rejected' } });
    expect((await replace(NEW_PASSWORD)).status).toBe(204);
    const submitted = await page.call('POST', '/experience/submit');
    expect(submitted.status).toBe(200);
    expect(submitted.body).toBeUndefined();

    const { refresh_token: refreshToken } = tokens.body;
    const refreshed = await requestToken(app, client, { grant_type: 'refresh_token', refresh_token: refreshToken });
    expect(refreshed).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const logs = await app.api('GET', '/api/logs?key=Interaction.ForgotPassword.Submit');
    expect(logs.body[0]).toMatchObject({ payload: { userId: user.id, result: 'Success' } });

    expect((await page.call('PUT', '/experience', { interactionEvent: 'SignIn' })).status).toBe(204);
    const identifier = { type: 'email', value: user.email };
    const byPassword = (password: string) =>
      page.call('POST', '/experience/verification/password', { identifier, password });
    expect((await byPassword(PASSWORD)).status).toBe(422);
    expect((await byPassword(NEW_PASSWORD)).status).toBe(200);
  });

  it('400: not without a method for it, not by switching over, not with a code for signing in', async () => {
    const user = await newUser();
    const page = await begin('SignIn');
    expect(
      await page.call('PUT', '/experience/interaction-event', { interactionEvent: 'ForgotPassword' }),
    ).toMatchObject({ status: 400, body: { code: 'session.not_supported_for_forgot_password' } });
    expect(await send(page, { type: 'email', value: user.email }, 'ForgotPassword')).toMatchObject({ status: 400 });
    const recovery = await begin('ForgotPassword');
    expect(await send(recovery, { type: 'email', value: user.email }, 'SignIn')).toMatchObject({ status: 400 });
    await set({ forgotPasswordMethods: [] });
    const off = await startExperience(app, client);
    expect(await off.call('PUT', '/experience', { interactionEvent: 'ForgotPassword' })).toMatchObject({
      status: 400,
      body: { code: 'session.forgot_password_not_enabled' },
    });
    await set({ forgotPasswordMethods: ['EmailVerificationCode'] });
  });

  it('signs nobody in: the proof is good for the password alone', async () => {
    const user = await newUser();
    const { page, verificationId } = await recover(user.email);
    await identify(page, verificationId);
    expect(await page.call('PUT', '/experience/interaction-event', { interactionEvent: 'SignIn' })).toMatchObject({
      status: 400,
    });
    await page.call('PUT', '/experience', { interactionEvent: 'SignIn' });
    expect(await identify(page, verificationId)).toMatchObject({ status: 404 });
    expect(await page.call('POST', '/experience/submit')).toMatchObject({ status: 404 });
  });

  it('tells an unknown address from a known one to nobody, and sends nothing there', async () => {
    const address = freshEmail();
    const page = await begin('ForgotPassword');
    expect((await send(page, address, 'ForgotPassword')).status).toBe(200);
    expect(await messagesTo(app, address.value)).toEqual([]);
  });

  it('422: a password that has grown old has to be replaced', async () => {
    await set({ signUp: { identifiers: [], password: false, verify: false } });
    const user = await newUser();
    const page = await begin('SignIn');
    const identifier = { type: 'email', value: user.email };
    const { body } = await page.call('POST', '/experience/verification/password', { identifier, password: PASSWORD });
    await set({ passwordExpiration: { enabled: true, validPeriodDays: 30 } });
    expect((await identify(page, body.verificationId)).status).toBe(204);
    await set({ passwordExpiration: { enabled: false } });
    await app.api('PATCH', `/api/users/${user.id}/password/expiration`, { isExpired: true });
    const again = await begin('SignIn');
    const proof = await again.call('POST', '/experience/verification/password', { identifier, password: PASSWORD });
    expect(await identify(again, proof.body.verificationId)).toMatchObject({
      status: 422,
      body: { code: 'password.expired' },
    });
  });
});

describe('a link that was sent to an address', () => {
  const link = async (email: string, context: object = {}) =>
    (await app.api('POST', '/api/one-time-tokens', { email, context })).body.token as string;
  const open = (page: Page, email: string, token: string) =>
    page.call('POST', '/experience/verification/one-time-token/verify', {
      identifier: { type: 'email', value: email },
      token,
    });

  it('200: signs its owner in, once', async () => {
    const user = await newUser();
    const token = await link(user.email);
    const page = await begin('SignIn');
    const { status, body } = await open(page, user.email, token);
    expect(status).toBe(200);
    expect((await identify(page, body.verificationId)).status).toBe(204);
    await finish(page);
    expect(await open(await begin('SignIn'), user.email, token)).toMatchObject({
      status: 400,
      body: { code: 'one_time_token.token_consumed' },
    });
  });

  it('201: signs a newcomer up, even where nobody may register', async () => {
    await set({ signInMode: 'SignIn' });
    const { value } = freshEmail();
    const page = await begin('SignIn');
    const { body } = await open(page, value, await link(value));
    expect(await identify(page, body.verificationId)).toMatchObject({ status: 404 });
    const over = await page.call('PUT', '/experience/interaction-event', { interactionEvent: 'Register' });
    expect(over.status).toBe(204);
    expect((await identify(page, body.verificationId)).status).toBe(201);
    await finish(page);
    await set({ signInMode: 'SignInAndRegister' });
  });

  it('lets whom it was sent to into the organizations that it names, newcomer or not, and nobody else', async () => {
    const { body: organization } = await app.api('POST', '/api/organizations', { name: 'Owls' });
    const context = { jitOrganizationIds: [organization.id, 'unknown'] };
    const membersOf = async () =>
      (await app.api('GET', `/api/organizations/${organization.id}/users`)).body.map(({ id }: { id: string }) => id);
    const [known, other] = [await newUser(), await newUser()];

    const stolen = await begin('SignIn');
    await open(stolen, known.email, await link(known.email, context));
    const identifier = { type: 'email', value: other.email };
    const own = await stolen.call('POST', '/experience/verification/password', { identifier, password: PASSWORD });
    expect((await identify(stolen, own.body.verificationId)).status).toBe(204);
    await finish(stolen);
    expect(await membersOf()).toEqual([]);

    const page = await begin('SignIn');
    const { body } = await open(page, known.email, await link(known.email, context));
    expect((await identify(page, body.verificationId)).status).toBe(204);
    await finish(page);
    const { value } = freshEmail();
    const newcomer = await begin('Register');
    const proof = await open(newcomer, value, await link(value, context));
    expect((await identify(newcomer, proof.body.verificationId)).status).toBe(201);
    await finish(newcomer);
    const created = await app.modules.users.findByIdentifier(app.scope(), { type: 'email', value });
    expect((await membersOf()).sort()).toEqual([known.id, created?.id].sort());
  });

  it('400: of another address, or made for something else; 404: made up', async () => {
    const user = await newUser();
    const page = await begin('SignIn');
    expect(await open(page, 'other@example.com', await link(user.email))).toMatchObject({
      status: 400,
      body: { code: 'one_time_token.email_mismatch' },
    });
    const forRecovery = await link(user.email, { interactionEvent: 'ForgotPassword' });
    expect(await open(page, user.email, forRecovery)).toMatchObject({
      status: 400,
      body: { code: 'one_time_token.interaction_event_mismatch' },
    });
    expect(await open(page, user.email, 'made-up')).toMatchObject({ status: 404 });
    const recovery = await begin('ForgotPassword');
    const { body } = await open(recovery, user.email, forRecovery);
    expect((await identify(recovery, body.verificationId)).status).toBe(204);
  });
});

describe('enterprise sign-in of a tenant without enterprise connectors', () => {
  it('200: no address belongs to one; 404: none can be started', async () => {
    const page = await begin('SignIn');
    expect(await page.call('GET', '/experience/sso-connectors?email=hana@example.com')).toMatchObject({
      status: 200,
      body: { connectorIds: [] },
    });
    const body = { state: 's', redirectUri: 'https://app.example.com/callback' };
    expect(await page.call('POST', '/experience/verification/sso/none/authorization-uri', body)).toMatchObject({
      status: 404,
      body: { code: 'entity.not_exists_with_id' },
    });
  });
});
