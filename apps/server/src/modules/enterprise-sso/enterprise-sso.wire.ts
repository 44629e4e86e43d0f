import { X509Certificate } from 'node:crypto';
import { parseCertificates } from '@latchkey/connectors/saml';
import type {
  DescribedSsoConnector,
  SigningKeyView,
  SsoConnector,
  SsoIdentityView,
} from './enterprise-sso.contract.ts';
import type { OwnAddresses, ResolvedProvider } from './providers/provider.ts';
import { DEFAULT_ATTRIBUTES } from './providers/saml.ts';
import type { SsoConnectorRecord } from './sso-connectors.service.ts';
import type { SigningKeyRow } from './sso-connectors.store.ts';
import type { SsoIdentityRow } from './sso-identities.store.ts';

export function toSsoConnector({ row, config }: SsoConnectorRecord): SsoConnector {
  const { tenantId, id, providerName, connectorName, domains, branding, syncProfile, enableTokenStorage } = row;
  return {
    tenantId,
    id,
    providerName,
    connectorName,
    config,
    domains,
    branding,
    syncProfile,
    enableTokenStorage,
    createdAt: row.createdAt.getTime(),
  };
}

/** What the provider says of itself; a certificate that ends is worth knowing before it does. */
function identityProviderOf(provider: ResolvedProvider | null, now: Date) {
  if (provider?.type === 'oidc') {
    const { type: _, tokenEndpointAuthMethods: __, ...endpoints } = provider;
    return endpoints;
  }
  if (!provider) return {};
  const { entityId, signInEndpoint, certificates } = provider;
  const [certificate] = certificates.flatMap(parseCertificates);
  const expiresAt = certificate && new Date(certificate.validTo);
  return {
    identityProvider: {
      entityId,
      signInEndpoint,
      x509Certificate: certificates[0],
      certificateExpiresAt: expiresAt?.getTime(),
      isCertificateValid: expiresAt !== undefined && expiresAt > now,
    },
  };
}

export function toDescribedConnector(record: SsoConnectorRecord, own: OwnAddresses, now: Date): DescribedSsoConnector {
  const { kind, row } = record;
  const isSaml = kind.providerType === 'saml';
  const described = identityProviderOf(row.provider, now);
  const providerConfig = isSaml
    ? { defaultAttributeMapping: DEFAULT_ATTRIBUTES, serviceProvider: own, ...described }
    : described;
  return {
    ...toSsoConnector(record),
    name: kind.name,
    providerType: kind.providerType,
    providerLogo: kind.logo,
    providerLogoDark: kind.logoDark,
    ...((isSaml || row.provider) && { providerConfig }),
  };
}

export function toSigningKey({ id, certificate, active, createdAt, expiresAt }: SigningKeyRow): SigningKeyView {
  const formatted = new X509Certificate(certificate).fingerprint256;
  return {
    id,
    certificate,
    active,
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt.getTime(),
    fingerprints: { sha256: { formatted, unformatted: formatted.replaceAll(':', '').toLowerCase() } },
  };
}

export const toSsoIdentity = ({ createdAt, updatedAt, ...row }: SsoIdentityRow): SsoIdentityView => ({
  ...row,
  createdAt: createdAt.getTime(),
  updatedAt: updatedAt.getTime(),
});
