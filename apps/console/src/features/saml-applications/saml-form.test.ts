import { expect, it } from 'vitest';
import type { SamlApplication } from './saml-applications.queries.ts';
import { freeClaims, samlFormErrors, toSamlFormValues, toSamlPatch } from './saml-form.ts';

const application: SamlApplication = {
  tenantId: 'default',
  id: 'wiki',
  name: 'Wiki',
  description: null,
  type: 'SAML',
  customData: {},
  isThirdParty: false,
  appLevelAccessControlEnabled: false,
  createdAt: 0,
  attributeMapping: { email: 'mail', sub: 'uid' },
  entityId: 'https://wiki.example/metadata',
  acsUrl: { binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', url: 'https://wiki.example/acs' },
  encryption: null,
  nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
};
const texts = { required: 'required', url: 'url' };

it('sends back what it was given', () => {
  const { name, description, entityId, acsUrl, nameIdFormat, encryption, attributeMapping } = application;
  expect(toSamlPatch(toSamlFormValues(application))).toEqual({
    name,
    description,
    entityId,
    acsUrl,
    nameIdFormat,
    encryption,
    attributeMapping,
  });
});

it('takes away what is emptied', () => {
  const values = { ...toSamlFormValues(application), entityId: ' ', acsUrl: '', attributes: [] };
  expect(toSamlPatch(values)).toMatchObject({ entityId: null, acsUrl: null, attributeMapping: {} });
});

it('offers each claim once', () => {
  const free = freeClaims(toSamlFormValues(application));
  expect(free).toContain('roles');
  expect(free).not.toContain('email');
});

it('says what is missing at its field', () => {
  const values = toSamlFormValues(application);
  expect(samlFormErrors(values, texts)).toEqual({});
  const wrong = {
    ...values,
    name: ' ',
    acsUrl: 'javascript:alert(1)',
    encryptAssertion: true,
    attributes: [{ claim: 'roles' as const, name: ' ' }],
  };
  expect(samlFormErrors(wrong, texts)).toEqual({
    name: 'required',
    acsUrl: 'url',
    certificate: 'required',
    'attributes.0.name': 'required',
  });
});
