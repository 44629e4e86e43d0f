import type { Routes } from '../../kernel/operations.ts';
import type { ProtocolSession } from '../oidc/index.ts';
import * as contract from './sessions.contract.ts';
import type { SessionsService } from './sessions.service.ts';

const inSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);

const toSession = (row: ProtocolSession): contract.Session => ({
  payload: {
    exp: inSeconds(row.expiresAt),
    iat: row.issuedAt,
    jti: row.uid,
    uid: row.uid,
    kind: 'Session',
    loginTs: row.signedInAt,
    accountId: row.userId,
    authorizations: row.authorizations,
  },
  lastSubmission: row.lastSubmission,
  clientId: row.clientId,
  accountId: row.userId,
  expiresAt: row.expiresAt.getTime(),
});

export function sessionsRoutes(service: SessionsService): Routes {
  return (route) => {
    route(contract.listSessions, async ({ scope, params }) => ({
      sessions: (await service.list(scope, params.userId)).map(toSession),
    }));

    route(contract.getSession, async ({ scope, params }) =>
      toSession(await service.get(scope, params.userId, params.sessionId)),
    );

    route(contract.revokeSession, ({ scope, params, query }) =>
      service.revoke(scope, params.userId, params.sessionId, query.revokeGrantsTarget),
    );

    route(contract.listGrants, async ({ scope, params, query }) => {
      const grants = await service.listGrants(scope, params.userId, query.appType);
      return {
        grants: grants.map(({ id, userId: accountId, clientId, issuedAt, expiresAt, application }) => ({
          id,
          payload: { exp: inSeconds(expiresAt), iat: issuedAt, jti: id, kind: 'Grant' as const, clientId, accountId },
          expiresAt: expiresAt.getTime(),
          application,
        })),
      };
    });

    route(contract.revokeGrant, ({ scope, params }) => service.revokeGrant(scope, params.userId, params.grantId));
  };
}
