import { ConnectorError } from '@latchkey/connector-kit';
import { certificateBody, parseCertificates } from './certificates.ts';
import { childrenOf, elementsOf, parseXml, type XmlElement, XmlRefusal } from './xml.ts';

/** Who may sign people in: what its metadata says, or what an operator has written down. */
export interface SamlIdentityProvider {
  entityId: string;
  /** Where the browser is sent, by the HTTP-Redirect binding. */
  signInEndpoint: string;
  /** Base64 without PEM lines; a signature by any of them counts, so that a provider can change its key. */
  certificates: string[];
}

const MAX_METADATA = 1_048_576;
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

const refuse = (message: string, cause?: unknown): never => {
  throw new ConnectorError('invalid_config', message, { cause });
};

function readRoot(xml: string): XmlElement {
  try {
    return parseXml(xml, MAX_METADATA);
  } catch (error) {
    if (error instanceof XmlRefusal) return refuse(`The metadata cannot be read. ${error.message}`, error);
    throw error;
  }
}

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** SAML metadata §2.4.3: the identity provider that a document describes. */
export function readIdentityProviderMetadata(xml: string): SamlIdentityProvider {
  const descriptors = elementsOf(readRoot(xml), 'EntityDescriptor').filter(
    (entity) => childrenOf(entity, 'IDPSSODescriptor').length > 0,
  );
  const [entity] = descriptors;
  if (!entity) return refuse('The metadata describes no identity provider.');
  if (descriptors.length > 1) return refuse('The metadata describes several identity providers.');
  const [provider] = childrenOf(entity, 'IDPSSODescriptor');
  const entityId = entity.getAttribute('entityID') ?? '';
  if (!provider || !entityId) return refuse('The metadata has no entity ID.');
  const endpoint = childrenOf(provider, 'SingleSignOnService').find(
    (service) => service.getAttribute('Binding') === REDIRECT,
  );
  const signInEndpoint = endpoint?.getAttribute('Location') ?? '';
  if (!isWebAddress(signInEndpoint)) return refuse('The metadata has no sign-in endpoint for HTTP-Redirect.');
  const certificates = childrenOf(provider, 'KeyDescriptor')
    .filter((key) => key.getAttribute('use') !== 'encryption')
    .flatMap((key) => elementsOf(key, 'X509Certificate'))
    .flatMap((element) => parseCertificates(element.textContent ?? ''))
    .map(certificateBody);
  if (certificates.length === 0) return refuse('The metadata has no signing certificate.');
  return { entityId, signInEndpoint, certificates: [...new Set(certificates)] };
}
