import type { z } from 'zod';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { enterpriseTokenSecret, providerAccessToken, socialTokenSecret } from './secrets.contract.ts';
import { secretsRoutes } from './secrets.routes.ts';
import { createSecretsService, type SecretsDependencies, type SecretsService } from './secrets.service.ts';
import { toAccessToken, toEnterpriseTokenSecret, toSocialTokenSecret } from './secrets.wire.ts';

export type { SealedTokens } from './secrets.service.ts';

/** What the vault does for those who sign users in at providers, and for those who read the tokens. */
export interface SecretsApi extends Pick<SecretsService, 'seal' | 'keep' | 'forgetConnector' | 'reseal'> {
  /** The access token of a linked account, good for a while; refused with `secrets.third_party_token_set.*`. */
  readAccessToken(
    scope: Scope,
    ...key: Parameters<SecretsService['read']> extends [Scope, ...infer Rest] ? Rest : never
  ): Promise<z.infer<typeof providerAccessToken>>;
  /** What administrators may know of the tokens of a user's social accounts, by target. */
  describeSocial(scope: Scope, userId: string): Promise<Map<string, z.infer<typeof socialTokenSecret>>>;
  /** The same of one user's accounts at enterprise providers, by connector. */
  describeEnterprise(
    scope: Scope,
    accounts: readonly { userId: string; ssoConnectorId: string; issuer: string }[],
  ): Promise<Map<string, z.infer<typeof enterpriseTokenSecret>>>;
}

/** The token vault (features 8.6). */
export function createSecretsModule(deps: SecretsDependencies): { routes: Routes; api: SecretsApi } {
  const service = createSecretsService(deps);
  return {
    routes: secretsRoutes(service),
    api: {
      ...service,
      readAccessToken: async (scope, key) => toAccessToken(await service.read(scope, key), deps.now()),
      async describeSocial(scope, userId) {
        const rows = (await service.listOf(scope, userId)).filter(({ kind }) => kind === 'social');
        return new Map(rows.map((row) => [row.provider, toSocialTokenSecret(row)]));
      },
      async describeEnterprise(scope, accounts) {
        const [first] = accounts;
        const rows = first ? await service.listOf(scope, first.userId) : [];
        return new Map(
          accounts.flatMap(({ ssoConnectorId, issuer }) => {
            const row = rows.find(({ kind, provider }) => kind === 'enterprise_sso' && provider === ssoConnectorId);
            return row ? [[ssoConnectorId, toEnterpriseTokenSecret(row, issuer)] as const] : [];
          }),
        );
      },
    },
  };
}
