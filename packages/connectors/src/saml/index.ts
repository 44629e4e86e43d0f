export { certificateBody, parseCertificates } from './certificates.ts';
export { readIdentityProviderMetadata, type SamlIdentityProvider } from './identity-provider.ts';
export { readSamlAnswer, type SamlServiceProvider, startSamlSignIn } from './service-provider.ts';
export { serviceProviderMetadata } from './service-provider-metadata.ts';
export { createSigningKey } from './signing-key.ts';
export { profileOf } from './subject-profile.ts';
