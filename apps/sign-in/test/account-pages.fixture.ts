import type { AccountBody, AccountOutside, AccountPage, PasswordRules } from '@latchkey/server/contract';
import { accountSections } from '@latchkey/server/contract';
import { frame, pages } from './pages.fixture.ts';

const qrCode =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const day = '2026-03-14T09:26:53.000Z';
const { passwordRules: rules } = pages()['set-password'] as { passwordRules: PasswordRules };
const github = { connectorId: 'gh', name: 'GitHub', logo: '/logos/github.svg', logoDark: null };

/** The account's pages with what they show when there is much to show. */
const bodies: Record<string, AccountBody> = {
  profile: {
    page: 'account-profile',
    name: { value: 'Grace Hopper', editable: true },
    username: { value: 'grace', editable: true },
    avatar: { value: null, editable: true },
    answers: [
      { name: 'nickname', label: 'Nickname', lines: ['Amazing Grace'] },
      { name: 'address', label: 'Address', lines: ['1 Harbour Street', 'Arlington', 'United States'] },
      { name: 'news', label: 'Newsletter', lines: [], isYes: true },
    ],
    canAnswer: true,
  },
  name: { page: 'account-text', what: 'name', path: '/account/name', value: 'Grace Hopper', required: false },
  answers: {
    page: 'account-answers',
    fields: [
      { name: 'nickname', type: 'Text', label: 'Nickname', description: null, required: false, config: {} } as never,
    ],
    values: { 'profile.nickname': 'Grace' },
  },
  verify: { page: 'account-verify', next: '/account/password', methods: ['password', 'email'], username: 'grace' },
  'verify-code': {
    page: 'account-verify',
    next: '/account/password',
    methods: ['email'],
    username: 'grace',
    sent: { channel: 'email', recipient: 'grace@navy.example', resendAfter: 30 },
  },
  security: {
    page: 'account-security',
    password: { isSet: true, editable: true },
    email: { value: 'grace@navy.example', editable: true, canChange: true },
    phone: { value: null, editable: true, canChange: true },
    totp: { addedAt: day, editable: true },
    atSignIn: { isAsked: true, editable: true },
    passkeys: { count: 2, editable: true, canAdd: true },
    backupCodes: { left: 8, editable: true },
  },
  password: { page: 'account-password', isSet: true, username: 'grace', rules },
  email: { page: 'account-address', channel: 'email', present: 'grace@navy.example', value: '' },
  'phone-code': { page: 'account-address-code', channel: 'phone', recipient: '+12025550143', resendAfter: 20 },
  totp: {
    page: 'account-totp',
    path: '/account/authenticator-app',
    replaces: false,
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DP',
    qrCode,
  },
  passkeys: {
    page: 'account-passkeys',
    passkeys: [
      { id: 'k1', name: 'My phone', device: { browser: 'Safari', os: 'iOS' }, createdAt: day, lastUsedAt: day },
      { id: 'k2', name: null, device: {}, createdAt: day, lastUsedAt: null },
    ],
    editable: true,
  },
  'passkey-add': { page: 'account-passkey-add', options: '{}' },
  'passkey-name': { page: 'account-passkey-name', id: 'k1', value: 'My phone' },
  'backup-codes': {
    page: 'account-backup-codes',
    codes: ['0123456789', 'abcdef0123', '9876543210', 'fedcba9876'].map((code, at) => ({ code, isUsed: at === 1 })),
    editable: true,
  },
  linked: {
    page: 'account-linked',
    accounts: [
      { ...github, as: 'grace@navy.example' },
      { ...github, connectorId: 'gl', name: 'GitLab' },
    ],
    enterprise: [{ ...github, connectorId: 'okta', name: 'Navy', as: 'grace@navy.example' }],
    editable: true,
  },
  social: { page: 'account-social', path: '/account/social/gh', replace: false, account: github },
  sessions: {
    page: 'account-sessions',
    sessions: [
      {
        id: 's1',
        isCurrent: true,
        device: 'Firefox, Linux',
        ip: '192.0.2.7',
        city: 'Kyoto',
        country: 'JP',
        signedInAt: day,
      },
      { id: 's2', isCurrent: false, device: null, ip: '2001:db8::7', city: null, country: null, signedInAt: day },
    ],
    editable: true,
  },
  applications: {
    page: 'account-applications',
    applications: [
      { id: 'a1', name: 'Bookstore', isThirdParty: false, since: day, scopes: ['profile', 'email'], resources: [] },
      {
        id: 'a2',
        name: 'Print shop of somebody else',
        isThirdParty: true,
        since: day,
        scopes: ['profile', 'offline_access'],
        resources: [{ name: 'https://api.bookstore.example/orders', scopes: ['read:orders'] }],
      },
    ],
    editable: true,
  },
  organizations: {
    page: 'account-organizations',
    organizations: [
      { id: 'o1', name: 'Reading circle', description: 'A book a month', roles: [{ id: 'r', name: 'Editor' }] },
    ],
    invitations: [{ id: 'i1', organization: { id: 'o2', name: 'Chess club' }, expiresAt: Date.parse(day) }],
    editable: true,
  },
  tokens: {
    page: 'account-tokens',
    tokens: [
      { name: 'Backup script', ending: 'x7Qz', createdAt: day, expiresAt: day, isOver: true },
      { name: 'Monitoring', ending: 'k2Lm', createdAt: day, expiresAt: null, isOver: false },
    ],
    fresh: { name: 'Monitoring', value: 'pat_0123456789abcdefghijklmnopqrstuvwxyz' },
    editable: true,
  },
  'token-new': { page: 'account-token-new', value: '', expires: '30', days: [7, 30, 90, 365] },
  data: { page: 'account-data', canExport: true, deletion: { days: 7 } },
  confirm: {
    page: 'account-confirm',
    what: 'application-revoke',
    path: '/account/applications/a1/revoke',
    cancel: '/account/applications',
    name: 'Bookstore',
  },
};

const outside: Record<string, AccountOutside> = {
  off: { page: 'account-off' },
  problem: { page: 'account-problem', code: 'request.general', requestId: 'abc123', status: 500 },
  done: { page: 'account-done', href: 'https://bookstore.test/' },
  'signed-out': { page: 'account-signed-out' },
  leaving: { page: 'account-leaving', until: day },
  keep: { page: 'account-keep', token: 'secret', until: day },
  kept: { page: 'account-kept' },
};

/** Every page of the account center in the test's frame. */
export function accountPages(changes: Parameters<typeof frame>[0] = {}): Record<string, AccountPage> {
  const framed = { frame: frame({ appId: undefined, ...changes }), errors: [] };
  const chrome = {
    ...framed,
    owner: { name: 'Grace Hopper', avatar: null },
    sections: [...accountSections],
    current: 'security' as const,
  };
  const refused = {
    ...chrome,
    errors: [{ field: 'password', code: 'session.invalid_credentials' }, { code: 'request.busy' }],
  };
  return Object.fromEntries([
    ...Object.entries(bodies).map(([name, body]) => [name, { ...body, ...chrome }]),
    ...Object.entries(outside).map(([name, body]) => [name, { ...body, ...framed }]),
    ['verify-refused', { ...bodies.verify, ...refused }],
    ['name-done', { ...bodies.profile, ...chrome, notice: 'name' }],
  ]) as Record<string, AccountPage>;
}
