/**
 * Events that webhooks may ask for. The first part is the wire's (features 11.1); the second part is what Latchkey
 * tells beside it.
 */
export const interactionEvents = [
  'PostRegister',
  'PostSignIn',
  'PostSignInAdaptiveMfaTriggered',
  'PostResetPassword',
] as const;

const wireDataEvents = [
  'User.Created',
  'User.Deleted',
  'User.Data.Updated',
  'User.SuspensionStatus.Updated',
  'Role.Created',
  'Role.Deleted',
  'Role.Data.Updated',
  'Role.Scopes.Updated',
  'Scope.Created',
  'Scope.Deleted',
  'Scope.Data.Updated',
  'Organization.Created',
  'Organization.Deleted',
  'Organization.Data.Updated',
  'Organization.Membership.Updated',
  'OrganizationRole.Created',
  'OrganizationRole.Deleted',
  'OrganizationRole.Data.Updated',
  'OrganizationRole.Scopes.Updated',
  'OrganizationScope.Created',
  'OrganizationScope.Deleted',
  'OrganizationScope.Data.Updated',
  'Identifier.Lockout',
  'Message.RateLimited',
  'Grant.LimitExceeded',
  'TrustedDevice.Created',
  'TrustedDevice.Deleted',
] as const;

const ownEvents = [
  'User.Password.Updated',
  'User.Identity.Linked',
  'User.Identity.Unlinked',
  'User.Mfa.Created',
  'User.Mfa.Deleted',
  'User.Roles.Updated',
  'User.SignIn.Failed',
  'Session.Revoked',
  'Grant.Revoked',
  'Application.Created',
  'Application.Deleted',
  'Application.Data.Updated',
  'Application.Secrets.Updated',
  'Connector.Created',
  'Connector.Deleted',
  'Connector.Data.Updated',
  'SsoConnector.Created',
  'SsoConnector.Deleted',
  'SsoConnector.Data.Updated',
  'SignInExperience.Updated',
  'Settings.Updated',
  'OrganizationInvitation.Created',
  'OrganizationInvitation.Deleted',
  'OrganizationInvitation.Status.Updated',
] as const;

export const eventNames = [...interactionEvents, ...wireDataEvents, ...ownEvents] as const;

export type InteractionEventName = (typeof interactionEvents)[number];
export type EventName = (typeof eventNames)[number];
