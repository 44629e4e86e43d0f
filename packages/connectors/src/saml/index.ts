export { type AuthnRequest, readAuthnRequest } from './authn-request.ts';
export { certificateBody, parseCertificates } from './certificates.ts';
export { readIdentityProviderMetadata, type SamlIdentityProvider } from './identity-provider.ts';
export { describeIdentityProvider } from './metadata-writer.ts';
export {
  type AnsweredRequest,
  type AnsweringProvider,
  type AssertionEncryption,
  type SamlRefusal,
  type SamlStatement,
  writeSamlAnswer,
  writeSamlRefusal,
} from './response-writer.ts';
export { readSamlAnswer, type SamlServiceProvider, startSamlSignIn } from './service-provider.ts';
export { serviceProviderMetadata } from './service-provider-metadata.ts';
export { createSigningKey } from './signing-key.ts';
export { profileOf } from './subject-profile.ts';
export { XmlRefusal } from './xml.ts';
