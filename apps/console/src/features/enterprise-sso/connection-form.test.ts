import { describe, expect, it } from 'vitest';
import { toOidcConfig, toOidcValues, toSamlConfig, toSamlValues } from './connection-form.ts';

describe('the form of an OpenID provider', () => {
  it('sends what it was filled with, and nothing of what is empty or off', () => {
    const stored = { issuer: 'https://idp.example', clientId: 'a', clientSecret: 's', trustUnverifiedEmail: true };
    expect(toOidcConfig(toOidcValues(stored))).toEqual(stored);
    expect(toOidcConfig({ ...toOidcValues({}), clientId: ' a ' })).toEqual({ clientId: 'a' });
  });
});

describe('the form of a SAML provider', () => {
  it.each([
    { metadataUrl: 'https://idp.example/metadata' },
    { metadata: '<EntityDescriptor/>' },
    { entityId: 'urn:idp', signInEndpoint: 'https://idp.example/sso', x509Certificate: 'MIIC' },
    { metadataUrl: 'https://idp.example/metadata', attributeMapping: { email: 'mail' } },
    { metadataUrl: 'https://idp.example/m', signAuthnRequest: true, requestSignatureAlgorithm: 'rsa-sha512' },
  ])('sends what it was filled with: %o', (stored) => {
    expect(toSamlConfig(toSamlValues(stored))).toEqual(stored);
  });

  it('sends only the way of describing the provider that is chosen', () => {
    const values = { ...toSamlValues({ metadataUrl: 'https://idp.example/metadata' }), metadata: '<a/>' };
    expect(toSamlConfig({ ...values, source: 'xml' })).toEqual({ metadata: '<a/>' });
  });
});
