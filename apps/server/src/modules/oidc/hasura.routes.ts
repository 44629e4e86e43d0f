import { defineErrors } from '../../kernel/errors.ts';
import type { Routes } from '../../kernel/operations.ts';
import { authorizeHasura } from './hasura.contract.ts';
import { findRoleNames } from './oidc.store.ts';
import type { FindSignedToken } from './token-verifier.ts';

const fail = defineErrors({ 'auth.unauthorized': 401, 'auth.expected_role_not_found': 401 });

const BEARER = /^Bearer ([^ ]+)$/i;

/** Hasura's authorization webhook: who asks, and in which of their roles. */
export function hasuraRoutes(findSignedToken: FindSignedToken): Routes {
  return (route) => {
    route(authorizeHasura, async ({ scope, query, request }) => {
      const { tenantId, db } = scope;
      const presented = BEARER.exec(request.headers.authorization ?? '')?.[1];
      const token = presented && (await findSignedToken(tenantId, presented, query.resource));
      if (!token) {
        if (query.unauthorizedRole !== undefined) return { 'X-Hasura-Role': query.unauthorizedRole };
        throw fail('auth.unauthorized');
      }
      const expected = request.headers['expected-role'];
      if (expected === undefined) return { 'X-Hasura-User-Id': token.subject };
      const roles = await findRoleNames(db, tenantId, token.subject);
      if (typeof expected !== 'string' || !roles.includes(expected)) throw fail('auth.expected_role_not_found');
      return { 'X-Hasura-User-Id': token.subject, 'X-Hasura-Role': expected };
    });
  };
}
