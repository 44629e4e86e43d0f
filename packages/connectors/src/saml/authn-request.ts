import { inflateRawSync } from 'node:zlib';
import { childrenOf, parseXml, type XmlElement, XmlRefusal } from './xml.ts';

/** What a service provider asks for (SAML core §3.4.1), as far as it decides anything. */
export interface AuthnRequest {
  id: string;
  issuer: string;
  issuedAt: Date;
  destination: string | undefined;
  /** Where the service provider wants the answer: to be compared with what is registered, never to be used. */
  assertionConsumerServiceUrl: string | undefined;
  protocolBinding: string | undefined;
  /** The user shall sign in anew. */
  forceAuthn: boolean;
  /** The user shall not be asked for anything. */
  isPassive: boolean;
}

const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
const MAX_REQUEST = 64 * 1024;
const MAX_ID = 256;
const MAX_NAME = 1024;

const refuse = (message: string, cause?: unknown): never => {
  throw new XmlRefusal(message, { cause });
};

/** The XML of a request as its binding carries it (SAML bindings §3.4.4.1, §3.5.4). */
function decode(encoded: string, binding: 'redirect' | 'post'): string {
  const bytes = Buffer.from(encoded, 'base64');
  // Some service providers deflate what they post, too: XML begins with an angle bracket, and theirs does not.
  if (binding === 'post' && bytes.toString('latin1').trimStart().startsWith('<')) return bytes.toString('utf8');
  try {
    // A few bytes can be made to grow without end.
    return inflateRawSync(bytes, { maxOutputLength: MAX_REQUEST }).toString('utf8');
  } catch (error) {
    return refuse('The request is not compressed as its binding demands.', error);
  }
}

const flag = (root: XmlElement, name: string): boolean => /^(?:true|1)$/.test(root.getAttribute(name) ?? '');
const optional = (root: XmlElement, name: string): string | undefined => root.getAttribute(name) || undefined;

/** Reads what a service provider has sent; throws an `XmlRefusal` that says what is wrong with it. */
export function readAuthnRequest(encoded: string, binding: 'redirect' | 'post'): AuthnRequest {
  if (encoded.length > 2 * MAX_REQUEST) refuse('The request is too large.');
  const root = parseXml(decode(encoded, binding), MAX_REQUEST);
  if (root.localName !== 'AuthnRequest' || root.namespaceURI !== PROTOCOL) refuse('The XML is no AuthnRequest.');
  if (root.getAttribute('Version') !== '2.0') refuse('The request is not of SAML 2.0.');
  const id = root.getAttribute('ID') ?? '';
  // An xs:ID, which ends up in the answer.
  if (!/^[A-Za-z_][\w.-]*$/.test(id) || id.length > MAX_ID) refuse('The request has no ID that may be one.');
  const issuers = childrenOf(root, 'Issuer');
  const issuer = issuers[0]?.textContent?.trim() ?? '';
  if (issuers.length !== 1 || issuer === '' || issuer.length > MAX_NAME) refuse('The request does not say who asks.');
  const issuedAt = new Date(root.getAttribute('IssueInstant') ?? '');
  if (Number.isNaN(issuedAt.getTime())) refuse('The request does not say when it was made.');
  return {
    id,
    issuer,
    issuedAt,
    destination: optional(root, 'Destination'),
    assertionConsumerServiceUrl: optional(root, 'AssertionConsumerServiceURL'),
    protocolBinding: optional(root, 'ProtocolBinding'),
    forceAuthn: flag(root, 'ForceAuthn'),
    isPassive: flag(root, 'IsPassive'),
  };
}
