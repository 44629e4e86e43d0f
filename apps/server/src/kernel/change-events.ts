import type { AuditEvent } from './audit.ts';
import type { EventName } from './events.contract.ts';
import { emitEvent } from './events.ts';
import type { Scope } from './scope.ts';

/**
 * Events of our own that say no more than the trail does: the key of an entry, and the event that it is told by.
 * Events of the wire carry its own shapes and are told by the services that know them.
 */
const EVENT_OF: Readonly<Record<string, EventName>> = {
  'Application.Created': 'Application.Created',
  'Application.Deleted': 'Application.Deleted',
  'Application.Updated': 'Application.Data.Updated',
  'Application.SignInExperience.Updated': 'Application.Data.Updated',
  'Application.AccessControl.Updated': 'Application.Data.Updated',
  'Application.ConsentScopes.Added': 'Application.Data.Updated',
  'Application.ConsentScopes.Replaced': 'Application.Data.Updated',
  'Application.ConsentScopes.Removed': 'Application.Data.Updated',
  'Application.Saml.Updated': 'Application.Data.Updated',
  'Application.Roles.Updated': 'Application.Data.Updated',
  'Application.Secret.Created': 'Application.Secrets.Updated',
  'Application.Secret.Updated': 'Application.Secrets.Updated',
  'Application.Secret.Deleted': 'Application.Secrets.Updated',
  'Connector.Created': 'Connector.Created',
  'Connector.Deleted': 'Connector.Deleted',
  'Connector.Updated': 'Connector.Data.Updated',
  'SsoConnector.Created': 'SsoConnector.Created',
  'SsoConnector.Deleted': 'SsoConnector.Deleted',
  'SsoConnector.Updated': 'SsoConnector.Data.Updated',
  'SsoConnector.SigningKey.Created': 'SsoConnector.Data.Updated',
  'SsoConnector.SigningKey.Updated': 'SsoConnector.Data.Updated',
  'SsoConnector.SigningKey.Deleted': 'SsoConnector.Data.Updated',
  'User.SsoIdentity.Linked': 'User.Identity.Linked',
  'SignInExperience.Updated': 'SignInExperience.Updated',
  'TrustedDevice.Created': 'TrustedDevice.Created',
  'TrustedDevice.Deleted': 'TrustedDevice.Deleted',
  'Factor.Bound': 'User.Mfa.Created',
  'Factor.Removed': 'User.Mfa.Deleted',
  'Session.Revoked': 'Session.Revoked',
};

/** Settings beside the sign-in experience, by the kind of object that the trail names. */
const SETTINGS: ReadonlySet<string> = new Set([
  'AccountCenter',
  'AdminConsole',
  'AuditLogs',
  'AuditStream',
  'CaptchaProvider',
  'Cimd',
  'ClientRegistration',
  'IdTokenConfig',
  'OidcKey',
  'OidcSession',
  'Script',
  'Webhook',
]);

const CHANGED = /\.(?:Created|Updated|Deleted|Rotated)$/;
const FAILED_PROOF = /^Interaction\.\w+\.Verification\.\w+\.(?:Submit|Verify)$/;

/** Tells webhooks of what an entry of the trail records. `facts` is what the entry keeps, its secrets masked. */
export async function emitChange(scope: Scope, event: AuditEvent, facts: Record<string, unknown>): Promise<void> {
  if (event.result === 'Error') {
    if (!FAILED_PROOF.test(event.key)) return;
    const about = JSON.stringify(facts.identifier ?? facts.connectorId ?? '');
    await emitEvent(scope, { event: 'User.SignIn.Failed', object: { type: 'Identifier', id: about }, payload: facts });
    return;
  }
  if (!event.target) return;
  const { before: _, after = null, ...details } = facts;
  if (SETTINGS.has(event.target.type) && CHANGED.test(event.key)) {
    const payload = { change: event.key, target: event.target, ...details, data: after };
    await emitEvent(scope, { event: 'Settings.Updated', object: event.target, payload });
    return;
  }
  const name = EVENT_OF[event.key];
  if (!name) return;
  await emitEvent(scope, { event: name, object: event.target, payload: { ...details, data: after } });
}
