import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { MakeScope } from '../../kernel/http.ts';
import type { Routes } from '../../kernel/operations.ts';
import { GRANT_TYPES } from './client-metadata.ts';
import * as contract from './client-registration.contract.ts';
import { RegistrationError } from './client-registration.errors.ts';
import type { ClientRegistrationService, RegisteredClient } from './client-registration.service.ts';

/** Largest registration, in bytes. */
const BODY_LIMIT = 56 * 1024;

export function clientRegistrationRoutes(service: ClientRegistrationService): Routes {
  return (route) => {
    route(contract.getRegistrationPolicy, ({ scope }) => service.policy(scope));
    route(contract.updateRegistrationPolicy, ({ scope, body }) => service.changePolicy(scope, body));
    route(contract.listInitialAccessTokens, ({ scope }) => service.tokens.list(scope));
    route(contract.createInitialAccessToken, ({ scope, body }) => service.tokens.create(scope, body));
    route(contract.deleteInitialAccessToken, ({ scope, params }) => service.tokens.remove(scope, params.tokenId));
  };
}

/** RFC 7591 §3.2.1: all that is registered of the client, what it sent or not. */
function toResponse({ tenant }: FastifyRequest, client: RegisteredClient, token: string) {
  const { secret, type } = client;
  return {
    client_id: client.clientId,
    client_id_issued_at: Math.floor(client.issuedAt.getTime() / 1000),
    ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
    client_name: client.name,
    application_type: type === 'Native' ? 'native' : 'web',
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    grant_types: GRANT_TYPES,
    response_types: ['code'],
    token_endpoint_auth_method: type === 'Traditional' ? 'client_secret_basic' : 'none',
    registration_access_token: token,
    registration_client_uri: `${tenant.endpoint}/oidc/reg/${client.clientId}`,
  };
}

const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];

/** Mounts the registration endpoint beside the protocol's others. */
export function mountClientRegistration(
  app: FastifyInstance,
  service: ClientRegistrationService,
  makeScope: MakeScope,
): void {
  app.register(async (http) => {
    http.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    http.setErrorHandler((error, _request, reply) => refuse(error, reply));
    const bodyLimit = BODY_LIMIT;
    const clientId = (request: FastifyRequest) => (request.params as { clientId: string }).clientId;
    const bodyOf = ({ body }: FastifyRequest): Record<string, unknown> => {
      if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
      throw new RegistrationError(400, 'invalid_client_metadata', 'the body must be a JSON object');
    };

    http.post('/oidc/reg', { bodyLimit }, async (request, reply) => {
      const { client, token } = await service.register(makeScope(request), bodyOf(request), bearerOf(request));
      return reply.code(201).send(toResponse(request, client, token));
    });
    http.get('/oidc/reg/:clientId', async (request) => {
      const token = bearerOf(request);
      return toResponse(request, await service.read(makeScope(request), clientId(request), token), token ?? '');
    });
    http.put('/oidc/reg/:clientId', { bodyLimit }, async (request) => {
      const token = bearerOf(request);
      const client = await service.replace(makeScope(request), clientId(request), token, bodyOf(request));
      return toResponse(request, client, token ?? '');
    });
    http.delete('/oidc/reg/:clientId', async (request, reply) => {
      await service.remove(makeScope(request), clientId(request), bearerOf(request));
      return reply.code(204).send();
    });
  });
}

function refuse(error: unknown, reply: FastifyReply) {
  if (!(error instanceof RegistrationError)) {
    const { statusCode } = error as { statusCode?: number };
    // A body that is no JSON, or too large; everything else is the server's own handler's.
    if (statusCode === undefined || statusCode >= 500) throw error;
    return reply.code(statusCode).send({ error: 'invalid_client_metadata', error_description: 'the body is not JSON' });
  }
  if (error.status === 401) reply.header('www-authenticate', `Bearer error="${error.error}"`);
  return reply.code(error.status).send({ error: error.error, error_description: error.message });
}
