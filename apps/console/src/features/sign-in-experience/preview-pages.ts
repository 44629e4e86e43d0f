import type { PreviewPage } from '@latchkey/server/contract';

/** Every page and state that can be looked at, in the order in which people meet them. */
export const previewGroups = {
  signIn: [
    'sign-in',
    'sign-in-by-any',
    'sign-in-refused',
    'sign-in-after-reset',
    'sign-in-social-only',
    'sign-in-unavailable',
    'enter-password',
    'enter-code',
    'enter-code-refused',
    'one-time-token',
    'switch-account',
    'one-tap',
    'link-ended',
    'link-ended-signed-in',
    'link-ended-recovery',
    'link-account',
    'link-account-by-social',
    'single-sign-on',
    'single-sign-on-choice',
  ],
  signUp: [
    'register',
    'register-by-address',
    'register-refused',
    'register-first-administrator',
    'offer-register',
    'offer-sign-in',
    'profile',
    'profile-fields',
    'profile-address',
  ],
  recovery: ['forgot-password', 'forgot-password-expired', 'reset-password', 'set-password', 'mfa-recovery'],
  secondStep: [
    'mfa-verify',
    'mfa-verify-passkey',
    'mfa-verify-backup-code',
    'mfa-verify-email',
    'mfa-setup',
    'mfa-setup-required',
    'mfa-setup-another',
    'bind-totp',
    'bind-passkey',
    'bind-passkey-factor',
    'bind-backup-codes',
    'bind-address',
  ],
  applications: ['consent', 'consent-organizations', 'device', 'device-confirm', 'device-done'],
  invitations: [
    'invitation',
    'invitation-signed-in',
    'invitation-new-address',
    'invitation-other-account',
    'invitation-joined',
    'invitation-ended',
  ],
  endings: ['sign-out', 'signed-out', 'hand-over', 'error', 'session-lost', 'suspended', 'not-found'],
} as const satisfies Record<string, PreviewPage[]>;

type Grouped = (typeof previewGroups)[keyof typeof previewGroups][number];

/** Does not compile when the server can show a page that no group names. */
export type PreviewPageName = PreviewPage extends Grouped ? Grouped : never;
