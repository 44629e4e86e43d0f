import { certificateBody, parseCertificates } from './certificates.ts';

interface ServiceProviderDescription {
  entityId: string;
  assertionConsumerServiceUrl: string;
  /** The certificate of the key that requests are signed with, in PEM; none where they are not signed. */
  signingCertificate?: string | undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** SAML metadata §2.4.4: what a provider can read about us instead of having it typed in. */
export function serviceProviderMetadata(sp: ServiceProviderDescription): string {
  const { entityId, assertionConsumerServiceUrl, signingCertificate } = sp;
  const [body] = signingCertificate ? parseCertificates(signingCertificate).map(certificateBody) : [];
  const key = body
    ? `
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:X509Data><ds:X509Certificate>${body}</ds:X509Certificate></ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>`
    : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escapeXml(entityId)}">
  <md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" AuthnRequestsSigned="${body !== undefined}">${key}
    <md:AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escapeXml(assertionConsumerServiceUrl)}"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;
}
