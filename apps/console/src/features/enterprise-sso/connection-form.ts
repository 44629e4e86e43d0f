import type { SsoConnector } from './enterprise-sso.queries.ts';

type Config = SsoConnector['config'];

/** What the fields of an OpenID provider hold, under the wire's names. */
export interface OidcValues {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  trustUnverifiedEmail: boolean;
  offlineAccess: boolean;
}

/** How a SAML provider is described: by its address, by its text, or member by member. */
export type SamlSource = 'url' | 'xml' | 'fields';

export interface SamlValues {
  source: SamlSource;
  metadataUrl: string;
  metadata: string;
  entityId: string;
  signInEndpoint: string;
  x509Certificate: string;
  attributeMapping: { id: string; email: string; name: string };
  signAuthnRequest: boolean;
  requestSignatureAlgorithm: 'rsa-sha256' | 'rsa-sha512';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const toOidcValues = (config: Config): OidcValues => ({
  issuer: text(config.issuer),
  clientId: text(config.clientId),
  clientSecret: text(config.clientSecret),
  scope: text(config.scope),
  trustUnverifiedEmail: config.trustUnverifiedEmail === true,
  offlineAccess: config.offlineAccess === true,
});

function sourceOf({ metadataUrl, metadata, entityId, signInEndpoint, x509Certificate }: Config): SamlSource {
  if (metadataUrl) return 'url';
  if (metadata) return 'xml';
  return entityId || signInEndpoint || x509Certificate ? 'fields' : 'url';
}

export function toSamlValues(config: Config): SamlValues {
  const mapping = (config.attributeMapping ?? {}) as Config;
  return {
    source: sourceOf(config),
    metadataUrl: text(config.metadataUrl),
    metadata: text(config.metadata),
    entityId: text(config.entityId),
    signInEndpoint: text(config.signInEndpoint),
    x509Certificate: text(config.x509Certificate),
    attributeMapping: { id: text(mapping.id), email: text(mapping.email), name: text(mapping.name) },
    signAuthnRequest: config.signAuthnRequest === true,
    requestSignatureAlgorithm: config.requestSignatureAlgorithm === 'rsa-sha512' ? 'rsa-sha512' : 'rsa-sha256',
  };
}

/** Leaves out what is empty or off: the server has its own words for what is not said. */
function said(members: Record<string, string | boolean>): Config {
  const trimmed = Object.entries(members).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.trim() : value,
  ]);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== '' && value !== false));
}

export const toOidcConfig = (values: OidcValues): Config => said({ ...values });

/** Of the three ways to describe the provider, only the chosen one is sent: another would win over it. */
export function toSamlConfig(values: SamlValues): Config {
  const { source, metadataUrl, metadata, entityId, signInEndpoint, x509Certificate } = values;
  const described: Record<SamlSource, Record<string, string>> = {
    url: { metadataUrl },
    xml: { metadata },
    fields: { entityId, signInEndpoint, x509Certificate },
  };
  const mapping = said(values.attributeMapping);
  return {
    ...said({ ...described[source], signAuthnRequest: values.signAuthnRequest }),
    ...(Object.keys(mapping).length > 0 && { attributeMapping: mapping }),
    ...(values.signAuthnRequest && { requestSignatureAlgorithm: values.requestSignatureAlgorithm }),
  };
}
