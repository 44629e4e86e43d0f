/** Every kind of object that the trail tells of, as entries name it. */
export const auditedObjects = [
  'AccountCenter',
  'AdminConsole',
  'Application',
  'Asset',
  'AuditLogs',
  'AuditStream',
  'CaptchaProvider',
  'Cimd',
  'ClientRegistration',
  'Connector',
  'CustomPhrases',
  'CustomProfileField',
  'Domain',
  'EmailTemplate',
  'IdTokenConfig',
  'InitialAccessToken',
  'OidcKey',
  'OidcSession',
  'OneTimeToken',
  'OperatorLink',
  'Organization',
  'OrganizationInvitation',
  'OrganizationRole',
  'OrganizationScope',
  'Resource',
  'Role',
  'Scope',
  'Script',
  'Secret',
  'SignInExperience',
  'SmsTemplate',
  'SsoConnector',
  'Tenant',
  'User',
  'UserImport',
  'VerificationCode',
  'Webhook',
] as const;

export type AuditedObject = (typeof auditedObjects)[number];

export interface AuditTarget {
  type: AuditedObject;
  id: string;
}
