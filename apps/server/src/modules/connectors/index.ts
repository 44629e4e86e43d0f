import type { ConnectorSession, OneTapSettings, ProviderTokens, SocialUserInfo } from '@latchkey/connector-kit';
import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { EgressConnect } from '../../kernel/egress.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import { type Scope, systemScope } from '../../kernel/scope.ts';
import type { SealedTokens, SecretsApi } from '../secrets/index.ts';
import { createConnectorSessions, deleteExpiredSessions } from './connector-sessions.ts';
import { fail } from './connectors.errors.ts';
import { connectorsRoutes } from './connectors.routes.ts';
import {
  CONNECTORS_KEY,
  CONNECTORS_TOPIC,
  type ConnectorRecord,
  type ConnectorsDependencies,
  createConnectorsService,
} from './connectors.service.ts';
import { presentationOf } from './connectors.wire.ts';
import { createMessaging, findMessenger, type Messaging, type Messenger } from './messaging.ts';
import {
  createSocial,
  type OneTapCredential,
  oneTapOf,
  type SocialCallback,
  type SocialDependencies,
  type SocialRequest,
} from './social.ts';
import { deleteExpiredCredentials } from './spent-credentials.ts';
import { createTestSend, type TestSendDependencies } from './test-send.ts';

export type { OneTapSettings } from '@latchkey/connector-kit';
export { asRequestError } from './connectors.errors.ts';
export type { Messaging, Messenger, OutgoingMessage } from './messaging.ts';
export { loadOwnConnectors } from './own-connectors.ts';

/** A connector as the sign-in pages show it, and what its sign-ins take over. */
export interface SocialConnectorSummary {
  id: string;
  target: string;
  /** Name and avatar are taken over at each sign-in, not at the first alone. */
  syncProfile: boolean;
  platform: ConnectorRecord['factory']['metadata']['platform'];
  isStandard: boolean | undefined;
  name: Record<string, string>;
  logo: string;
  logoDark: string | null;
  /** What the provider's own script is told, where it may offer a sign-in on the page. */
  oneTap: OneTapSettings | undefined;
}

/** Who signed in at a provider, and its tokens, closed, where the connector keeps them. */
export interface ProvedSignIn {
  userInfo: SocialUserInfo;
  tokens?: SealedTokens;
}

export interface ConnectorsApi {
  /** The tenant's connectors, the oldest first, cached. */
  listSocial(tenantId: string): Promise<SocialConnectorSummary[]>;
  findSocial(tenantId: string, connectorId: string): Promise<SocialConnectorSummary | undefined>;
  /** Where to send the browser, and the session to keep on the server until it comes back. */
  authorizationUri(
    scope: Scope,
    connectorId: string,
    request: SocialRequest,
  ): Promise<{ uri: string; session: ConnectorSession }>;
  /** Finishes what an administrator began by the operation `authorization-uri`: whose account at the provider it is. */
  finishForUser(
    scope: Scope,
    connectorId: string,
    data: Record<string, unknown>,
  ): Promise<{ target: string; identityId: string; details: Record<string, unknown>; tokens?: SealedTokens }>;
  /** Verifies what the provider sent back and says who it is. */
  signIn(scope: Scope, connectorId: string, callback: SocialCallback): Promise<ProvedSignIn>;
  /** Verifies what the provider's script brought to a page, once, and says who it is. */
  signInByOneTap(scope: Scope, connectorId: string, answer: OneTapCredential): Promise<ProvedSignIn>;
  /** Verifies it and says who it is, without spending it: nobody is signed in by that. */
  readOneTap(scope: Scope, connectorId: string, answer: OneTapCredential): Promise<SocialUserInfo>;
  /** Fresh tokens of a user; undefined when there is no way to them any more. */
  refreshTokens(scope: Scope, connectorId: string, refreshToken: string): Promise<ProviderTokens | undefined>;
  /** The tenant's e-mail or SMS connector, if there is one. */
  findMessenger<Type extends 'Email' | 'Sms'>(tenantId: string, type: Type): Promise<Messenger<Type> | undefined>;
  messaging: Messaging;
  /** Seals anew what a previous master key sealed; answers how many. */
  reseal(scope: Scope): Promise<number>;
}

const isSocial = ({ factory }: ConnectorRecord) => factory.type === 'Social';

const toView = (record: ConnectorRecord): SocialConnectorSummary => ({
  id: record.id,
  syncProfile: record.syncProfile,
  platform: record.factory.metadata.platform,
  isStandard: record.factory.metadata.isStandard,
  oneTap: oneTapOf(record),
  ...presentationOf(record),
});

/** The providers that sign people in and send messages, and what each tenant has set up of them. */
export function createConnectorsModule(
  deps: ConnectorsDependencies &
    TestSendDependencies &
    SocialDependencies & {
      database: DatabasePool;
      caches: Caches;
      egressConnect: EgressConnect;
      sealTokens: SecretsApi['seal'];
    },
): { routes: Routes; api: ConnectorsApi; jobs: Job[] } {
  const service = createConnectorsService(deps);
  const social = createSocial(deps);
  const messaging = createMessaging(deps);
  const sessions = createConnectorSessions(deps);
  const cached = deps.caches.create(CONNECTORS_TOPIC, (tenantId) =>
    service.list(systemScope(deps, tenantId, 'load connectors')),
  );
  const list = async (tenantId: string) => (await cached.get(tenantId, CONNECTORS_KEY)) ?? [];
  const find = async (tenantId: string, id: string) => (await list(tenantId)).find((record) => record.id === id);

  const get = async (tenantId: string, id: string): Promise<ConnectorRecord> => {
    const record = await find(tenantId, id);
    if (!record) throw fail('connector.not_found');
    return record;
  };

  const signIn = async (scope: Scope, record: ConnectorRecord, callback: SocialCallback): Promise<ProvedSignIn> => {
    const { userInfo, tokens } = await social.signIn(scope, record, callback);
    if (!tokens || !record.enableTokenStorage) return { userInfo };
    const source = { kind: 'social', connectorId: record.id, identityId: userInfo.id } as const;
    return { userInfo, tokens: deps.sealTokens(scope, source, tokens) };
  };

  return {
    routes: connectorsRoutes(service, social, createTestSend(messaging, deps), sessions),
    api: {
      listSocial: async (tenantId) => (await list(tenantId)).filter(isSocial).map(toView),
      async findSocial(tenantId, connectorId) {
        const record = await find(tenantId, connectorId);
        return record && isSocial(record) ? toView(record) : undefined;
      },
      authorizationUri: async (scope, connectorId, request) =>
        social.authorizationUri(scope, await get(scope.tenantId, connectorId), request),
      signIn: async (scope, connectorId, callback) => signIn(scope, await get(scope.tenantId, connectorId), callback),
      signInByOneTap: async (scope, connectorId, answer) => ({
        userInfo: await social.signInByOneTap(scope, await get(scope.tenantId, connectorId), answer),
      }),
      readOneTap: async ({ tenantId }, connectorId, answer) =>
        (await social.readOneTap(await get(tenantId, connectorId), answer)).userInfo,
      async refreshTokens({ tenantId }, connectorId, refreshToken) {
        const record = await find(tenantId, connectorId);
        return record?.enableTokenStorage ? social.refresh(record, refreshToken) : undefined;
      },
      async finishForUser(scope, connectorId, data) {
        const record = await get(scope.tenantId, connectorId);
        const texts = Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
        const params = Object.fromEntries(texts);
        const session = await sessions.take(scope, connectorId, params.state ?? '');
        if (!session) throw fail('session.connector_session_not_found');
        const { userInfo, ...proved } = await signIn(scope, record, { params, session });
        return { target: record.target, identityId: userInfo.id, details: { ...userInfo }, ...proved };
      },
      findMessenger: async (tenantId, type) => findMessenger(await list(tenantId), type),
      messaging,
      reseal: service.reseal,
    },
    jobs: [
      {
        name: 'delete-expired-connector-sessions',
        schedule: '13 * * * *',
        async run() {
          const db = deps.database.forSystem('delete expired connector sessions and credentials');
          await deleteExpiredSessions(db, deps.now());
          await deleteExpiredCredentials(db, deps.now());
        },
      },
    ],
  };
}
