/** Where the server serves `apps/sign-in/dist/client`, with immutable caching; the same for every tenant. */
export const signInAssetsPath = '/sign-in-assets/';

/** Paths that forms post to and links lead to, below the tenant's `basePath`. */
export const signInPaths = {
  signIn: '/sign-in',
  register: '/register',
  profile: '/profile',
  linkAccount: '/link-account',
  setPassword: '/set-password',
  consent: '/consent',
  cancel: '/cancel',
} as const;

/** The hidden field that every form carries, bound to the flow's cookie by the server. */
export const csrfField = 'csrf';
