import { fail } from '../../kernel/errors.ts';
import type { Scope } from '../../kernel/scope.ts';
import { isDocumentId } from './document-clients.ts';
import { answerInteraction } from './interactions.store.ts';
import { type ClientRecord, clientExtras } from './policies/clients.ts';
import { cookieNames, INTERACTION_TTL } from './policies/cookies.ts';
import { ORGANIZATIONS_SCOPE } from './policies/organizations.ts';
import type { ProviderPool } from './provider-pool.ts';
import type { Submission } from './session-submissions.store.ts';

/** An authorization request that waits for the user, as the sign-in engine sees it. */
export interface InteractionDetails {
  id: string;
  tenantId: string;
  /** What is asked of the user: `login` or `consent`. */
  prompt: string;
  /** The request's parameters, fixed when it was made. */
  params: Readonly<Record<string, string | undefined>>;
  application: { id: string; name: string; type: ClientRecord['type']; isThirdParty: boolean };
  /** Who is signed in to this browser already. */
  sessionUserId: string | undefined;
  /** Scopes that no grant covers yet (only with `consent`). */
  missingScopes: { oidc: string[]; resources: Record<string, string[]> };
  /** Whether the app asks to act for organizations of the user, who chooses which. */
  asksForOrganizations: boolean;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Where an answer is written: with a transaction's scope it stands or falls with what else that does. */
type AnswerScope = Pick<Scope, 'db' | 'tenantId'>;

/** How the sign-in engine answers an authorization request. Each call gives the URL that the browser goes to next. */
export interface Interactions {
  find(tenantId: string, id: string): Promise<InteractionDetails | undefined>;
  /**
   * `consented`: the hosted pages have also answered the consent prompt for one of the tenant's own apps.
   * `submission`: how the user signed in, to be kept with the session that comes of it.
   */
  signIn(
    scope: AnswerScope,
    id: string,
    userId: string,
    options: { consented: boolean; submission?: Submission | undefined },
  ): Promise<string>;
  /**
   * Answers the consent prompt; for a third-party app the user has just allowed what is missing, and to act for these
   * of the user's organizations.
   */
  consent(scope: AnswerScope, id: string, options?: { organizationIds: readonly string[] }): Promise<string>;
  /** Sends the user back to the app with an OAuth error. */
  reject(scope: AnswerScope, id: string, error: 'access_denied' | 'login_required'): Promise<string>;
  /** Name of the cookie that holds the interactions of a tenant. */
  cookieName(address: { tenantId: string; basePath: string; endpoint: string }): string;
}

const stringParams = (params: Record<string, unknown>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

/** Records for which organizations a user lets a third-party application act; refuses those of others. */
export type GrantOrganizations = (
  tenantId: string,
  key: { userId: string; clientId: string },
  organizationIds: readonly string[],
) => Promise<void>;

export function createInteractions(pool: ProviderPool, grantOrganizations: GrantOrganizations): Interactions {
  const load = async (tenantId: string, id: string) => {
    const { provider } = await pool.get(tenantId);
    return { provider, interaction: await provider.Interaction.find(id) };
  };

  const answer = async (scope: AnswerScope, id: string, result: Record<string, unknown>): Promise<string> => {
    const returnTo = await answerInteraction(scope.db, scope.tenantId, id, result);
    if (!returnTo) throw new Error(`interaction ${id} is gone`);
    return returnTo;
  };

  return {
    cookieName: (address) => cookieNames(address).interaction,

    async find(tenantId, id) {
      const { provider, interaction } = await load(tenantId, id);
      if (!interaction) return undefined;
      const client = await provider.Client.find(String(interaction.params.client_id));
      if (!client) return undefined;
      const { appName, appType, isThirdParty } = clientExtras(client);
      const details = interaction.prompt.details as {
        missingOIDCScope?: string[];
        missingResourceScopes?: Record<string, string[]>;
      };
      return {
        id,
        tenantId,
        prompt: interaction.prompt.name,
        params: stringParams(interaction.params),
        application: { id: client.clientId, name: appName, type: appType, isThirdParty },
        sessionUserId: interaction.session?.accountId,
        missingScopes: { oidc: details.missingOIDCScope ?? [], resources: details.missingResourceScopes ?? {} },
        asksForOrganizations:
          isThirdParty &&
          String(interaction.params.scope ?? '')
            .split(' ')
            .includes(ORGANIZATIONS_SCOPE),
        expiresAt: (interaction.exp ?? Math.floor(Date.now() / 1000) + INTERACTION_TTL) * 1000,
      };
    },

    signIn: (scope, id, userId, { consented, submission }) =>
      answer(scope, id, {
        login: { accountId: userId, remember: true },
        ...(consented && { consent: {} }),
        ...(submission && { submission }),
      }),

    async consent(scope, id, { organizationIds } = { organizationIds: [] }) {
      const { tenantId } = scope;
      const { provider, interaction } = await load(tenantId, id);
      if (!interaction) throw new Error(`interaction ${id} is gone`);
      const client = await provider.Client.find(String(interaction.params.client_id));
      if (!client) throw new Error('the client of this interaction is gone');
      // The tenant's own apps are granted what they ask for when the engine resumes (`existingGrant`).
      if (!clientExtras(client).isThirdParty) return answer(scope, id, { consent: {} });

      const accountId = interaction.session?.accountId;
      if (!accountId) throw new Error('consent needs a signed-in user');
      const known = interaction.grantId ? await provider.Grant.find(interaction.grantId) : undefined;
      const grant = known ?? new provider.Grant({ accountId, clientId: client.clientId });
      const details = interaction.prompt.details as {
        missingOIDCScope?: string[];
        missingResourceScopes?: Record<string, string[]>;
      };
      if (details.missingOIDCScope) grant.addOIDCScope(details.missingOIDCScope.join(' '));
      for (const [indicator, scopes] of Object.entries(details.missingResourceScopes ?? {})) {
        grant.addResourceScope(indicator, scopes.join(' '));
      }
      if (organizationIds.length > 1 && isDocumentId(client.clientId)) {
        throw fail('guard.invalid_input', { details: 'a client with a metadata document acts for one organization' });
      }
      if (organizationIds.length > 0) {
        await grantOrganizations(tenantId, { userId: accountId, clientId: client.clientId }, organizationIds);
      }
      return answer(scope, id, { consent: { grantId: await grant.save() } });
    },

    reject: (scope, id, error) => answer(scope, id, { error, error_description: 'the user turned the request down' }),
  };
}
