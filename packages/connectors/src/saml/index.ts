export type { SamlSubject } from './assertion.ts';
export { certificateBody, parseCertificates } from './certificates.ts';
export { readIdentityProviderMetadata, type SamlIdentityProvider } from './identity-provider.ts';
export {
  readSamlAnswer,
  type SamlServiceProvider,
  type SamlSignatureAlgorithm,
  startSamlSignIn,
} from './service-provider.ts';
