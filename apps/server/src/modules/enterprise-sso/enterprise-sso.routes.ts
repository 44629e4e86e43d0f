import { serviceProviderMetadata } from '@latchkey/connectors/saml';
import { acceptedLanguages } from '../../kernel/http.ts';
import { FIRST_PAGE, type Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import { ownAddresses } from './enterprise-sign-in.ts';
import * as contract from './enterprise-sso.contract.ts';
import { toDescribedConnector, toSigningKey, toSsoConnector } from './enterprise-sso.wire.ts';
import { ssoProviders } from './providers/index.ts';
import type { SigningKeysService } from './signing-keys.service.ts';
import { missing, type SsoConnectorRecord, type SsoConnectorsService } from './sso-connectors.service.ts';

const NOWHERE = { organizationCount: 0, organizations: [] };

export function enterpriseSsoRoutes(
  connectors: SsoConnectorsService,
  keys: SigningKeysService,
  endpointOf: (tenantId: string) => string,
): Routes {
  const describe = (scope: Scope, record: SsoConnectorRecord) =>
    toDescribedConnector(record, ownAddresses(endpointOf(scope.tenantId), record.row.id), scope.now);

  const shown = async (
    scope: Scope,
    record: SsoConnectorRecord,
    led = connectors.organizationsOf(scope, [record]),
  ) => ({
    ...describe(scope, record),
    ...((await led).get(record.row.id) ?? NOWHERE),
  });

  return (route) => {
    route(contract.listSsoConnectorProviders, async ({ request }) => {
      const languages = acceptedLanguages(request.headers['accept-language']);
      const spoken = languages.map((tag) => tag.split('-')[0]).find((tag) => tag === 'en' || tag === 'ja');
      return ssoProviders.map(({ providerName, providerType, name, description, logo, logoDark }) => ({
        providerName,
        providerType,
        name,
        logo,
        logoDark,
        description: description[spoken ?? 'en'],
      }));
    });

    route(contract.createSsoConnector, async ({ scope, body }) => toSsoConnector(await connectors.create(scope, body)));

    route(contract.listSsoConnectors, async ({ scope, page = FIRST_PAGE, setTotal }) => {
      const { records, total } = await connectors.page(scope, page);
      setTotal(total);
      const led = connectors.organizationsOf(scope, records);
      return Promise.all(records.map((record) => shown(scope, record, led)));
    });

    route(contract.getSsoConnector, async ({ scope, params }) => shown(scope, await connectors.get(scope, params.id)));

    route(contract.updateSsoConnector, async ({ scope, params, body }) =>
      describe(scope, await connectors.update(scope, params.id, body)),
    );

    route(contract.deleteSsoConnector, ({ scope, params }) => connectors.remove(scope, params.id));

    route(contract.getServiceProviderMetadata, async ({ scope, params, reply }) => {
      const { kind, config, row } = await connectors.get(scope, params.id);
      if (kind.providerType !== 'saml') throw missing(params.id);
      const key = config.signAuthnRequest ? await keys.findActive(scope, row.id) : undefined;
      const own = ownAddresses(endpointOf(scope.tenantId), row.id);
      reply.header('cache-control', 'no-cache').header('content-security-policy', "default-src 'none'; sandbox");
      reply
        .type('application/samlmetadata+xml')
        .send(serviceProviderMetadata({ ...own, signingCertificate: key?.certificate }));
    });

    route(contract.listSsoSigningKeys, async ({ scope, params }) =>
      (await keys.list(scope, params.id)).map(toSigningKey),
    );

    route(contract.createSsoSigningKey, async ({ scope, params, body }) =>
      toSigningKey(await keys.create(scope, params.id, body.active)),
    );

    route(contract.updateSsoSigningKey, async ({ scope, params, body }) =>
      toSigningKey(await keys.setActive(scope, params.id, params.keyId, body.active)),
    );

    route(contract.deleteSsoSigningKey, ({ scope, params }) => keys.remove(scope, params.id, params.keyId));
  };
}
