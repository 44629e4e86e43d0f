import { describe, expect, test } from 'vitest';
import { call, createTestApp } from '../../../test/harness.ts';

const app = await createTestApp({ DEVELOPMENT_INBOX: 'false' });
const { api } = app;
const path = '/api/sign-in-exp';
const username = { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true };
const emailByPassword = { ...username, identifier: 'email' };

describe('GET /api/sign-in-exp', () => {
  test('200 with every setting of a new tenant', async () => {
    expect(await api('GET', path)).toMatchObject({
      status: 200,
      body: {
        tenantId: 'default',
        id: 'default',
        signIn: { methods: [username] },
        signUp: { identifiers: ['username'], password: true, verify: false },
        signInMode: 'SignInAndRegister',
        socialSignInConnectorTargets: [],
        passwordPolicy: {},
        mfa: { factors: [], policy: 'UserControlled' },
      },
    });
  });

  test('401 without a token', async () => {
    expect((await call(app.origin + path, 'GET')).status).toBe(401);
  });
});

describe('PATCH /api/sign-in-exp', () => {
  test('200 changes what is sent, for one tenant alone', async () => {
    const color = { primaryColor: '#123456', isDarkModeEnabled: false, darkPrimaryColor: '#abc' };
    const answer = await api('PATCH', path, { color, termsOfUseUrl: 'https://example.com/terms' });
    expect(answer).toMatchObject({ status: 200, body: { color, termsOfUseUrl: 'https://example.com/terms' } });
    expect((await api('PATCH', path, { termsOfUseUrl: '' })).body).toMatchObject({ color, termsOfUseUrl: null });
    const admin = await app.apiOf('admin');
    expect((await admin('GET', path)).body.color.primaryColor).not.toBe('#123456');
  });

  test('200 for social only: nothing to type at all', async () => {
    const answer = await api('PATCH', path, {
      signUp: { identifiers: [], password: false, verify: false },
      signIn: { methods: [] },
      socialSignInConnectorTargets: ['gitlab'],
    });
    expect(answer.status).toBe(200);
    const back = {
      signUp: { identifiers: ['username'], password: true, verify: false },
      signIn: { methods: [username] },
    };
    expect((await api('PATCH', path, back)).status).toBe(200);
  });

  test.each([
    [{ color: { primaryColor: 'red', isDarkModeEnabled: true, darkPrimaryColor: '#000' } }],
    [{ termsOfUseUrl: 'javascript:alert(1)' }],
    [{ branding: { logoUrl: 'data:text/html,x' } }],
    [{ signInMode: 'Never' }],
    [{ passwordPolicy: { length: { min: 20, max: 10 } } }],
    [{ sentinelPolicy: { maxAttempts: 0 } }],
  ])('400 for %j', async (body) => {
    expect(await api('PATCH', path, body)).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
  });

  test.each([
    [{ signUp: { identifiers: ['username'], password: false, verify: false } }, 'username_requires_password'],
    [{ signUp: { identifiers: ['email'], password: true, verify: false } }, 'passwordless_requires_verify'],
    [{ signIn: { methods: [emailByPassword] } }, 'miss_sign_up_identifier_in_sign_in'],
    [{ signIn: { methods: [{ ...username, password: false }] } }, 'password_sign_in_must_be_enabled'],
    [
      { signIn: { methods: [username, { ...emailByPassword, password: false }] } },
      'at_least_one_authentication_factor',
    ],
    [
      { signUp: { identifiers: ['username', 'username'], password: true, verify: false } },
      'duplicated_sign_up_identifiers',
    ],
    [
      { signIn: { methods: [username, { ...emailByPassword, verificationCode: true }] } },
      'enabled_connector_not_found',
    ],
    [{ signUp: { identifiers: ['email'], password: true, verify: false } }, 'passwordless_requires_verify'],
    [
      {
        signUp: { identifiers: ['email'], password: false, verify: true },
        signIn: { methods: [emailByPassword] },
      },
      'code_sign_in_must_be_enabled',
    ],
    [{ forgotPasswordMethods: ['EmailVerificationCode'] }, 'forgot_password_method_requires_connector'],
    [{ passwordExpiration: { enabled: true, validPeriodDays: 30 } }, 'password_expiration_requires_forgot_password'],
    [{ languageInfo: { autoDetect: true, fallbackLanguage: 'tlh' } }, 'unsupported_default_language'],
    [{ mfa: { factors: ['Totp', 'Totp'], policy: 'NoPrompt' } }, 'duplicated_mfa_factors'],
    [{ mfa: { factors: ['BackupCode'], policy: 'Mandatory' } }, 'backup_code_cannot_be_enabled_alone'],
    [{ adaptiveMfa: { enabled: true } }, 'adaptive_mfa_requires_mfa'],
    [
      { adaptiveMfa: { enabled: true }, mfa: { factors: ['Totp'], policy: 'Mandatory' } },
      'adaptive_mfa_requires_non_skippable_policy',
    ],
    [
      { mfa: { factors: ['Totp'], policy: 'PromptOnlyAtSignInMandatory' } },
      'non_adaptive_mfa_requires_skippable_policy',
    ],
  ])('422 for %j', async (body, code) => {
    expect(await api('PATCH', path, body)).toMatchObject({
      status: 422,
      body: { code: `sign_in_experiences.${code}` },
    });
  });

  test('200: HTML of the tenant’s own is kept as it is sent, for pages of its own too', async () => {
    const customContent = { '/sign-in': '<p onclick="x()">Welcome</p>', '/register': '' };
    expect((await api('PATCH', path, { customContent })).body.customContent).toEqual(customContent);
    const open = await call(`${app.origin}/api/.well-known/sign-in-exp`, 'GET');
    expect(open.body.customContent).toEqual(customContent);
    await api('PATCH', path, { customContent: {} });
  });

  test('409 while usernames differ by case only, and new ones are kept apart afterwards', async () => {
    await api('POST', '/api/users', { username: 'Same' });
    const second = await api('POST', '/api/users', { username: 'same' });
    const insensitive = { usernamePolicy: { caseSensitive: false } };
    expect(await api('PATCH', path, insensitive)).toMatchObject({
      status: 409,
      body: { code: 'sign_in_experiences.username_policy_case_conflicts_exist', data: { totalConflicts: 1 } },
    });
    expect((await api('GET', `${path}/username-policy/case-sensitivity-conflicts?limit=10`)).body).toMatchObject({
      totalConflicts: 1,
      samples: [{ usernameLower: 'same', userIds: expect.arrayContaining([second.body.id]) }],
    });
    await api('PATCH', `/api/users/${second.body.id}`, { username: 'another' });
    expect((await api('PATCH', path, insensitive)).status).toBe(200);
    expect(await api('POST', '/api/users', { username: 'SAME' })).toMatchObject({
      status: 422,
      body: { code: 'user.username_already_in_use' },
    });
    expect((await api('PATCH', `/api/users/${second.body.id}`, { username: 'ANOTHER' })).status).toBe(200);
  });
});

describe('POST /api/sign-in-exp/default/check-password', () => {
  const check = (body: object) => api('POST', `${path}/default/check-password`, body);

  test('200 with all that is wrong', async () => {
    await api('PATCH', path, {
      passwordPolicy: {
        length: { min: 10, max: 64 },
        characterTypes: { min: 3 },
        rejects: { pwned: false, repetitionAndSequence: true, userInfo: true, words: ['bookstore'] },
      },
    });
    const answer = await check({ password: 'abc' });
    expect(answer).toMatchObject({ status: 200, body: { result: false } });
    expect(answer.body.issues).toContainEqual({ code: 'password_rejected.too_short', interpolation: { min: 10 } });
    expect((await check({ password: 'Zeitgeist-fur-7-Wale' })).body).toEqual({ result: true });
  });

  test('200 refuses what is made of the user’s own name', async () => {
    const { body: user } = await api('POST', '/api/users', { username: 'grasshopper' });
    const answer = await check({ password: 'Grasshopper1', userId: user.id });
    expect(answer.body.issues).toContainEqual({ code: 'password_rejected.restricted.user_info' });
  });
});
