import { certificateBody, parseCertificates } from './certificates.ts';
import { element, writeXml } from './xml-writer.ts';

const BINDINGS = 'urn:oasis:names:tc:SAML:2.0:bindings';

/** SAML metadata §2.4.3 of an identity provider: what its service providers need to know of it. */
export function describeIdentityProvider(idp: {
  entityId: string;
  signInEndpoint: string;
  /** In PEM; a service provider that knows several is ready for the next one. */
  certificates: readonly string[];
  nameIdFormat: string;
}): string {
  const keys = idp.certificates
    .flatMap(parseCertificates)
    .map((certificate) =>
      element(
        'md:KeyDescriptor',
        { use: 'signing' },
        element(
          'ds:KeyInfo',
          {},
          element('ds:X509Data', {}, element('ds:X509Certificate', {}, certificateBody(certificate))),
        ),
      ),
    );
  const endpoint = (binding: string) =>
    element('md:SingleSignOnService', { Binding: `${BINDINGS}:${binding}`, Location: idp.signInEndpoint });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(
    element(
      'md:EntityDescriptor',
      { entityID: idp.entityId },
      element(
        'md:IDPSSODescriptor',
        {
          WantAuthnRequestsSigned: 'false',
          protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol',
        },
        ...keys,
        element('md:NameIDFormat', {}, idp.nameIdFormat),
        endpoint('HTTP-Redirect'),
        endpoint('HTTP-POST'),
      ),
    ),
  )}`;
}
