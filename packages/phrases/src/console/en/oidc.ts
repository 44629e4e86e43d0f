/** Texts of the page about the tenant's keys, sessions and self-described clients. */
export const oidc = {
  title: 'OpenID Connect',
  lead: 'Keys that sign tokens and cookies, how long a sign-in lasts, and clients that nobody registered.',
  units: { minutes: 'minutes', hours: 'hours', days: 'days' },
  keys: {
    'private-keys': {
      title: 'Signing keys',
      lead: 'They sign ID tokens and access tokens. Apps read their public halves from the JWKS address.',
      rotateBody: 'A new key takes over. What the keys before it signed stays valid until you delete them.',
      deleteBody: 'Tokens that it signed are refused from now on. This cannot be undone.',
    },
    'cookie-keys': {
      title: 'Cookie keys',
      lead: 'They sign the cookies of the sign-in pages.',
      rotateBody:
        'A new key takes over at once. Cookies that the keys before it signed stay valid until you delete them.',
      deleteBody: 'Whoever has only cookies that it signed has to sign in again. This cannot be undone.',
    },
  },
  none: 'There is no key.',
  statuses: { Next: 'Next', Current: 'In use', Previous: 'Previous' },
  created: ({ time }: { time: string }) => `Created ${time}`,
  effective: ({ time }: { time: string }) => `signs from ${time}`,
  rotate: 'Rotate',
  rotateOf: ({ name }: { name: string }) => `Rotate: ${name}`,
  rotateTitle: 'Make a new key?',
  algorithm: 'Algorithm',
  algorithmHint: 'ES256 costs the least. RS256 is for apps whose libraries know nothing else.',
  grace: 'Hours before it signs',
  graceHint:
    'The new key is published at once; apps that keep keys for a while know it by the time it signs. 0: it signs now.',
  rotated: 'There is a new key.',
  deleteTitle: 'Delete this key?',
  deleted: 'The key is deleted.',
  session: {
    title: 'Sessions',
    lead: 'How long somebody stays signed in without using it. Holds for sessions that start or are used from now on.',
    ttl: 'Signed in for',
    unit: 'Unit',
    wrong: 'A whole number, and 365 days at most.',
  },
  documents: {
    title: 'Client ID metadata documents',
    lead: 'Lets a client name the https address of a document about itself as its client ID, as AI agents do. Each is shown to users with its host, and needs their consent.',
    enabled: 'Let such clients in',
    enabledHint: 'Switching off keeps them from signing in and from refreshing tokens.',
    userScopes: 'What they may ask about the user',
    userScopesHint:
      'A client may ask for no more than what is listed here; nothing is allowed while the lists are empty.',
    resourceScopes: 'API permissions',
    organizationScopes: 'Organization permissions',
    organizationResourceScopes: 'API permissions in organizations',
  },
};
