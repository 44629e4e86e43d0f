import type { PageModel, PageName, PageOf, PreviewPage, ProfileField } from '@latchkey/server/contract';

/** Pages with sample content: for the Console's preview, for the tests, and for looking at. */

type Frame = PageModel['frame'];

/** A picture that needs no network. */
const picture = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#e2542b" d="M12 22 2 11l3-8 3 6h8l3-6 3 8z"/></svg>',
)}`;

/** Looks like a QR code, and says nothing. */
const qrCode = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 25" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h25v25H0z"/><path d="M2 2h7v7H2zm14 0h7v7h-7zM2 16h7v7H2zM11 3h2v3h-2zm2 6h4v2h-4zm-9 2h3v3H4zm7 2h2v5h-2zm6 0h4v2h-4zm-3 6h3v3h-3zm5-2h4v3h-4zm1 5h3v1h-3z"/><path fill="#fff" d="M3 3h5v5H3zm14 0h5v5h-5zM3 17h5v5H3z"/><path d="M4 4h3v3H4zm14 0h3v3h-3zM4 18h3v3H4z"/></svg>`,
)}`;

const social = (frame: Frame) => [
  {
    target: 'gitlab',
    connectorId: 'sample',
    name: 'GitLab',
    logo: picture,
    href: `${frame.basePath}/social/sample${frame.appId ? `?app_id=${frame.appId}` : ''}`,
  },
];

const passwordRules = {
  minLength: 8,
  maxLength: 256,
  minCharacterTypes: 2,
  rejectsRepetitionAndSequence: true,
  rejectsUserInfo: true,
  rejectsPwned: true,
  rejectsWords: false,
};

const ceremony = JSON.stringify({ challenge: 'c2FtcGxl', rpId: 'localhost', allowCredentials: [] });
const backupCodes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((digit) => `4f9a1c0e${String(digit).padStart(2, '0')}`);
const address = 'mina@bookstore.test';

const part = (name: string, label: string, required = false) => ({
  name,
  label,
  required,
  enabled: true,
  type: 'Text' as const,
});

/** One field of each type. */
const fields: ProfileField[] = [
  {
    name: 'fullname',
    type: 'Fullname',
    label: 'Name',
    description: null,
    required: true,
    config: { parts: [part('givenName', 'Given name', true), part('familyName', 'Family name', true)] },
  },
  {
    name: 'company',
    type: 'Text',
    label: 'Company',
    description: 'As it should stand on the invoice.',
    required: true,
    config: { placeholder: 'Bookstore Ltd', minLength: 2, maxLength: 80 },
  },
  { name: 'birthdate', type: 'Date', label: 'Date of birth', description: null, required: false, config: {} },
  {
    name: 'seats',
    type: 'Number',
    label: 'Seats',
    description: null,
    required: false,
    config: { minValue: 1, maxValue: 500, placeholder: '10' },
  },
  {
    name: 'genre',
    type: 'Select',
    label: 'Favourite shelf',
    description: null,
    required: true,
    config: { options: [{ value: 'novels', label: 'Novels' }, { value: 'maps', label: 'Maps' }, { value: 'poems' }] },
  },
  {
    name: 'website',
    type: 'Url',
    label: 'Website',
    description: null,
    required: false,
    config: { placeholder: 'https://' },
  },
  {
    name: 'vat',
    type: 'Regex',
    label: 'VAT number',
    description: 'Two letters and nine digits.',
    required: false,
    config: { format: '[A-Z]{2}[0-9]{9}', placeholder: 'DE123456789' },
  },
  {
    name: 'address',
    type: 'Address',
    label: 'Postal address',
    description: null,
    required: false,
    config: {
      parts: [part('streetAddress', 'Street and number'), part('postalCode', 'Postal code'), part('locality', 'City')],
    },
  },
  {
    name: 'newsletter',
    type: 'Checkbox',
    label: 'Send me the newsletter',
    description: null,
    required: false,
    config: { defaultValue: 'true' },
  },
];

type Shared = { frame: Frame; errors: [] };
type Usual = { [Name in PageName]: PageOf<Name> };
type Some<Name extends PageName> = Pick<Usual, Name>;

function entryPages(
  shared: Shared,
): Some<
  | 'sign-in'
  | 'enter-password'
  | 'enter-code'
  | 'register'
  | 'offer-register'
  | 'offer-sign-in'
  | 'one-time-token'
  | 'switch-account'
  | 'link-ended'
  | 'one-tap'
> {
  return {
    'sign-in': {
      ...shared,
      page: 'sign-in',
      applicationName: shared.frame.branding.displayName,
      identifiers: ['username'],
      hasSingleSignOn: true,
      asksPassword: true,
      social: social(shared.frame),
      canResetPassword: true,
      canRegister: true,
      agreement: 'implied',
    },
    'enter-password': {
      ...shared,
      page: 'enter-password',
      identifier: address,
      alternatives: ['code', 'passkey'],
      canResetPassword: true,
    },
    'enter-code': {
      ...shared,
      page: 'enter-code',
      channel: 'email',
      purpose: 'sign-in',
      recipient: address,
      resendAfter: 30,
      alternatives: ['password'],
    },
    register: {
      ...shared,
      page: 'register',
      applicationName: shared.frame.branding.displayName,
      isFirstAdministrator: false,
      identifiers: ['username'],
      passwordRules,
      social: social(shared.frame),
      canSignIn: true,
      agreement: 'implied',
    },
    'offer-register': { ...shared, page: 'offer-register', address, agreement: 'implied' },
    'offer-sign-in': { ...shared, page: 'offer-sign-in', address },
    'one-time-token': { ...shared, page: 'one-time-token', address },
    'switch-account': { ...shared, page: 'switch-account', current: 'taro', address },
    'one-tap': { ...shared, page: 'one-tap', account: address },
    'link-ended': {
      frame: shared.frame,
      page: 'link-ended',
      why: 'used',
      address,
      canResetPassword: false,
      backHref: 'https://bookstore.test/',
    },
  };
}

function accountPages(
  shared: Shared,
): Some<'forgot-password' | 'reset-password' | 'set-password' | 'profile' | 'link-account' | 'single-sign-on'> {
  return {
    'forgot-password': { ...shared, page: 'forgot-password', identifiers: ['email', 'phone'], isExpired: false },
    'reset-password': { ...shared, page: 'reset-password', account: address, passwordRules },
    'set-password': { ...shared, page: 'set-password', token: 'the-recovery-token', username: 'mina', passwordRules },
    profile: {
      ...shared,
      page: 'profile',
      missing: ['username', 'password'],
      fields: [],
      values: { username: 'mina' },
      passwordRules,
      connectorName: 'GitLab',
      agreement: 'checkbox',
    },
    'link-account': {
      ...shared,
      page: 'link-account',
      connectorName: 'GitLab',
      address,
      hasPassword: true,
      canUseCode: true,
      social: [],
    },
    'single-sign-on': { ...shared, page: 'single-sign-on', choices: [] },
  };
}

function factorPages(
  shared: Shared,
): Some<'mfa-verify' | 'mfa-setup' | 'bind-totp' | 'bind-passkey' | 'bind-backup-codes' | 'bind-address'> {
  return {
    'mfa-verify': {
      ...shared,
      page: 'mfa-verify',
      factor: 'Totp',
      others: ['WebAuthn', 'BackupCode'],
      trustDays: 30,
    },
    'mfa-setup': {
      ...shared,
      page: 'mfa-setup',
      reason: 'offered',
      factors: ['WebAuthn', 'Totp', 'PhoneVerificationCode', 'EmailVerificationCode'],
      canSkip: true,
    },
    'bind-totp': {
      ...shared,
      page: 'bind-totp',
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      qrCode,
      uri: 'otpauth://totp/Bookstore:mina?secret=JBSWY3DPEHPK3PXP&issuer=Bookstore',
      others: ['WebAuthn'],
      canSkip: false,
    },
    'bind-passkey': {
      ...shared,
      page: 'bind-passkey',
      purpose: 'sign-in',
      options: ceremony,
      others: [],
      canSkip: true,
    },
    'bind-backup-codes': { ...shared, page: 'bind-backup-codes', codes: backupCodes },
    'bind-address': { ...shared, page: 'bind-address', channel: 'phone', others: ['Totp'], canSkip: false },
  };
}

function applicationPages(shared: Shared): Some<'consent' | 'device' | 'device-confirm' | 'device-done'> {
  const { frame } = shared;
  return {
    consent: {
      ...shared,
      page: 'consent',
      application: {
        name: 'Reading Club',
        logoUrl: picture,
        termsOfUseUrl: 'https://club.test/terms',
        privacyPolicyUrl: 'https://club.test/privacy',
      },
      account: 'mina',
      redirectHost: 'club.test',
      userScopes: ['openid', 'profile', 'email', 'offline_access'],
      resources: [
        {
          name: 'Bookstore API',
          scopes: [{ name: 'orders:read', description: 'Read your orders' }, { name: 'wishlist:write' }],
        },
      ],
      organizations: [],
      choice: 'many',
    },
    device: { ...shared, page: 'device', action: '/oidc/device', fields: { xsrf: 'the-xsrf-token' } },
    'device-confirm': {
      frame,
      page: 'device-confirm',
      action: '/oidc/device',
      fields: { xsrf: 'the-xsrf-token', user_code: 'WDJB-MJHT' },
      applicationName: 'Living room TV',
      userCode: 'WDJB-MJHT',
    },
    'device-done': { frame, page: 'device-done' },
  };
}

function invitationPages(shared: Shared): Some<'invitation' | 'invitation-ended'> {
  return {
    invitation: {
      ...shared,
      page: 'invitation',
      organization: 'Guild of Bookbinders',
      inviter: 'Kenji Ito',
      address,
      roles: ['Editor', 'Proofreader'],
      signInHref: '/oidc/auth',
      registerHref: '/oidc/auth',
    },
    'invitation-ended': {
      frame: shared.frame,
      page: 'invitation-ended',
      outcome: 'expired',
      organization: 'Guild of Bookbinders',
    },
  };
}

function endPages({
  frame,
}: Shared): Some<
  'sign-out' | 'hand-over' | 'signed-out' | 'mfa-recovery' | 'error' | 'session-lost' | 'suspended' | 'not-found'
> {
  return {
    'sign-out': {
      frame,
      page: 'sign-out',
      applicationName: frame.branding.displayName,
      action: '/oidc/session/end/confirm',
      fields: { xsrf: 'the-xsrf-token' },
      autoSubmit: false,
    },
    'hand-over': {
      frame,
      page: 'hand-over',
      applicationName: frame.branding.displayName,
      action: 'https://bookstore.test/saml/acs',
      fields: { SAMLResponse: 'PHNhbWxwOlJlc3BvbnNlLz4=', RelayState: 'checkout' },
      autoSubmit: false,
    },
    'signed-out': { frame, page: 'signed-out' },
    'mfa-recovery': { frame, page: 'mfa-recovery', backHref: 'https://bookstore.test/' },
    error: {
      frame,
      page: 'error',
      code: 'connector.general',
      data: { connector: 'GitLab' },
      detail: 'The token endpoint did not answer within 10 seconds.',
      requestId: 'req-7h2k9',
      backHref: `${frame.basePath}/sign-in`,
    },
    'session-lost': { frame, page: 'session-lost', backHref: 'https://bookstore.test/' },
    suspended: { frame, page: 'suspended', backHref: 'https://bookstore.test/' },
    'not-found': { frame, page: 'not-found', backHref: '/' },
  };
}

/** Further states that look different. */
function variants(shared: Shared, usual: Usual): Record<Exclude<PreviewPage, PageName>, PageModel> {
  return {
    'sign-in-by-any': {
      ...usual['sign-in'],
      identifiers: ['username', 'email', 'phone'],
      asksPassword: false,
      passkey: { options: ceremony, button: true, autofill: true },
      captcha: { type: 'ProofOfWork', challengeUrl: '/api/captcha-challenge' },
    },
    'sign-in-refused': {
      ...usual['sign-in'],
      identifier: 'mina',
      errors: [{ code: 'session.invalid_credentials' }],
    },
    'sign-in-after-reset': { ...usual['sign-in'], notice: 'password-changed' },
    'sign-in-social-only': { ...usual['sign-in'], identifiers: [] },
    'sign-in-unavailable': { ...usual['sign-in'], identifiers: [], social: [], canRegister: false },
    'enter-code-refused': {
      ...usual['enter-code'],
      channel: 'phone',
      recipient: '+81 90 1234 5678',
      purpose: 'profile',
      alternatives: [],
      errors: [{ field: 'code', code: 'verification_code.code_mismatch' }],
    },
    'register-by-address': { ...usual.register, identifiers: ['email', 'phone'] },
    'register-refused': {
      ...usual.register,
      username: '1mina',
      errors: [
        { field: 'username', code: 'user.invalid_username' },
        { field: 'password', code: 'password_rejected.too_short', data: { min: 8 } },
        { field: 'password', code: 'password_rejected.restricted.sequence' },
      ],
    },
    'register-first-administrator': {
      ...usual.register,
      applicationName: undefined,
      isFirstAdministrator: true,
      social: [],
      canSignIn: false,
      frame: { ...shared.frame, branding: { ...shared.frame.branding, displayName: undefined }, basePath: '/t/admin' },
    },
    'forgot-password-expired': { ...usual['forgot-password'], isExpired: true, identifier: address },
    'profile-fields': {
      ...usual.profile,
      missing: [],
      fields,
      values: { 'profile.vat': 'DE1' },
      connectorName: undefined,
      errors: [{ field: 'profile.vat', code: 'profile_field.not_in_format' }],
      agreement: 'implied',
    },
    'profile-address': { ...usual.profile, missing: ['emailOrPhone'], connectorName: undefined, agreement: 'implied' },
    'link-account-by-social': {
      ...usual['link-account'],
      hasPassword: false,
      canUseCode: false,
      social: social(shared.frame),
    },
    'single-sign-on-choice': {
      ...usual['single-sign-on'],
      identifier: address,
      choices: social(shared.frame).map(({ connectorId, name, logo, href }) => ({
        connectorId,
        name,
        logo,
        href,
      })),
    },
    'mfa-verify-passkey': {
      ...usual['mfa-verify'],
      factor: 'WebAuthn',
      options: ceremony,
      others: ['Totp', 'EmailVerificationCode'],
    },
    'mfa-verify-backup-code': { ...usual['mfa-verify'], factor: 'BackupCode', trustDays: undefined },
    'mfa-verify-email': {
      ...usual['mfa-verify'],
      factor: 'EmailVerificationCode',
      recipient: 'm***@bookstore.test',
      resendAfter: 30,
    },
    'mfa-setup-required': { ...usual['mfa-setup'], reason: 'required', canSkip: false },
    'mfa-setup-another': { ...usual['mfa-setup'], reason: 'another', factors: ['BackupCode', 'Totp'] },
    'bind-passkey-factor': { ...usual['bind-passkey'], purpose: 'factor', others: ['Totp'], canSkip: false },
    'consent-organizations': {
      ...usual.consent,
      organizations: [
        { id: 'shelf', name: 'Shelf & Sons', isChosen: true, logoUrl: picture },
        { id: 'guild', name: 'Guild of Bookbinders', isChosen: false },
      ],
    },
    'invitation-signed-in': {
      ...usual.invitation,
      account: { name: 'Mina', claim: 'own' },
      registerHref: undefined,
    },
    'invitation-new-address': {
      ...usual.invitation,
      account: { name: 'mina', claim: 'new' },
      registerHref: undefined,
    },
    'invitation-other-account': {
      ...usual.invitation,
      inviter: undefined,
      roles: [],
      account: { name: 'mina@home.test', claim: 'none' },
      registerHref: undefined,
    },
    'link-ended-signed-in': { ...usual['link-ended'], why: 'otherAddress', current: 'taro' },
    'link-ended-recovery': { ...usual['link-ended'], why: 'expired', canResetPassword: true },
    'invitation-joined': {
      ...usual['invitation-ended'],
      outcome: 'joined',
      continueHref: 'https://bookstore.test/',
    },
  };
}

/** Pages by the names of `previewPages`, in a frame of the tenant's. */
export function samples(frame: Frame): Usual & Record<PreviewPage, PageModel> {
  const shared: Shared = { frame, errors: [] };
  const usual = {
    ...entryPages(shared),
    ...accountPages(shared),
    ...factorPages(shared),
    ...applicationPages(shared),
    ...invitationPages(shared),
    ...endPages(shared),
  };
  return { ...usual, ...variants(shared, usual) };
}
