import type { FastifyRequest } from 'fastify';
import { acceptedLanguages } from '../../kernel/http.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { ConnectorSessions } from './connector-sessions.ts';
import * as contract from './connectors.contract.ts';
import { fail } from './connectors.errors.ts';
import type { ConnectorsService } from './connectors.service.ts';
import { toConnector, toFactory } from './connectors.wire.ts';
import type { Social } from './social.ts';
import type { TestSend } from './test-send.ts';

const languagesOf = (request: FastifyRequest) => acceptedLanguages(request.headers['accept-language']);

export function connectorsRoutes(
  service: ConnectorsService,
  social: Social,
  testSend: TestSend,
  sessions: ConnectorSessions,
): Routes {
  const getFactory = (id: string) => {
    const factory = service.findFactory(id);
    if (!factory) throw fail('entity.not_exists_with_id', { data: { name: 'connector factory', id } });
    return factory;
  };

  return (route) => {
    route(contract.listConnectors, async ({ scope, query, request }) => {
      const records = await service.list(scope);
      return records
        .filter(({ target }) => query.target === undefined || target === query.target)
        .map((record) => toConnector(record, languagesOf(request)));
    });

    route(contract.createConnector, async ({ scope, body, request }) =>
      toConnector(await service.create(scope, body), languagesOf(request)),
    );

    route(contract.getConnector, async ({ scope, params, request }) =>
      toConnector(await service.get(scope, params.id), languagesOf(request)),
    );

    route(contract.updateConnector, async ({ scope, params, body, request }) =>
      toConnector(await service.update(scope, params.id, body), languagesOf(request)),
    );

    route(contract.deleteConnector, ({ scope, params }) => service.remove(scope, params.id));

    route(contract.testConnector, async ({ scope, params, body }) => {
      await testSend(scope, getFactory(params.factoryId), body);
    });

    route(contract.createConnectorAuthorizationUri, async ({ scope, params, body }) => {
      const { uri, session } = await social.authorizationUri(scope, await service.get(scope, params.connectorId), body);
      await sessions.keep(scope, params.connectorId, session);
      return { redirectTo: uri, redirectUri: body.redirectUri };
    });

    route(contract.listConnectorFactories, async ({ request }) =>
      service.factories.map((factory) => toFactory(factory, languagesOf(request))),
    );

    route(contract.getConnectorFactory, async ({ params, request }) =>
      toFactory(getFactory(params.id), languagesOf(request)),
    );
  };
}
