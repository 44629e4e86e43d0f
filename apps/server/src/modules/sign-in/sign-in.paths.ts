/** Where the server serves `apps/sign-in/dist/client`, with immutable caching; the same for every tenant. */
export const signInAssetsPath = '/sign-in-assets/';

/** Paths that forms post to and links lead to, below the tenant's `basePath`. */
export const signInPaths = {
  signIn: '/sign-in',
  signInPassword: '/sign-in/password',
  signInPasskey: '/sign-in/passkey',
  signInOneTap: '/sign-in/one-tap',
  signInMethod: '/sign-in/method',
  signInConfirm: '/sign-in/confirm',
  singleSignOn: '/single-sign-on',
  register: '/register',
  registerConfirm: '/register/confirm',
  code: '/verification-code',
  codeResend: '/verification-code/resend',
  codeChange: '/verification-code/change',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  profile: '/profile',
  linkAccount: '/link-account',
  linkAccountCode: '/link-account/code',
  oneTimeToken: '/one-time-token',
  switchAccount: '/switch-account',
  oneTap: '/one-tap',
  mfaVerification: '/mfa-verification',
  mfaVerificationFactor: '/mfa-verification/factor',
  mfaSetup: '/mfa-setup',
  mfaSetupSkip: '/mfa-setup/skip',
  mfaBinding: '/mfa-binding',
  setPassword: '/set-password',
  consent: '/consent',
  cancel: '/cancel',
  invitationAccept: '/invitation/accept',
  invitationDecline: '/invitation/decline',
} as const;

/** The hidden field that every form carries, bound to the flow's cookie by the server. */
export const csrfField = 'csrf';

/** Sent by the pages' script: the answer is then the next page itself, or the address to leave for. */
export const pageRequestHeader = 'x-latchkey-page';
