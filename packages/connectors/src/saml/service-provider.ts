import { randomBytes } from 'node:crypto';
import { ConnectorError } from '@latchkey/connector-kit';
import type { SAML } from '@node-saml/node-saml';
import { checkAlgorithms } from './algorithms.ts';
import { checkAssertion, readAssertion, type SamlSubject } from './assertion.ts';
import type { SamlIdentityProvider } from './identity-provider.ts';
import { childrenOf, elementsOf, parseXml, type XmlElement, XmlRefusal } from './xml.ts';

export type SamlSignatureAlgorithm = 'rsa-sha1' | 'rsa-sha256' | 'rsa-sha512';

/** We as a service provider towards one identity provider: who both are, and what we take from it. */
export interface SamlServiceProvider {
  /** Our own name, which is the audience of every assertion. */
  entityId: string;
  /** Where answers are posted to. */
  assertionConsumerServiceUrl: string;
  identityProvider: SamlIdentityProvider;
  /** What must be signed: the assertion or the response around it; either is enough unless one is named. */
  signed?: 'assertion' | 'response' | undefined;
  /** SHA-1 has been broken; it is read only where an operator says so. */
  allowSha1?: boolean | undefined;
  /** Signs our requests. */
  signing?: { privateKey: string; algorithm: SamlSignatureAlgorithm } | undefined;
  /** Opens encrypted assertions. */
  decryptionKey?: string | undefined;
  /** The kind of name that is asked for; whatever the provider likes where none is. */
  nameIdFormat?: string | undefined;
}

const MAX_RESPONSE = 512 * 1024;
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';

const refuse = (message: string, cause?: unknown): never => {
  throw new ConnectorError('authorization_failed', message, { cause });
};

async function library(sp: SamlServiceProvider, requestId: string): Promise<SAML> {
  const { identityProvider: idp, signing } = sp;
  // Loaded when the first one signs in: most installs know no SAML.
  const { SAML } = await import('@node-saml/node-saml');
  return new SAML({
    issuer: sp.entityId,
    audience: sp.entityId,
    callbackUrl: sp.assertionConsumerServiceUrl,
    entryPoint: idp.signInEndpoint,
    // The only keys that count: what a message brings along in its KeyInfo is never looked at.
    idpCert: idp.certificates,
    wantAssertionsSigned: sp.signed === 'assertion',
    wantAuthnResponseSigned: sp.signed === 'response',
    identifierFormat: sp.nameIdFormat ?? null,
    disableRequestedAuthnContext: true,
    generateUniqueId: () => requestId,
    // Times are judged by `checkAssertion`, on this server's clock.
    acceptedClockSkewMs: -1,
    ...(sp.decryptionKey && { decryptionPvk: sp.decryptionKey }),
    ...(signing && {
      privateKey: signing.privateKey,
      signatureAlgorithm:
        signing.algorithm === 'rsa-sha1' ? 'sha1' : signing.algorithm === 'rsa-sha512' ? 'sha512' : 'sha256',
    }),
  });
}

/** SAML profiles §4.1.3.2: where to send the browser, and the id that the answer has to name. */
export async function startSamlSignIn(
  sp: SamlServiceProvider,
  relayState: string,
): Promise<{ uri: string; requestId: string }> {
  // An xs:ID does not begin with a digit.
  const requestId = `_${randomBytes(20).toString('hex')}`;
  const uri = await (await library(sp, requestId)).getAuthorizeUrlAsync(relayState, undefined, {});
  return { uri, requestId };
}

/** SAML core §3.2.2: what the envelope says, which may be unsigned: it can only make us refuse. */
function checkEnvelope(root: XmlElement, sp: SamlServiceProvider, requestId: string): void {
  if (root.localName !== 'Response') refuse('The answer is no SAML response.');
  const destination = root.getAttribute('Destination');
  if (destination && destination !== sp.assertionConsumerServiceUrl)
    refuse('The answer was meant for another address.');
  const inResponseTo = root.getAttribute('InResponseTo');
  if (inResponseTo && inResponseTo !== requestId) refuse('The answer belongs to another sign-in.');
  const [code] = childrenOf(root, 'Status').flatMap((status) => childrenOf(status, 'StatusCode'));
  if (code?.getAttribute('Value') !== SUCCESS) refuse('The provider did not authorize the sign-in.');
  const assertions = [...elementsOf(root, 'Assertion'), ...elementsOf(root, 'EncryptedAssertion')];
  // Every wrapping attack needs a second one somewhere.
  if (assertions.length !== 1 || assertions[0]?.parentNode !== root) {
    refuse('The answer must hold exactly one assertion.');
  }
  const ids = elementsOf(root, '*').flatMap((element) => element.getAttribute('ID') ?? []);
  if (new Set(ids.filter(Boolean)).size !== ids.filter(Boolean).length) refuse('The answer names two things alike.');
}

function readEnvelope(response: string): { root: XmlElement; xml: string } {
  if (response.length > MAX_RESPONSE) refuse('The answer is too large.');
  const xml = Buffer.from(response, 'base64').toString('utf8');
  try {
    return { root: parseXml(xml, MAX_RESPONSE), xml };
  } catch (error) {
    if (error instanceof XmlRefusal) return refuse(error.message, error);
    throw error;
  }
}

/**
 * SAML profiles §4.1.4: verifies what the provider posted and says about whom it is.
 * Everything that is believed comes out of the very bytes that a configured key has signed.
 */
export async function readSamlAnswer(
  sp: SamlServiceProvider,
  answer: { response: string | undefined; requestId: string | undefined },
  now: Date,
): Promise<SamlSubject> {
  const { response, requestId } = answer;
  if (!response || !requestId) return refuse('The provider sent no SAML response.');
  const { root } = readEnvelope(response);
  checkEnvelope(root, sp, requestId);
  await checkAlgorithms(root, sp);
  const { profile } = await (await library(sp, requestId))
    .validatePostResponseAsync({ SAMLResponse: response })
    .catch((error: unknown) => refuse("The provider's answer is not signed by it, or not for us.", error));
  const assertion = readAssertion(profile);
  checkAssertion(assertion, sp, requestId, now);
  return assertion.subject;
}
