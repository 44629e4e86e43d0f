import { type EventName, interactionEvents } from '../../kernel/events.contract.ts';

/** Made-up objects in the shape of real ones; the ids say what they are. */
const user = {
  id: 'sample-user',
  username: 'sample_user',
  primaryEmail: 'sample.user@example.com',
  primaryPhone: '15550100123',
  name: 'Sample User',
  avatar: null,
  customData: {},
  identities: {},
  profile: {},
  applicationId: 'sample-application',
  isSuspended: false,
  lastSignInAt: 1_700_000_000_000,
  createdAt: 1_690_000_000_000,
  updatedAt: 1_690_000_000_000,
};
const application = { id: 'sample-application', type: 'SPA', name: 'Sample application', description: null };
const named = (id: string, name: string) => ({
  id,
  name,
  description: 'A made-up object',
  createdAt: 1_690_000_000_000,
});

/** What an object of each kind looks like; by the first word of the event's name. */
const OBJECTS: Record<string, Record<string, unknown>> = {
  User: user,
  Role: { ...named('sample-role', 'Sample role'), type: 'User', isDefault: false },
  Scope: { ...named('sample-scope', 'read:samples'), resourceId: 'sample-resource' },
  Organization: { ...named('sample-organization', 'Sample organization'), customData: {} },
  OrganizationRole: { ...named('sample-organization-role', 'Sample organization role'), type: 'User' },
  OrganizationScope: named('sample-organization-scope', 'read:samples'),
  OrganizationInvitation: {
    id: 'sample-invitation',
    organizationId: 'sample-organization',
    invitee: user.primaryEmail,
    status: 'Pending',
  },
  Application: application,
  Connector: { id: 'sample-connector', connectorId: 'gitlab-universal' },
  SsoConnector: { id: 'sample-sso-connector', providerName: 'OIDC', connectorName: 'Sample provider' },
  TrustedDevice: { id: 'sample-device', userId: user.id },
};

/** Events whose payload is more than the object that changed. */
const PAYLOADS: Partial<Record<EventName, Record<string, unknown>>> = {
  'Organization.Membership.Updated': {
    data: null,
    organizationId: 'sample-organization',
    addedUserIds: [user.id],
    removedUserIds: [],
    addedApplicationIds: [],
    removedApplicationIds: [],
  },
  'Identifier.Lockout': { type: 'email', value: user.primaryEmail },
  'Message.RateLimited': { action: 'VerificationCode', recipient: user.primaryEmail },
  'Grant.LimitExceeded': {
    userId: user.id,
    applicationId: application.id,
    revokedGrantIds: ['sample-grant'],
    maxAllowedGrants: 3,
    preRevocationActiveGrantCount: 4,
  },
  'User.SignIn.Failed': {
    applicationId: application.id,
    identifier: { type: 'email', value: user.primaryEmail },
    error: 'session.invalid_credentials',
  },
  'Settings.Updated': {
    change: 'AccountCenter.Updated',
    target: { type: 'AccountCenter', id: 'default' },
    data: { enabled: true },
  },
  'Session.Revoked': { userId: user.id, sessionId: 'sample-session' },
  'Grant.Revoked': { userId: user.id, grantId: 'sample-grant' },
};

const INTERACTION_EVENTS: ReadonlySet<string> = new Set(interactionEvents);
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Sample/1.0';
const ip = '203.0.113.7';

/** The body of a test request for an event. */
export function samplePayload(webhookId: string, event: EventName, now: Date): Record<string, unknown> {
  const head = { hookId: webhookId, event, createdAt: now.toISOString(), userAgent };
  if (INTERACTION_EVENTS.has(event)) {
    return {
      ...head,
      userIp: ip,
      interactionEvent: { PostRegister: 'Register', PostResetPassword: 'ForgotPassword' }[event as string] ?? 'SignIn',
      sessionId: 'sample-session',
      userId: user.id,
      user,
      application,
      ...(event === 'PostSignInAdaptiveMfaTriggered' && {
        adaptiveMfaResult: { requiresMfa: true, triggeredRules: [{ rule: 'new_country' }] },
      }),
    };
  }
  const data = event.endsWith('.Deleted') ? null : (OBJECTS[event.split('.')[0] ?? ''] ?? {});
  return { ...head, ip, ...(PAYLOADS[event] ?? { data }) };
}
