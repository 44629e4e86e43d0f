import type { Routes } from '../../kernel/operations.ts';
import * as contract from './sessions.contract.ts';
import type { SessionsApi } from './sessions.service.ts';

export function sessionsRoutes(sessions: SessionsApi): Routes {
  return (route) => {
    route(contract.listSessions, async ({ scope, params }) => ({
      sessions: await sessions.list(scope, params.userId),
    }));

    route(contract.getSession, ({ scope, params }) => sessions.get(scope, params.userId, params.sessionId));

    route(contract.revokeSession, ({ scope, params, query }) =>
      sessions.revoke(scope, params.userId, params.sessionId, query.revokeGrantsTarget),
    );

    route(contract.listGrants, async ({ scope, params, query }) => ({
      grants: await sessions.listGrants(scope, params.userId, query.appType),
    }));

    route(contract.revokeGrant, ({ scope, params }) => sessions.revokeGrant(scope, params.userId, params.grantId));
  };
}
