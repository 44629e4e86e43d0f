import type { FastifyRequest } from 'fastify';
import { fail } from './kernel/errors.ts';
import type { Authorize } from './kernel/operations.ts';
import type { Actor } from './kernel/scope.ts';
import { ADMIN_TENANT } from './kernel/tenancy.ts';
import { permissionOf, scopesFor } from './kernel/wire.contract.ts';
import type { OidcApi } from './modules/oidc/index.ts';
import { managementApiOf } from './modules/tenants/index.ts';

const ANONYMOUS: Actor = { type: 'anonymous', id: null };

function bearerToken(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (!authorization) throw fail('auth.authorization_header_missing');
  const [scheme, token, ...rest] = authorization.split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) {
    throw fail('auth.authorization_token_type_not_supported');
  }
  return token;
}

/**
 * Who may call an operation of the API.
 * The Management API takes a token for the tenant's own audience with the scope `all`
 * or the operation's permission, issued by the tenant (machines)
 * or by the admin tenant (operators, through the Console); a token for another tenant's audience is no token at all.
 * An account owner shows an opaque token, which is looked up: one that was revoked opens nothing.
 */
export function createAuthorize(oidc: Pick<OidcApi, 'verifyToken' | 'mayAct' | 'findAccountToken'>): Authorize {
  return async (request, operation) => {
    if (operation.access === 'public') return ANONYMOUS;
    const { tenantId } = request.tenant;
    if (operation.access === 'account') {
      request.account = await oidc.findAccountToken(tenantId, bearerToken(request));
      if (!request.account) throw fail('auth.unauthorized');
      return { type: 'user', id: request.account.userId };
    }
    const token = await oidc.verifyToken(bearerToken(request), {
      audience: managementApiOf(tenantId),
      issuerTenantIds: tenantId === ADMIN_TENANT ? [ADMIN_TENANT] : [tenantId, ADMIN_TENANT],
    });
    if (!token || !(await oidc.mayAct(token))) throw fail('auth.unauthorized');
    if (!scopesFor(operation).some((scope) => token.scopes.has(scope))) {
      throw fail('auth.forbidden', { data: { requiredScope: permissionOf(operation) } });
    }
    const isApp = token.subject === token.clientId;
    if (isApp) return { type: 'app', id: token.subject };
    return { type: token.issuerTenantId === ADMIN_TENANT ? 'operator' : 'user', id: token.subject };
  };
}
