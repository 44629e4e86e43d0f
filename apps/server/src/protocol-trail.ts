import type { AuditSource } from './kernel/audit.ts';
import type { Actor } from './kernel/scope.ts';
import type { Recorder } from './modules/audit-logs/index.ts';
import type { ActiveUsers } from './modules/dashboard/index.ts';
import { isDocumentId, type ProtocolEvent } from './modules/oidc/index.ts';

/** Keeps what the protocol did: an entry of the trail for each event, and who is active. */
export function createProtocolTrail(deps: { recorder: Recorder; activeUsers: ActiveUsers; now(): Date }) {
  return (tenantId: string, event: ProtocolEvent): void => {
    const { userId, applicationId, sessionId, error } = event;
    const source: AuditSource = {
      tenantId,
      actor: actorOf(event),
      requestId: event.requestId,
      now: deps.now(),
      ip: event.ip,
      userAgent: event.userAgent ?? null,
    };
    deps.recorder.record(source, {
      key: event.key,
      result: event.result,
      details: {
        ...(error !== undefined && { error }),
        ...(userId !== undefined && { userId }),
        ...(applicationId !== undefined && {
          [isDocumentId(applicationId) ? 'cimdClientId' : 'applicationId']: applicationId,
        }),
        ...(sessionId !== undefined && { sessionId }),
        params: event.params,
      },
    });
    if (userId !== undefined && event.result === 'Success' && event.key.startsWith('ExchangeTokenBy.')) {
      deps.activeUsers.see(tenantId, userId);
    }
  };
}

function actorOf({ userId, applicationId }: ProtocolEvent): Actor {
  if (userId !== undefined) return { type: 'user', id: userId };
  // The address of a stranger's document names no actor of the tenant.
  return applicationId === undefined || isDocumentId(applicationId)
    ? { type: 'anonymous', id: null }
    : { type: 'app', id: applicationId };
}
