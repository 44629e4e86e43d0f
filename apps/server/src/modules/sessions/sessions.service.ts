import { audit } from '../../kernel/audit.ts';
import { emitEvent } from '../../kernel/events.ts';
import type { FindPlace } from '../../kernel/places.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { ProtocolGrant, ProtocolSession } from '../oidc/index.ts';
import type { Grant, Session } from './sessions.contract.ts';
import { fail } from './sessions.errors.ts';
import { toGrant, toSession } from './sessions.wire.ts';

interface Application {
  name: string;
  isThirdParty: boolean;
}

export interface SessionsDependencies {
  userExists(scope: Scope, userId: string): Promise<boolean>;
  findApplication(tenantId: string, clientId: string): Promise<Application | undefined>;
  findPlace: FindPlace;
  /** The protocol's rows. */
  protocol: {
    sessions(scope: Scope, userId: string): Promise<ProtocolSession[]>;
    grants(scope: Scope, userId: string): Promise<ProtocolGrant[]>;
    endSession(scope: Scope, userId: string, uid: string): Promise<void>;
    endGrants(scope: Scope, userId: string, grantIds: readonly string[]): Promise<void>;
  };
}

export type GrantTarget = 'all' | 'firstParty';
export type AppType = 'firstParty' | 'thirdParty';
export type GrantToApplication = ProtocolGrant & { application: { id: string; name: string; isThirdParty: boolean } };

/** A user's sessions and grants, for administrators and for the user. */
export type SessionsApi = ReturnType<typeof createSessionsService>;

/** What is told of an application. */
const pick = ({ name, isThirdParty }: Application): Application => ({ name, isThirdParty });

/** Where users are signed in, and which applications hold tokens for them. */
export function createSessionsService(deps: SessionsDependencies) {
  const { protocol } = deps;

  const checkUser = async (scope: Scope, userId: string): Promise<void> => {
    if (!(await deps.userExists(scope, userId))) throw fail('entity.not_found');
  };

  const get = async (scope: Scope, userId: string, uid: string): Promise<ProtocolSession> => {
    await checkUser(scope, userId);
    const session = (await protocol.sessions(scope, userId)).find((candidate) => candidate.uid === uid);
    if (!session) throw fail('oidc.session_not_found');
    return session;
  };

  /** The session's grants to all applications, or to the tenant's own. */
  const grantsOf = async (scope: Scope, session: ProtocolSession, target: GrantTarget): Promise<string[]> => {
    const ids: string[] = [];
    for (const [clientId, { grantId }] of Object.entries(session.authorizations)) {
      if (!grantId) continue;
      const application = target === 'all' ? undefined : await deps.findApplication(scope.tenantId, clientId);
      if (!application?.isThirdParty) ids.push(grantId);
    }
    return ids;
  };

  return {
    get: async (scope: Scope, userId: string, uid: string): Promise<Session> =>
      toSession(await get(scope, userId, uid), deps.findPlace),

    async list(scope: Scope, userId: string): Promise<Session[]> {
      await checkUser(scope, userId);
      return (await protocol.sessions(scope, userId)).map((row) => toSession(row, deps.findPlace));
    },

    /** Ends a session and, as far as `target` says, the tokens that were issued in it. */
    revoke: (scope: Scope, userId: string, uid: string, target: GrantTarget | undefined): Promise<void> =>
      transaction(scope, async (tx) => {
        const session = await get(tx, userId, uid);
        const grantIds = target ? await grantsOf(tx, session, target) : [];
        await protocol.endSession(tx, userId, uid);
        await protocol.endGrants(tx, userId, grantIds);
        await audit(tx, {
          key: 'Session.Revoked',
          target: { type: 'User', id: userId },
          details: { userId, sessionUid: uid, grantIds, reason: 'revoked' },
        });
      }),

    async listGrants(scope: Scope, userId: string, appType: AppType | undefined): Promise<Grant[]> {
      await checkUser(scope, userId);
      const grants = await protocol.grants(scope, userId);
      const found = await Promise.all(
        grants.map(async (grant) => ({
          grant,
          application: await deps.findApplication(scope.tenantId, grant.clientId),
        })),
      );
      // A grant to an application that is gone opens nothing.
      return found.flatMap(({ grant, application }) =>
        application && (appType === undefined || application.isThirdParty === (appType === 'thirdParty'))
          ? [toGrant({ ...grant, application: { id: grant.clientId, ...pick(application) } })]
          : [],
      );
    },

    revokeGrant: (scope: Scope, userId: string, grantId: string): Promise<void> =>
      transaction(scope, async (tx) => {
        await checkUser(tx, userId);
        const grant = (await protocol.grants(tx, userId)).find(({ id }) => id === grantId);
        if (!grant) throw fail('oidc.grant_not_found');
        await protocol.endGrants(tx, userId, [grantId]);
        const details = { applicationId: grant.clientId, userId, grantIds: [grantId], reason: 'revoked' };
        await audit(tx, { key: 'RevokeGrants', target: { type: 'User', id: userId }, details });
        await emitEvent(tx, {
          event: 'Grant.Revoked',
          object: { type: 'User', id: userId },
          payload: { applicationId: grant.clientId, userId, grantId },
        });
      }),
  };
}
