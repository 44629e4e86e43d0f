import { z } from 'zod';
import { jsonObject } from '../../kernel/wire.contract.ts';
import { application } from '../applications/applications.contract.ts';
import { userIdentity, userProfile } from '../users/users.contract.ts';
import type { Slot } from './scripts.table.ts';

/**
 * What scripts are told (features 1.9, 3.4): the type of what the server hands over, the completion and the sample of
 * an editor, all of this one declaration. Times are milliseconds, as everywhere on the wire.
 */

const time = z.number();
const named = { id: z.string(), name: z.string() };

const role = z.object({
  ...named,
  description: z.string().nullable(),
  scopes: z
    .array(
      z.object({
        ...named,
        description: z.string().nullable(),
        resourceId: z.string(),
        resource: z.object({
          ...named,
          tenantId: z.string(),
          indicator: z.string().describe('The API, as tokens name it in `aud`.'),
          isDefault: z.boolean(),
          accessTokenTtl: z.number().describe('Seconds.'),
        }),
      }),
    )
    .describe('What the role allows.'),
});

const scriptUserContext = z.object({
  id: z.string(),
  username: z.string().nullable(),
  primaryEmail: z.string().nullable(),
  primaryPhone: z.string().nullable(),
  name: z.string().nullable(),
  avatar: z.string().nullable(),
  customData: jsonObject.describe('Whatever your applications keep about the user.'),
  identities: z.record(z.string(), userIdentity).describe('Social accounts, by the provider’s target.'),
  lastSignInAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
  profile: userProfile,
  applicationId: z.string().nullable().describe('Application that the user registered with.'),
  isSuspended: z.boolean(),
  hasPassword: z.boolean(),
  ssoIdentities: z.array(jsonObject).describe('Accounts at enterprise providers.'),
  mfaVerificationFactors: z.array(z.string()).describe('Kinds of the second factors that the user has.'),
  roles: z.array(role),
  organizations: z.array(z.object({ ...named, description: z.string().nullable() })),
  organizationRoles: z
    .array(z.object({ organizationId: z.string(), roleId: z.string(), roleName: z.string() }))
    .describe('What the user is in each organization.'),
});
export type ScriptUserContext = z.infer<typeof scriptUserContext>;

const scriptApplication = application
  .pick({
    id: true,
    name: true,
    description: true,
    type: true,
    isThirdParty: true,
    customData: true,
    oidcClientMetadata: true,
    customClientMetadata: true,
  })
  .describe('The application that the token is for, without its secrets.');

const organization = z
  .object({ ...named, description: z.string().nullable(), customData: jsonObject })
  .describe('Only in tokens for an organization.');

const grant = z
  .object({ type: z.string(), subjectTokenContext: jsonObject.describe('What the subject token was made with.') })
  .describe('Only at token exchange.');

const interaction = z
  .object({
    interactionEvent: z.string().describe('`SignIn` or `Register`.'),
    userId: z.string(),
    verificationRecords: z.array(jsonObject).describe('What was proved, without what it was proved by.'),
    signInContext: z
      .object({
        ip: z.string(),
        userAgent: z.string(),
        browser: z.string(),
        os: z.string(),
        device: z.string(),
        country: z.string(),
        city: z.string(),
        latitude: z.string(),
        longitude: z.string(),
        botScore: z.string(),
        botVerified: z.string(),
      })
      .partial()
      .describe('From where, as far as it is known.'),
  })
  .describe('How the user signed in; not known of every token.');

const token = z.object({
  jti: z.string(),
  aud: z.union([z.string(), z.array(z.string())]).describe('The API that the token is for.'),
  scope: z.string().optional().describe('Permissions, separated by blanks.'),
  clientId: z.string(),
  kind: z.string().describe('`AccessToken` or `ClientCredentials`.'),
});

const userToken = token.extend({
  accountId: z.string().describe('Id of the user.'),
  expiresWithSession: z.boolean().optional(),
  grantId: z.string(),
  gty: z.string().describe('The kind of grant.'),
  sessionUid: z.string().optional(),
  sid: z.string().optional(),
});

/** The arguments of each slot's function, without the environment variables and the API, which all have. */
export const scriptArguments = {
  'jwt.accessToken': z.object({
    token: userToken.describe('The token that is about to be issued.'),
    context: z.object({
      user: scriptUserContext,
      application: scriptApplication.optional(),
      organization: organization.optional(),
      grant: grant.optional(),
      interaction: interaction.optional(),
    }),
  }),
  'jwt.clientCredentials': z.object({
    token: token.describe('The token that is about to be issued.'),
    context: z.object({ application: scriptApplication, organization: organization.optional() }),
  }),
  'action.postFirstFactorVerification': z.object({
    event: z.object({
      key: z.string(),
      interactionEvent: z.string(),
      verificationType: z.string(),
      identifier: z.object({ type: z.enum(['username', 'email', 'phone']), value: z.string() }),
      user: scriptUserContext.nullable().describe('Who has the identifier; null while nobody has.'),
      password: z.string().describe('As it was typed. Send it nowhere but to where the account comes from.'),
    }),
  }),
  'action.postSignIn': z.object({ event: z.object({ key: z.string(), user: scriptUserContext }) }),
} as const satisfies Record<Slot, z.ZodObject>;

const sampleUser: ScriptUserContext = {
  id: 'u4n5tl0x2b9q',
  username: 'mina',
  primaryEmail: 'mina@bookstore.test',
  primaryPhone: null,
  name: 'Mina Okada',
  avatar: null,
  customData: { plan: 'gold' },
  identities: { gitlab: { userId: '4711', details: { name: 'mina' } } },
  lastSignInAt: Date.UTC(2026, 10, 24, 9),
  createdAt: Date.UTC(2026, 0, 15, 8),
  updatedAt: Date.UTC(2026, 10, 24, 9),
  profile: { givenName: 'Mina', familyName: 'Okada', locale: 'ja' },
  applicationId: 'bookstoreapp000000001',
  isSuspended: false,
  hasPassword: true,
  ssoIdentities: [],
  mfaVerificationFactors: ['Totp'],
  roles: [
    {
      id: 'roleclerk000000000001',
      name: 'Clerk',
      description: 'Reads the orders',
      scopes: [
        {
          id: 'scoperead000000000001',
          name: 'read:orders',
          description: null,
          resourceId: 'resourceorders0000001',
          resource: {
            tenantId: 'default',
            id: 'resourceorders0000001',
            name: 'Orders',
            indicator: 'https://orders.bookstore.test',
            isDefault: false,
            accessTokenTtl: 3600,
          },
        },
      ],
    },
  ],
  organizations: [{ id: 'orgacme00000', name: 'Acme', description: null }],
  organizationRoles: [{ organizationId: 'orgacme00000', roleId: 'orgrolemanager0000001', roleName: 'Manager' }],
};

const sampleApplication = (type: 'SPA' | 'MachineToMachine'): z.infer<typeof scriptApplication> => ({
  id: 'bookstoreapp000000001',
  name: 'Bookstore',
  description: null,
  type,
  isThirdParty: false,
  customData: { region: 'eu' },
  oidcClientMetadata: { redirectUris: ['https://bookstore.test/callback'], postLogoutRedirectUris: [] },
  customClientMetadata: {},
});

const sampleToken = {
  jti: 'kJ2bJ7pN0nN6nA8l',
  aud: 'https://orders.bookstore.test',
  scope: 'read:orders',
  clientId: 'bookstoreapp000000001',
};

/** An argument of each slot's function that could be real. */
export const scriptSamples: { [Name in Slot]: z.infer<(typeof scriptArguments)[Name]> } = {
  'jwt.accessToken': {
    token: {
      ...sampleToken,
      kind: 'AccessToken',
      accountId: sampleUser.id,
      expiresWithSession: false,
      grantId: 'g8y2n6c1v0x4',
      gty: 'authorization_code',
      sessionUid: 's3r9k5w7p1m2',
      sid: 'q6t0z4h8d2f1',
    },
    context: {
      user: sampleUser,
      application: sampleApplication('SPA'),
      interaction: {
        interactionEvent: 'SignIn',
        userId: sampleUser.id,
        verificationRecords: [{ id: 'v1', type: 'Password', identifier: { type: 'username', value: 'mina' } }],
        signInContext: { ip: '203.0.113.7', userAgent: 'Mozilla/5.0', country: 'JP', city: 'Osaka' },
      },
    },
  },
  'jwt.clientCredentials': {
    token: { ...sampleToken, kind: 'ClientCredentials' },
    context: { application: sampleApplication('MachineToMachine') },
  },
  'action.postFirstFactorVerification': {
    event: {
      key: 'action.postFirstFactorVerification',
      interactionEvent: 'SignIn',
      verificationType: 'Password',
      identifier: { type: 'email', value: 'mina@bookstore.test' },
      user: null,
      password: 'Paper-lamp-4-river',
    },
  },
  'action.postSignIn': { event: { key: 'action.postSignIn', user: sampleUser } },
};
