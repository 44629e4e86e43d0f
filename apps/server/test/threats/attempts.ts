import { z } from 'zod';
import type { OperationDefinition } from '../../src/kernel/wire.contract.ts';

/** Ids of the objects that an attempt goes for, by the name of the path parameter. */
export interface Targets {
  /** A SAML connector, and a key of its that is not active. */
  ssoConnector: string;
  ssoSigningKey: string;
  application: string;
  /** A SAML application, and a key of its that is not active. */
  samlApplication: string;
  samlSecret: string;
  /** A protected application, and a name of its that is not proven. */
  protectedApplication: string;
  protectedDomain: string;
  user: string;
  connector: string;
  key: string;
  /** A second factor of the user. */
  factor: string;
  webhook: string;
  resource: string;
  scope: string;
  role: string;
  /** An entry of the audit trail. */
  log: string;
  organization: string;
  organizationRole: string;
  organizationScope: string;
  /** A pending invitation to the organization. */
  invitation: string;
  /** A machine application that belongs to the organization. */
  machine: string;
  delivery: string;
  oneTimeToken: string;
  domain: string;
  /** An import of users, finished. */
  userImport: string;
  emailTemplate: string;
  smsTemplate: string;
  inboxMessage: string;
  inboxWebhook: string;
  /** Kept tokens of the user's account at GitLab. */
  secret: string;
}

/** The one secret that a new application has. */
const SECRET_NAME = 'Default secret';
/** The profile field that each tenant has. */
export const PROFILE_FIELD = 'team';

/** An id that nothing has. */
const UNKNOWN_ID = 'nobodyhasthisid000000';

/** What a path parameter stands for. An operation with an unknown one has to be entered here, or its test fails. */
function parameter(operation: OperationDefinition, name: string, targets: Targets): string {
  const area = operation.path.split('/')[2];
  const byName: Record<string, string | undefined> = {
    applicationId: area === 'organizations' ? targets.machine : targets.application,
    userId: targets.user,
    resourceId: targets.resource,
    roleId: targets.role,
    connectorId: targets.connector,
    factoryId: 'gitlab-universal',
    keyType: 'private-keys',
    keyId: area === 'sso-connectors' ? targets.ssoSigningKey : targets.key,
    ssoConnectorId: targets.ssoConnector,
    name: area === 'custom-profile-fields' ? PROFILE_FIELD : SECRET_NAME,
    secretId: targets.samlSecret,
    deliveryId: targets.delivery,
    messageId: targets.inboxWebhook,
    languageTag: 'en',
    invitationId: targets.invitation,
    verificationId: targets.factor,
    trustedDeviceId: UNKNOWN_ID,
    tokenId: UNKNOWN_ID,
    target: 'gitlab',
    sessionId: UNKNOWN_ID,
    grantId: UNKNOWN_ID,
    tokenTypePath: 'access-token',
    actionType: 'action.postSignIn',
    slot: 'jwt.accessToken',
    type: 'http',
    scopeType: 'user-scopes',
    scopeId: operation.path.includes(':scopeType') ? 'email' : targets.scope,
    organizationId: targets.organization,
    organizationRoleId: targets.organizationRole,
    organizationScopeId: targets.organizationScope,
    emailDomain: 'sample.example',
    domain: targets.protectedDomain,
    id: {
      applications: operation.path.includes('protected-app-metadata')
        ? targets.protectedApplication
        : targets.application,
      'saml-applications': targets.samlApplication,
      saml: targets.samlApplication,
      secrets: targets.secret,
      hooks: targets.webhook,
      logs: targets.log,
      resources: targets.resource,
      roles: targets.role,
      organizations: targets.organization,
      'organization-invitations': targets.invitation,
      'organization-roles': targets.organizationRole,
      'organization-scopes': targets.organizationScope,
      connectors: targets.connector,
      'sso-connectors': targets.ssoConnector,
      'email-templates': targets.emailTemplate,
      'sms-templates': targets.smsTemplate,
      'development-inbox': targets.inboxMessage,
      'connector-factories': 'gitlab-universal',
      'one-time-tokens': targets.oneTimeToken,
      domains: targets.domain,
      'user-imports': targets.userImport,
    }[area ?? ''],
  };
  const value = byName[name];
  if (value === undefined) throw new Error(`${operation.method} ${operation.path}: nothing is known of :${name}`);
  return value;
}

/** Queries of operations that need one. */
const QUERIES: Record<string, (targets: Targets) => string> = {
  'GET /api/authn/hasura': () => '?resource=https%3A%2F%2Fapi.example',
  'GET /api/saml/:id/authn': () => '?SAMLRequest=eA%3D%3D',
  'GET /api/logs/history': ({ user }) => `?targetType=User&targetId=${user}`,
  'GET /api/logs/difference': ({ user }) => `?targetType=User&targetId=${user}&from=0&to=${Date.now()}`,
};

/** The operation's path with the targets' ids in it. */
export const pathOf = (operation: OperationDefinition, targets: Targets): string =>
  operation.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(parameter(operation, name, targets))) +
  (QUERIES[`${operation.method} ${operation.path}`]?.(targets) ?? '');

/** Bodies that no schema can describe well enough to make one up. */
const BODIES: Record<string, object> = {
  'POST /api/connectors': {
    connectorId: 'gitlab-universal',
    config: { clientId: 'made-up', clientSecret: 'made-up', scope: 'openid' },
  },
  'POST /api/sso-connectors': { providerName: 'SAML', connectorName: 'made-up' },
  'PUT /api/configs/audit-streams/syslog': { host: 'syslog.example.com', port: 6514 },
  'PUT /api/configs/audit-streams/http': { url: 'https://example.com/' },
  'POST /api/hooks': { events: ['User.Created'], config: { url: 'https://example.com/' } },
  'POST /api/hooks/:id/test': { events: ['User.Created'], config: { url: 'https://example.com/' } },
  'POST /api/domains': { domain: 'sample.example.com' },
  'PATCH /api/domains/:id': { isPrimary: true },
  'PUT /api/domains/:id/verification-files': { verificationFiles: {} },
  'POST /api/one-time-tokens': { email: 'somebody@example.com' },
  'POST /api/one-time-tokens/verify': { email: 'somebody@example.com', token: 'made-up' },
  'POST /api/verification-codes': { email: 'somebody@example.com' },
  'POST /api/verification-codes/verify': { email: 'somebody@example.com', verificationCode: '123456' },
  'PATCH /api/my-account': { name: 'Somebody' },
  'POST /api/my-account/primary-email': { email: 'somebody@example.com', newIdentifierVerificationRecordId: 'made-up' },
  'POST /api/my-account/primary-phone': { phone: '817012345678', newIdentifierVerificationRecordId: 'made-up' },
  'POST /api/email-templates/preview': { templateType: 'SignIn' },
  'POST /api/sms-templates/preview': { templateType: 'SignIn' },
  'POST /api/organization-invitations': {
    invitee: 'somebody@example.com',
    organizationId: UNKNOWN_ID,
    expiresAt: Date.UTC(2100, 0),
  },
  'PUT /api/organization-invitations/:id/status': { status: 'Accepted', acceptedUserId: UNKNOWN_ID },
  'POST /api/authorization/check': { userId: UNKNOWN_ID, resource: 'https://api.example', scope: 'read' },
  'PUT /api/organizations/:id/jit': { emailDomains: ['sample.example'] },
  'POST /api/organizations/:id/jit/email-domains': { emailDomain: 'sample.example' },
  'POST /api/resources': { name: 'sample', indicator: 'https://sample.example/api' },
  'PUT /api/configs/jwt-customizer/:tokenTypePath': { script: 'const getCustomJwtClaims = () => ({});' },
  'PATCH /api/users/:userId/personal-access-tokens': { currentName: 'sample', name: 'sample' },
  'POST /api/configs/jwt-customizer/test': {
    tokenType: 'access-token',
    script: 'const getCustomJwtClaims = () => ({});',
    token: {},
    context: {},
  },
  'POST /api/configs/actions/test': {
    actionType: 'action.postSignIn',
    script: 'const runAction = () => undefined;',
    event: {},
  },
  'POST /api/users/:userId/merge': { sourceUserId: UNKNOWN_ID },
  'POST /api/configs/scripts/:slot/run': { script: 'const getCustomJwtClaims = () => ({});', argument: {} },
  'PATCH /api/users/:userId/password': { password: 'Paper-lamp-4-river' },
};

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The smallest value that a schema accepts. */
function sample(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return sample(choice as JsonSchema);
  if (schema.type === 'object') {
    const { properties = {}, required = [] } = schema;
    return Object.fromEntries(required.map((name) => [name, sample((properties[name] ?? {}) as JsonSchema)]));
  }
  if (schema.type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items as JsonSchema));
  if (schema.type === 'boolean') return true;
  if (schema.type === 'number' || schema.type === 'integer') return Math.max(Number(schema.minimum ?? 1), 1);
  return schema.format === 'uri' ? 'https://example.com/' : 'sample'.padEnd(Number(schema.minLength ?? 0), 's');
}

/** A body that the operation accepts, so that an attempt gets past the validation. */
export function bodyOf(operation: OperationDefinition): unknown {
  const written = BODIES[`${operation.method} ${operation.path}`];
  if (written || !operation.body) return written;
  return sample(z.toJSONSchema(operation.body, { io: 'input', unrepresentable: 'any' }));
}
