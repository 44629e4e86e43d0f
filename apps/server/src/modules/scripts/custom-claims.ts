import { audit } from '../../kernel/audit.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { ScriptsService } from './scripts.service.ts';
import type { Slot } from './scripts.table.ts';
import { applicationContext, type ContextDependencies, organizationContext, userContext } from './user-context.ts';

/** A token that is about to be issued, and what it is issued for. */
export interface ClaimsRequest {
  kind: 'AccessToken' | 'ClientCredentials';
  token: Record<string, unknown>;
  clientId: string;
  userId?: string | undefined;
  organizationId?: string | undefined;
  /** Only for token exchange. */
  grant?: { type: string; subjectTokenContext: Record<string, unknown> } | undefined;
  /** How the user signed in, as far as it is known. */
  findInteraction?(): Promise<object | undefined>;
}

export type ClaimsAnswer =
  | { kind: 'claims'; claims: Record<string, unknown> }
  | { kind: 'denied'; message: string | undefined }
  /** The tenant wants no token without its claims. */
  | { kind: 'blocked' };

const AUDIT_KEYS = { AccessToken: 'JwtCustomizer.AccessToken', ClientCredentials: 'JwtCustomizer.ClientCredentials' };

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Claims that the tenant's script adds to a token (features 1.9). */
export function createCustomClaims(deps: ContextDependencies & { service: ScriptsService }) {
  const { service } = deps;

  const contextOf = async (scope: Scope, request: ClaimsRequest): Promise<Record<string, unknown>> => {
    const { userId, organizationId, grant } = request;
    const [user, application, organization, interaction] = await Promise.all([
      userId === undefined ? undefined : userContext(deps, scope, userId),
      applicationContext(deps, scope, request.clientId),
      organizationId === undefined ? undefined : organizationContext(scope, organizationId),
      request.findInteraction?.(),
    ]);
    return {
      ...(user && { user }),
      ...(application && { application }),
      ...(organization && { organization }),
      ...(grant && { grant }),
      ...(interaction && { interaction }),
    };
  };

  return async (scope: Scope, request: ClaimsRequest): Promise<ClaimsAnswer> => {
    const slot: Slot = request.kind === 'AccessToken' ? 'jwt.accessToken' : 'jwt.clientCredentials';
    const config = await service.inUse(scope.tenantId, slot);
    if (!config) return { kind: 'claims', claims: {} };
    const context = await contextOf(scope, request);
    const { outcome } = await service.run(scope.tenantId, slot, config, { token: request.token, context });
    if (outcome.kind === 'value' && isRecord(outcome.value)) return { kind: 'claims', claims: outcome.value };
    const reason =
      outcome.kind === 'failed' ? outcome : { reason: outcome.kind, message: 'the script returned no object' };
    await audit(scope, {
      key: AUDIT_KEYS[request.kind],
      result: 'Error',
      target: { type: 'Application', id: request.clientId },
      details: {
        applicationId: request.clientId,
        userId: request.userId,
        reason: reason.reason,
        error: outcome.kind === 'denied' ? outcome.message : reason.message,
      },
    });
    if (outcome.kind === 'denied') return { kind: 'denied', message: outcome.message };
    // Fails closed unless the tenant has said otherwise.
    return config.blockIssuanceOnError === false ? { kind: 'claims', claims: {} } : { kind: 'blocked' };
  };
}
