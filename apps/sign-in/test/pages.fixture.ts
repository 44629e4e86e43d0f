import type { PageModel, PageName } from '@latchkey/server/contract';

type Frame = PageModel['frame'];

/** A picture that needs no network. */
export const pictureUrl = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#e2542b" d="M12 22 2 11l3-8 3 6h8l3-6 3 8z"/></svg>',
)}`;

export function frame(changes: Partial<Frame> = {}): Frame {
  return {
    branding: {
      displayName: 'Bookstore',
      primaryColor: '#6139f6',
      darkPrimaryColor: '#8768f8',
      colorScheme: 'system',
      hideLogtoBranding: false,
    },
    language: 'en',
    dir: 'ltr',
    termsOfUseUrl: 'https://bookstore.test/terms',
    privacyPolicyUrl: 'https://bookstore.test/privacy',
    basePath: '',
    appId: 'bookstore',
    csrf: 'the-csrf-token',
    nonce: 'the-nonce',
    preview: false,
    ...changes,
  };
}

const social = [
  { target: 'gitlab', connectorId: 'conn1', name: 'GitLab', logo: pictureUrl, href: '/social/conn1?app_id=bookstore' },
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

type Pages = { [Name in PageName]: Extract<PageModel, { page: Name }> };

/** One model of every page, in its usual state. */
export function pages(changes: Partial<Frame> = {}): Pages {
  const shared = { frame: frame(changes), errors: [] };
  return {
    'sign-in': {
      ...shared,
      page: 'sign-in',
      applicationName: 'Bookstore',
      identifiers: ['username'],
      social,
      canRegister: true,
      agreement: 'implied',
    },
    register: {
      ...shared,
      page: 'register',
      applicationName: 'Bookstore',
      isFirstAdministrator: false,
      identifiers: ['username'],
      passwordRules,
      social,
      canSignIn: true,
      agreement: 'implied',
    },
    profile: {
      ...shared,
      page: 'profile',
      missing: ['username', 'password'],
      username: 'mina',
      passwordRules,
      connectorName: 'GitLab',
      agreement: 'checkbox',
    },
    'link-account': {
      ...shared,
      page: 'link-account',
      connectorName: 'GitLab',
      address: 'mina@bookstore.test',
      hasPassword: true,
      social: [],
    },
    'set-password': { ...shared, page: 'set-password', token: 'the-recovery-token', username: 'mina', passwordRules },
    consent: {
      ...shared,
      page: 'consent',
      application: {
        name: 'Reading Club',
        logoUrl: pictureUrl,
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
    },
    'sign-out': {
      frame: shared.frame,
      page: 'sign-out',
      applicationName: 'Bookstore',
      action: '/oidc/session/end/confirm',
      fields: { xsrf: 'the-xsrf-token' },
      autoSubmit: false,
    },
    'signed-out': { frame: shared.frame, page: 'signed-out' },
    error: {
      frame: shared.frame,
      page: 'error',
      code: 'connector.general',
      data: { connector: 'GitLab' },
      detail: 'The token endpoint did not answer within 10 seconds.',
      requestId: 'req-7h2k9',
      backHref: '/sign-in?app_id=bookstore',
    },
    'session-lost': { frame: shared.frame, page: 'session-lost', backHref: 'https://bookstore.test/' },
    suspended: {
      frame: { ...shared.frame, support: { email: 'help@bookstore.test' } },
      page: 'suspended',
      backHref: 'https://bookstore.test/',
    },
    'not-found': { frame: shared.frame, page: 'not-found', backHref: '/' },
  };
}

/** Further states that look different. */
export function variants(changes: Partial<Frame> = {}): Record<string, PageModel> {
  const usual = pages(changes);
  return {
    'sign-in-refused': {
      ...usual['sign-in'],
      identifier: 'mina',
      errors: [{ code: 'session.invalid_credentials' }],
    },
    'sign-in-social-only': { ...usual['sign-in'], identifiers: [] },
    'sign-in-unavailable': { ...usual['sign-in'], identifiers: [], social: [], canRegister: false },
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
      frame: {
        ...usual.register.frame,
        branding: { ...usual.register.frame.branding, displayName: undefined },
        basePath: '/t/admin',
      },
    },
    'link-account-by-social': { ...usual['link-account'], hasPassword: false, social },
  };
}
