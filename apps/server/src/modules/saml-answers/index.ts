import type { DatabasePool } from '../../kernel/database.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { OperationInput, Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import { hashSecret, type SecretBox } from '../../kernel/secrets.ts';
import * as contract from './saml-answers.contract.ts';
import { fail } from './saml-answers.errors.ts';
import * as store from './saml-answers.store.ts';

/** As long as somebody may take to sign in at the provider. */
const LIFETIME_MS = 3_600_000;

/** Answers of SAML providers, which come from the provider's site and wait for the browser that they are for. */
export interface SamlAnswersApi {
  /** A request has been sent under this state: one answer to it will be kept, and the browser led to `redirectUri`. */
  expect(scope: Scope, connectorId: string, request: { state: string; redirectUri: string }): Promise<void>;
  /** The answer that has come under this state, in Base64 and not verified; once. */
  take(scope: Scope, connectorId: string, state: string): Promise<string | undefined>;
}

interface Dependencies {
  database: DatabasePool;
  secretBox: SecretBox;
  now: () => Date;
  isSocialConnector(tenantId: string, connectorId: string): Promise<boolean>;
  isEnterpriseConnector(tenantId: string, connectorId: string): Promise<boolean>;
}

type Call = Pick<OperationInput<typeof contract.postSamlAnswer>, 'scope' | 'params' | 'body' | 'reply'>;

export function createSamlAnswersModule(deps: Dependencies): {
  routes: Routes;
  api: SamlAnswersApi;
  jobs: Job[];
} {
  const keyOf = ({ tenantId }: Scope, connectorId: string, state: string) => ({
    tenantId,
    connectorId,
    stateHash: hashSecret(state),
  });
  const purposeOf = ({ tenantId, connectorId, stateHash }: store.SamlAnswerKey) =>
    `saml-answer:${tenantId}:${connectorId}:${stateHash}`;

  const receive = async (
    { scope, params: { connectorId }, body, reply }: Call,
    exists: Dependencies['isSocialConnector'],
  ) => {
    if (!(await exists(scope.tenantId, connectorId))) throw fail('connector.not_found');
    const { SAMLResponse: response, RelayState: state = '' } = body;
    const key = keyOf(scope, connectorId, state);
    const sealed = deps.secretBox.seal(response, purposeOf(key));
    const redirectUri = await store.fillExpected(scope.db, key, sealed, scope.now);
    if (redirectUri === undefined) throw fail('session.connector_session_not_found');
    const target = new URL(redirectUri);
    target.searchParams.set('state', state);
    reply.header('location', target.href).header('cache-control', 'no-store');
  };

  return {
    routes: (route) => {
      route(contract.postSamlAnswer, (call) => receive(call, deps.isSocialConnector));
      route(contract.postSingleSignOnSamlAnswer, (call) => receive(call, deps.isEnterpriseConnector));
    },
    api: {
      async expect(scope, connectorId, { state, redirectUri }) {
        await store.insertExpected(scope.db, {
          ...keyOf(scope, connectorId, state),
          redirectUri,
          responseSealed: null,
          expiresAt: new Date(scope.now.getTime() + LIFETIME_MS),
        });
      },
      async take(scope, connectorId, state) {
        const key = keyOf(scope, connectorId, state);
        const sealed = await store.takeFilled(scope.db, key, scope.now);
        return sealed && deps.secretBox.open(sealed, purposeOf(key));
      },
    },
    jobs: [
      {
        name: 'delete-expired-saml-answers',
        schedule: '23 * * * *',
        run: () => store.deleteExpired(deps.database.forSystem('delete SAML answers that nobody came for'), deps.now()),
      },
    ],
  };
}
