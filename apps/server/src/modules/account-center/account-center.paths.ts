/** Paths of the account center, below the tenant's `basePath`; those of single tasks are the wire's (features 4.5). */
export const accountPaths = {
  home: '/account',
  callback: '/account/callback',
  signOut: '/account/sign-out',
  signedOut: '/account/signed-out',
  verify: '/account/verified-action',
  verifyCode: '/account/verified-action/code',
  verifySend: '/account/verified-action/send',
  profile: '/account/profile',
  profileEdit: '/account/profile/edit',
  avatar: '/account/avatar',
  avatarRemove: '/account/avatar/remove',
  name: '/account/name',
  username: '/account/username',
} as const;

/** The pages that the account center is made of, in their order. */
export const accountSections = ['profile'] as const;
export type AccountSection = (typeof accountSections)[number];
