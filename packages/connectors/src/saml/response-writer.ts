import { randomBytes } from 'node:crypto';
import { parseCertificates } from './certificates.ts';
import type { SigningKey } from './signing-key.ts';
import { signDocument } from './xml-signature.ts';
import { element, writeXml, type XmlTree } from './xml-writer.ts';

/** We as the identity provider that answers. */
export interface AnsweringProvider {
  entityId: string;
  key: SigningKey;
  now: Date;
}

/** Whose request is answered, and where. */
export interface AnsweredRequest {
  requestId: string;
  assertionConsumerServiceUrl: string;
  /** The service provider's name, which is the audience. */
  audience: string;
}

/** What is said of the user who has signed in. */
export interface SamlStatement {
  nameId: { format: string; value: string };
  /** Values by the attribute's name. */
  attributes: Readonly<Record<string, readonly string[]>>;
  signedInAt: Date;
  sessionIndex: string;
}

/** For whom assertions are encrypted, and whether the message around them is signed. */
export interface AssertionEncryption {
  /** The service provider's certificate in PEM. */
  certificate: string;
  encryptThenSign: boolean;
}

/** Why nobody is signed in (SAML core §3.2.2.2). */
export type SamlRefusal = 'AuthnFailed' | 'NoPassive' | 'RequestDenied';

const MINUTE_MS = 60_000;
/** How long a browser may take to bring the answer. */
const LIFETIME_MS = 5 * MINUTE_MS;
const SAML = 'urn:oasis:names:tc:SAML:2.0';
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';

// An xs:ID does not begin with a digit.
const newId = () => `_${randomBytes(20).toString('hex')}`;
const base64 = (xml: string) => Buffer.from(xml).toString('base64');

function assertionOf(idp: AnsweringProvider, request: AnsweredRequest, said: SamlStatement): XmlTree {
  const at = (offset: number) => new Date(idp.now.getTime() + offset).toISOString();
  const end = at(LIFETIME_MS);
  const attributes = Object.entries(said.attributes).map(([name, values]) =>
    element(
      'saml:Attribute',
      { Name: name, NameFormat: `${SAML}:attrname-format:basic` },
      ...values.map((value) => element('saml:AttributeValue', {}, value)),
    ),
  );
  return element(
    'saml:Assertion',
    { ID: newId(), Version: '2.0', IssueInstant: at(0) },
    element('saml:Issuer', {}, idp.entityId),
    element(
      'saml:Subject',
      {},
      element('saml:NameID', { Format: said.nameId.format }, said.nameId.value),
      element(
        'saml:SubjectConfirmation',
        { Method: `${SAML}:cm:bearer` },
        element('saml:SubjectConfirmationData', {
          NotOnOrAfter: end,
          Recipient: request.assertionConsumerServiceUrl,
          InResponseTo: request.requestId,
        }),
      ),
    ),
    element(
      'saml:Conditions',
      // Clocks differ: one that is behind ours must not think that this comes from the future.
      { NotBefore: at(-MINUTE_MS), NotOnOrAfter: end },
      element('saml:AudienceRestriction', {}, element('saml:Audience', {}, request.audience)),
    ),
    element(
      'saml:AuthnStatement',
      { AuthnInstant: said.signedInAt.toISOString(), SessionIndex: said.sessionIndex },
      element('saml:AuthnContext', {}, element('saml:AuthnContextClassRef', {}, `${SAML}:ac:classes:unspecified`)),
    ),
    attributes.length > 0 ? element('saml:AttributeStatement', {}, ...attributes) : undefined,
  );
}

function responseOf(
  idp: AnsweringProvider,
  request: AnsweredRequest,
  status: XmlTree,
  assertion?: { xml: string } | XmlTree,
): string {
  return writeXml(
    element(
      'samlp:Response',
      {
        ID: newId(),
        Version: '2.0',
        IssueInstant: idp.now.toISOString(),
        Destination: request.assertionConsumerServiceUrl,
        InResponseTo: request.requestId,
      },
      element('saml:Issuer', {}, idp.entityId),
      element('samlp:Status', {}, status),
      assertion,
    ),
  );
}

/** XML Encryption of an assertion for one reader: AES-256 in GCM, its key under RSA-OAEP. */
async function encryptAssertion(xml: string, pem: string): Promise<XmlTree> {
  const { encrypt } = await import('xml-encryption');
  const [certificate] = parseCertificates(pem);
  const options = {
    pem: certificate?.toString() ?? '',
    rsa_pub: certificate?.publicKey.export({ type: 'spki', format: 'pem' }).toString() ?? '',
    encryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    keyEncryptionAlgorithm: `${XMLENC}rsa-oaep-mgf1p`,
  };
  const encrypted = await new Promise<string>((resolve, reject) => {
    encrypt(xml, options as Parameters<typeof encrypt>[1], (error, result) =>
      error ? reject(error) : resolve(String(result)),
    );
  });
  return element('saml:EncryptedAssertion', {}, { xml: encrypted });
}

const SUCCESS = element('samlp:StatusCode', { Value: `${SAML}:status:Success` });

/**
 * The answer for a user who has signed in, in Base64. The assertion is always signed, and so is the message around it;
 * where it is encrypted, the message is signed only if the service provider reads it in that order.
 */
export async function writeSamlAnswer(
  idp: AnsweringProvider,
  request: AnsweredRequest,
  said: SamlStatement,
  encryption: AssertionEncryption | undefined,
): Promise<string> {
  const xml = await signDocument(writeXml(assertionOf(idp, request, said)), idp.key);
  if (!encryption) return base64(await signDocument(responseOf(idp, request, SUCCESS, { xml }), idp.key));
  const sealed = await encryptAssertion(xml, encryption.certificate);
  const response = responseOf(idp, request, SUCCESS, sealed);
  return base64(encryption.encryptThenSign ? await signDocument(response, idp.key) : response);
}

/** The answer that nobody has signed in, in Base64. */
export async function writeSamlRefusal(
  idp: AnsweringProvider,
  request: AnsweredRequest,
  refusal: SamlRefusal,
): Promise<string> {
  const status = element(
    'samlp:StatusCode',
    { Value: `${SAML}:status:Responder` },
    element('samlp:StatusCode', { Value: `${SAML}:status:${refusal}` }),
  );
  return base64(await signDocument(responseOf(idp, request, status), idp.key));
}
