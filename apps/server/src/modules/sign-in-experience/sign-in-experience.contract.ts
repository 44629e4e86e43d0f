import { z } from 'zod';
import { defineOperation, hexColor, orEmpty, timestamp, webAddress } from '../../kernel/wire.contract.ts';

const tag = 'Sign-in experience';

// Fields (features 2.1) ----------------------------------------------------------------------------------------------

export const signInIdentifier = z.enum(['username', 'email', 'phone']);
export type SignInIdentifier = z.infer<typeof signInIdentifier>;

/** BCP 47, of at most 16 characters. */
const languageTag = z
  .string()
  .max(16)
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'must be a language tag');

export const color = z.object({
  primaryColor: hexColor,
  isDarkModeEnabled: z.boolean(),
  darkPrimaryColor: hexColor,
});

export const branding = z.object({
  logoUrl: webAddress.optional(),
  darkLogoUrl: webAddress.optional(),
  favicon: webAddress.optional(),
  darkFavicon: webAddress.optional(),
});

const languageInfo = z.object({
  autoDetect: z.boolean().describe('The browser’s languages come before the fallback.'),
  fallbackLanguage: languageTag,
});

export const agreeToTermsPolicy = z.enum(['Automatic', 'ManualRegistrationOnly', 'Manual']);

const signIn = z.object({
  methods: z
    .array(
      z.object({
        identifier: signInIdentifier,
        password: z.boolean(),
        verificationCode: z.boolean(),
        isPasswordPrimary: z.boolean(),
      }),
    )
    .max(3),
});

const signUp = z.object({
  identifiers: z.array(signInIdentifier).max(3),
  password: z.boolean(),
  verify: z.boolean(),
  secondaryIdentifiers: z
    .array(
      z.object({ identifier: z.enum([...signInIdentifier.options, 'emailOrPhone']), verify: z.boolean().optional() }),
    )
    .max(4)
    .optional(),
});

const socialSignIn = z.object({
  automaticAccountLinking: z.boolean().optional(),
  skipRequiredIdentifiers: z.boolean().optional(),
});

export const signInMode = z.enum(['SignIn', 'Register', 'SignInAndRegister']);

export const passwordPolicy = z.object({
  length: z
    .object({ min: z.number().int().min(1).max(256), max: z.number().int().min(1).max(256) })
    .refine(({ min, max }) => min <= max, 'min must not exceed max')
    .optional(),
  characterTypes: z.object({ min: z.number().int().min(1).max(4) }).optional(),
  rejects: z
    .object({
      pwned: z.boolean(),
      repetitionAndSequence: z.boolean(),
      userInfo: z.boolean(),
      words: z.array(z.string().min(1).max(128)).max(1000),
    })
    .optional(),
});
export type PasswordPolicy = z.infer<typeof passwordPolicy>;

const passwordExpiration = z.union([
  z.object({
    enabled: z.literal(true),
    validPeriodDays: z.number().int().min(1).max(3650),
    enabledAt: timestamp.optional(),
  }),
  z.object({ enabled: z.literal(false).optional() }),
]);

export const usernamePolicy = z.object({
  caseSensitive: z.boolean().optional(),
  minLength: z.number().int().min(1).max(128).optional(),
  maxLength: z.number().int().min(1).max(128).optional(),
  allowedChars: z
    .object({
      lowercase: z.boolean().optional(),
      uppercase: z.boolean().optional(),
      numbers: z.boolean().optional(),
      underscore: z.boolean().optional(),
    })
    .optional(),
});
export type UsernamePolicy = z.infer<typeof usernamePolicy>;

const days = (maximum: number) => z.number().int().min(1).max(maximum).optional();

const adaptiveMfa = z.object({
  enabled: z.boolean().optional(),
  thresholds: z
    .object({
      newCountryDays: days(3650).describe('Days for which a country is known after a sign-in from there; 180.'),
      maxSpeedKmh: z.number().int().min(1).max(100_000).optional().describe('Fastest way between two sign-ins; 900.'),
      inactivityDays: days(3650).describe('Days without a sign-in; 30.'),
      minBotScore: z.number().int().min(0).max(100).optional().describe('Below it the sender is a machine; 30.'),
    })
    .optional()
    .describe('From where on a sign-in looks unlike the earlier ones.'),
});
export type AdaptiveMfa = z.infer<typeof adaptiveMfa>;

const mfa = z.object({
  factors: z.array(z.enum(['Totp', 'WebAuthn', 'BackupCode', 'EmailVerificationCode', 'PhoneVerificationCode'])).max(5),
  policy: z.enum([
    'UserControlled',
    'Mandatory',
    'PromptOnlyAtSignIn',
    'PromptAtSignInAndSignUp',
    'NoPrompt',
    'PromptAtSignInAndSignUpMandatory',
    'PromptOnlyAtSignInMandatory',
  ]),
  organizationRequiredMfaPolicy: z.enum(['NoPrompt', 'Mandatory']).optional(),
});

const forgotPasswordMethods = z
  .array(z.enum(['EmailVerificationCode', 'PhoneVerificationCode']))
  .max(2)
  .nullable();
/** Hosts of a Content-Security-Policy: a quote, a comma, a semicolon or a space would begin something else. */
const cspSources = z
  .array(
    z
      .string()
      .max(2048)
      .regex(
        /^(?:(?:https?|wss?):\/\/)?[\w*.-]+(?::(?:\d+|\*))?(?:\/[\w./~%-]*)?$/,
        'must be a host such as https://cdn.example.com',
      ),
  )
  .max(50);
const blocklist = z.array(z.string().min(1).max(256)).max(1000);
const markup = z.string().max(262_144);

/** The settings that a PATCH may name and an anonymous reader may see. */
const publicFields = {
  color,
  branding,
  hideLogtoBranding: z.boolean(),
  languageInfo,
  agreeToTermsPolicy,
  signIn,
  signUp,
  socialSignIn,
  socialSignInConnectorTargets: z.array(z.string().min(1).max(128)).max(100),
  signInMode,
  customCss: markup.nullable(),
  customContent: z
    .record(z.string(), z.string().max(16_384))
    .describe(
      'HTML of your own by the path of a sign-in page, such as `/sign-in` or `/register`. It is kept as it is sent; ' +
        'the hosted pages show it below the form, without scripts, styles, frames, fields, and classes that begin with `lk-`.',
    ),
  customUiAssets: z.object({ id: z.string(), createdAt: timestamp }).nullable(),
  customUiCsp: z.object({ scriptSrc: cspSources.optional(), connectSrc: cspSources.optional() }),
  passwordPolicy,
  mfa,
  adaptiveMfa,
  trustedDevice: z.object({
    enabled: z.boolean().optional().describe('Users may choose not to be asked again in a browser.'),
    durationDays: days(365).describe('30.'),
  }),
  singleSignOnEnabled: z.boolean(),
  captchaPolicy: z.object({ enabled: z.boolean().optional() }),
  sentinelPolicy: z.object({
    maxAttempts: z.number().int().min(1).max(1000).optional().describe('Failures before an identifier is locked; 100.'),
    lockoutDuration: z.number().int().min(1).max(525_600).optional().describe('Minutes; 60.'),
  }),
  passkeySignIn: z.object({
    enabled: z.boolean().optional(),
    showPasskeyButton: z.boolean().optional(),
    allowAutofill: z.boolean().optional(),
  }),
  signUpProfileFields: z.array(z.object({ name: z.string().min(1).max(128) })).nullable(),
  passwordExpiration,
  usernamePolicy,
  verificationCodePolicy: z.object({
    expirationDuration: z.number().int().min(60).max(3600).optional().describe('Seconds; 600.'),
    maxRetryAttempts: z.number().int().min(1).max(100).optional().describe('10.'),
  }),
  forgotPasswordMethods,
};

const emailBlocklistPolicy = z.object({
  blockDisposableAddresses: z.boolean().optional(),
  blockSubaddressing: z.boolean().optional(),
  customAllowlist: blocklist.optional(),
  customBlocklist: blocklist.optional(),
});

const links = {
  termsOfUseUrl: z.string().nullable(),
  privacyPolicyUrl: z.string().nullable(),
  supportEmail: z.string().nullable(),
  supportWebsiteUrl: z.string().nullable(),
  unknownSessionRedirectUrl: z.string().nullable(),
};

export const signInExperience = z.object({
  tenantId: z.string(),
  id: z.string(),
  ...publicFields,
  ...links,
  emailBlocklistPolicy,
});
export type SignInExperience = z.infer<typeof signInExperience>;
/** The settings without the row's own names. */
export type SignInSettings = Omit<SignInExperience, 'tenantId' | 'id'>;

const link = orEmpty(webAddress.nullable()).describe('The empty text or null removes it.');

const updateBody = z.object({
  ...z.object({ ...publicFields, emailBlocklistPolicy }).partial().shape,
  termsOfUseUrl: link.optional(),
  privacyPolicyUrl: link.optional(),
  supportEmail: orEmpty(z.email().max(256).nullable()).optional(),
  supportWebsiteUrl: link.optional(),
  unknownSessionRedirectUrl: link.optional(),
});
export type UpdateSignInExperience = z.output<typeof updateBody>;

/** What a tenant has before anybody changes it, and what a stored settings object leaves out. */
export const defaultSignInSettings: SignInSettings = {
  color: { primaryColor: '#4353e0', isDarkModeEnabled: true, darkPrimaryColor: '#8f9bff' },
  branding: {},
  hideLogtoBranding: false,
  languageInfo: { autoDetect: true, fallbackLanguage: 'en' },
  termsOfUseUrl: null,
  privacyPolicyUrl: null,
  agreeToTermsPolicy: 'Automatic',
  signIn: { methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }] },
  signUp: { identifiers: ['username'], password: true, verify: false },
  socialSignIn: {},
  socialSignInConnectorTargets: [],
  signInMode: 'SignInAndRegister',
  customCss: null,
  customContent: {},
  customUiAssets: null,
  customUiCsp: {},
  passwordPolicy: {},
  mfa: { factors: [], policy: 'UserControlled' },
  adaptiveMfa: {},
  trustedDevice: {},
  singleSignOnEnabled: false,
  supportEmail: null,
  supportWebsiteUrl: null,
  unknownSessionRedirectUrl: null,
  captchaPolicy: {},
  sentinelPolicy: {},
  emailBlocklistPolicy: {},
  verificationCodePolicy: {},
  forgotPasswordMethods: [],
  passkeySignIn: {},
  signUpProfileFields: [],
  passwordExpiration: { enabled: false },
  usernamePolicy: {},
};

// Operations ---------------------------------------------------------------------------------------------------------

export const getSignInExperience = defineOperation({
  method: 'GET',
  path: '/api/sign-in-exp',
  tag,
  summary: 'Get the sign-in experience',
  description: 'How users of the tenant sign up and in, and how the pages look.',
  response: { 200: signInExperience },
});

export const updateSignInExperience = defineOperation({
  method: 'PATCH',
  path: '/api/sign-in-exp',
  tag,
  summary: 'Update the sign-in experience',
  description: 'Replaces the settings that are sent. Contradictions are refused, and so is what does not work yet.',
  query: z.object({
    removeUnusedDemoSocialConnector: z.string().optional().describe('Accepted; there are no demo connectors.'),
  }),
  body: updateBody,
  response: { 200: signInExperience },
  errors: {
    409: ['sign_in_experiences.username_policy_case_conflicts_exist'],
    422: [
      'custom_profile_fields.entity_not_exists_with_names',
      'sign_in_experiences.passwordless_requires_verify',
      'sign_in_experiences.code_sign_in_must_be_enabled',
      'sign_in_experiences.password_expiration_requires_forgot_password',
      'sign_in_experiences.username_requires_password',
      'sign_in_experiences.miss_sign_up_identifier_in_sign_in',
      'sign_in_experiences.password_sign_in_must_be_enabled',
      'sign_in_experiences.at_least_one_authentication_factor',
      'sign_in_experiences.duplicated_sign_up_identifiers',
      'sign_in_experiences.enabled_connector_not_found',
      'sign_in_experiences.forgot_password_method_requires_connector',
      'sign_in_experiences.unsupported_default_language',
      'request.invalid_input',
    ],
  },
});

export const checkPassword = defineOperation({
  method: 'POST',
  path: '/api/sign-in-exp/default/check-password',
  tag,
  summary: 'Check a password against the policy',
  description: 'Says whether a new password would be accepted, and all that is wrong with it if not.',
  body: z.object({
    password: z.string().max(1024),
    userId: z.string().max(21).optional().describe('Whose name, username, e-mail and phone it must not contain.'),
  }),
  response: {
    200: z.union([
      z.object({ result: z.literal(true) }),
      z.object({
        result: z.literal(false),
        issues: z.array(
          z.object({
            code: z.string(),
            interpolation: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
          }),
        ),
      }),
    ]),
  },
});

export const listUsernameCaseConflicts = defineOperation({
  method: 'GET',
  path: '/api/sign-in-exp/username-policy/case-sensitivity-conflicts',
  tag,
  summary: 'Find usernames that differ by case only',
  description: 'Usernames can be made case-insensitive only when there are none.',
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20).describe('Samples to return.') }),
  response: {
    200: z.object({
      totalConflicts: z.number().int(),
      samples: z.array(z.object({ usernameLower: z.string(), userIds: z.array(z.string()) })),
    }),
  },
});
