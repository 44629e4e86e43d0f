import { type ConnectorContext, ConnectorError, endpointSchema, optionalText } from '@latchkey/connector-kit';
import {
  certificateBody,
  parseCertificates,
  profileOf,
  readIdentityProviderMetadata,
  readSamlAnswer,
  type SamlServiceProvider,
  startSamlSignIn,
} from '@latchkey/connectors/saml';
import { z } from 'zod';
import type { SsoProvider, SsoSetting } from './provider.ts';

export const DEFAULT_ATTRIBUTES = { id: 'nameID', email: 'email', name: 'name' };

const attribute = optionalText(z.string().trim().max(512));

export const samlConfigSchema = z.object({
  metadataUrl: optionalText(endpointSchema),
  metadata: optionalText(z.string().trim().max(1_048_576)),
  entityId: optionalText(z.string().trim().max(2048)),
  signInEndpoint: optionalText(endpointSchema),
  x509Certificate: optionalText(z.string().trim().max(16_384)),
  attributeMapping: z.object({ id: attribute, email: attribute, name: attribute }).optional(),
  signAuthnRequest: z.boolean().optional(),
  requestSignatureAlgorithm: z.enum(['rsa-sha256', 'rsa-sha512']).optional(),
});
export type SamlConfig = z.output<typeof samlConfigSchema>;

const MAX_METADATA = 1_048_576;
const TIMEOUT_MS = 5_000;

async function fetchMetadata(url: string, context: ConnectorContext): Promise<string> {
  try {
    const answer = await context.fetch(url, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_METADATA });
    if (answer.status === 200) return await answer.text();
  } catch (error) {
    throw new ConnectorError('general', 'The metadata could not be fetched.', { cause: error });
  }
  throw new ConnectorError('invalid_config', 'There is no metadata at this address.');
}

function serviceProviderOf(setting: SsoSetting<SamlConfig>): SamlServiceProvider {
  const { config, provider, own, signing } = setting;
  if (provider.type !== 'saml') throw new ConnectorError('invalid_config', 'The provider has to be asked anew.');
  if (config.signAuthnRequest && !signing) {
    throw new ConnectorError('invalid_config', 'There is no active key to sign requests with.');
  }
  return {
    ...own,
    identityProvider: provider,
    ...(config.signAuthnRequest &&
      signing && {
        signing: { ...signing, algorithm: config.requestSignatureAlgorithm ?? ('rsa-sha256' as const) },
      }),
  };
}

/** How to sign in at a SAML 2.0 identity provider, found by its metadata. */
export function samlProvider(
  about: Pick<SsoProvider, 'providerName' | 'name' | 'description' | 'logo' | 'logoDark'>,
): SsoProvider<SamlConfig> {
  return {
    ...about,
    providerType: 'saml',
    configSchema: samlConfigSchema,

    async resolve(config, context) {
      const { metadataUrl, metadata, entityId, signInEndpoint, x509Certificate } = config;
      const xml = metadataUrl ? await fetchMetadata(metadataUrl, context) : metadata;
      if (xml) return { type: 'saml', ...readIdentityProviderMetadata(xml) };
      if (!entityId || !signInEndpoint || !x509Certificate) return undefined;
      const certificates = parseCertificates(x509Certificate).map(certificateBody);
      return { type: 'saml', entityId, signInEndpoint, certificates };
    },

    async start(setting, { state, redirectUri }) {
      const { uri, requestId } = await startSamlSignIn(serviceProviderOf(setting), state);
      return { uri, session: { state, redirectUri, requestId } };
    },

    async finish(setting, { params, session }, { now }) {
      const answer = { response: params.SAMLResponse, requestId: session.requestId };
      const subject = await readSamlAnswer(serviceProviderOf(setting), answer, now());
      const mapping = { ...DEFAULT_ATTRIBUTES, ...setting.config.attributeMapping };
      const { id, email, name, rawData } = profileOf(subject, mapping);
      if (!id) throw new ConnectorError('invalid_response', 'The provider names nobody by a lasting id.');
      return { user: { issuer: subject.issuer, id, email, name, rawData } };
    },
  };
}
