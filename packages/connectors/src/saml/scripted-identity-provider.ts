import { randomUUID } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import { certificateBody, parseCertificates } from './certificates.ts';
import { createSigningKey, type SigningKey } from './signing-key.ts';

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
const SAML = 'urn:oasis:names:tc:SAML:2.0';
const MINUTE_MS = 60_000;

/** What we asked for, as an identity provider reads it out of the redirect. */
export interface ReceivedSamlRequest {
  id: string;
  issuer: string;
  assertionConsumerServiceUrl: string;
  relayState: string;
  isSigned: boolean;
}

/** What an answer says; all of it is right for the request unless it is given here. */
export interface ScriptedAnswer {
  nameId?: string;
  nameIdFormat?: string;
  attributes?: Readonly<Record<string, string>>;
  signed?: 'assertion' | 'response' | 'none';
  sha1?: boolean;
  issuer?: string;
  audience?: string;
  recipient?: string;
  destination?: string;
  inResponseTo?: string;
  status?: string;
  /** Milliseconds from now. */
  notBefore?: number;
  notOnOrAfter?: number | null;
  /** Signs with this key, under whatever certificate the message then carries along. */
  signer?: SigningKey;
  now?: Date;
}

/** A key for a year, from a while ago. */
export const createTestKey = (name = 'scripted'): Promise<SigningKey> =>
  createSigningKey(name, new Date(Date.now() - 60 * MINUTE_MS), new Date(Date.now() + 525_600 * MINUTE_MS));

const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

function signElement(xml: string, localName: 'Assertion' | 'Response', key: SigningKey, sha1: boolean): string {
  const signer = new SignedXml({
    privateKey: key.privateKey,
    publicCert: key.certificate,
    signatureAlgorithm: sha1 ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' : `${MORE}rsa-sha256`,
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  const xpath = `//*[local-name(.)='${localName}']`;
  signer.addReference({
    xpath,
    digestAlgorithm: sha1 ? 'http://www.w3.org/2000/09/xmldsig#sha1' : `${XMLENC}sha256`,
    transforms: [ENVELOPED, EXCLUSIVE],
  });
  const issuer = `${xpath}/*[local-name(.)='Issuer']`;
  signer.computeSignature(xml, { location: { reference: issuer, action: 'after' } });
  return signer.getSignedXml();
}

export type ScriptedIdentityProvider = Awaited<ReturnType<typeof createScriptedIdentityProvider>>;

/** A SAML identity provider that says whatever a test wants it to, properly signed or not. */
export async function createScriptedIdentityProvider(origin = 'https://idp.example') {
  const key = await createTestKey();
  const entityId = `${origin}/metadata`;
  const certificates = parseCertificates(key.certificate).map(certificateBody).join('');
  const signInEndpoint = `${origin}/sso`;

  const assertionXml = (request: ReceivedSamlRequest, said: ScriptedAnswer, now: Date): string => {
    const at = (offset: number) => new Date(now.getTime() + offset).toISOString();
    const { notBefore = -MINUTE_MS, notOnOrAfter = 5 * MINUTE_MS } = said;
    const end = notOnOrAfter === null ? '' : ` NotOnOrAfter="${at(notOnOrAfter)}"`;
    const attributes = Object.entries(said.attributes ?? {})
      .map(
        ([name, value]) =>
          `<saml:Attribute Name="${escapeXml(name)}"><saml:AttributeValue>${escapeXml(value)}</saml:AttributeValue></saml:Attribute>`,
      )
      .join('');
    return [
      `<saml:Assertion xmlns:saml="${SAML}:assertion" ID="_${randomUUID()}" Version="2.0" IssueInstant="${at(0)}">`,
      `<saml:Issuer>${escapeXml(said.issuer ?? entityId)}</saml:Issuer>`,
      `<saml:Subject><saml:NameID Format="${said.nameIdFormat ?? `${SAML}:nameid-format:persistent`}">${escapeXml(said.nameId ?? 'user-1')}</saml:NameID>`,
      `<saml:SubjectConfirmation Method="${SAML}:cm:bearer"><saml:SubjectConfirmationData${end}`,
      ` Recipient="${escapeXml(said.recipient ?? request.assertionConsumerServiceUrl)}" InResponseTo="${escapeXml(said.inResponseTo ?? request.id)}"/>`,
      '</saml:SubjectConfirmation></saml:Subject>',
      `<saml:Conditions NotBefore="${at(notBefore)}"${end}><saml:AudienceRestriction>`,
      `<saml:Audience>${escapeXml(said.audience ?? request.issuer)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
      `<saml:AuthnStatement AuthnInstant="${at(0)}"><saml:AuthnContext><saml:AuthnContextClassRef>${SAML}:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
      attributes && `<saml:AttributeStatement>${attributes}</saml:AttributeStatement>`,
      '</saml:Assertion>',
    ].join('');
  };

  /** The XML of an answer. */
  const answerXml = (request: ReceivedSamlRequest, said: ScriptedAnswer = {}): string => {
    const now = said.now ?? new Date();
    const { signed = 'assertion', signer = key, sha1 = false } = said;
    const response = [
      `<samlp:Response xmlns:samlp="${SAML}:protocol" ID="_${randomUUID()}" Version="2.0" IssueInstant="${now.toISOString()}"`,
      ` Destination="${escapeXml(said.destination ?? request.assertionConsumerServiceUrl)}" InResponseTo="${escapeXml(said.inResponseTo ?? request.id)}">`,
      `<saml:Issuer xmlns:saml="${SAML}:assertion">${escapeXml(said.issuer ?? entityId)}</saml:Issuer>`,
      `<samlp:Status><samlp:StatusCode Value="${said.status ?? `${SAML}:status:Success`}"/></samlp:Status>`,
      assertionXml(request, said, now),
      '</samlp:Response>',
    ].join('');
    if (signed === 'none') return response;
    return signElement(response, signed === 'response' ? 'Response' : 'Assertion', signer, sha1);
  };

  return {
    entityId,
    signInEndpoint,
    key,
    answerXml,
    /** As it is posted. */
    answer: (request: ReceivedSamlRequest, said?: ScriptedAnswer): string =>
      Buffer.from(answerXml(request, said)).toString('base64'),

    readRequest(uri: string): ReceivedSamlRequest {
      const { searchParams } = new URL(uri);
      const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
      const read = (pattern: RegExp) => pattern.exec(xml)?.[1] ?? '';
      return {
        id: read(/ ID="([^"]+)"/),
        issuer: read(/Issuer[^>]*>([^<]+)</),
        assertionConsumerServiceUrl: read(/AssertionConsumerServiceURL="([^"]+)"/),
        relayState: searchParams.get('RelayState') ?? '',
        isSigned: searchParams.has('Signature'),
      };
    },

    /** SAML metadata of this provider. */
    metadata: (): string =>
      [
        `<md:EntityDescriptor xmlns:md="${SAML}:metadata" entityID="${entityId}">`,
        `<md:IDPSSODescriptor protocolSupportEnumeration="${SAML}:protocol">`,
        '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>',
        `<ds:X509Certificate>${certificates}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
        `<md:SingleSignOnService Binding="${SAML}:bindings:HTTP-POST" Location="${signInEndpoint}/post"/>`,
        `<md:SingleSignOnService Binding="${SAML}:bindings:HTTP-Redirect" Location="${signInEndpoint}"/>`,
        '</md:IDPSSODescriptor></md:EntityDescriptor>',
      ].join(''),
  };
}
