/** Where an administrator's one-time link leads. */
export const factorRecoveryPath = '/mfa-recovery';
/** Where browsers read which origins may use the tenant's passkeys (WebAuthn §5.11). */
export const relatedOriginsPath = '/.well-known/webauthn';
