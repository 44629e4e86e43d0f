import { attributeClaims, POST_BINDING } from '@latchkey/server/saml-attributes';
import type { RequestOf } from '../../api/operations.ts';
import type { SamlApplication } from './saml-applications.queries.ts';

type Claim = (typeof attributeClaims)[number];

export interface SamlFormValues {
  name: string;
  description: string;
  entityId: string;
  acsUrl: string;
  nameIdFormat: SamlApplication['nameIdFormat'];
  encryptAssertion: boolean;
  encryptThenSign: boolean;
  certificate: string;
  attributes: { claim: Claim; name: string }[];
}

export function toSamlFormValues(application: SamlApplication): SamlFormValues {
  const { name, description, entityId, acsUrl, nameIdFormat, encryption, attributeMapping } = application;
  return {
    name,
    description: description ?? '',
    entityId: entityId ?? '',
    acsUrl: acsUrl?.url ?? '',
    nameIdFormat,
    encryptAssertion: encryption?.encryptAssertion ?? false,
    encryptThenSign: encryption?.encryptThenSign ?? true,
    certificate: encryption?.certificate ?? '',
    attributes: attributeClaims.flatMap((claim) => {
      const attribute = attributeMapping[claim];
      return attribute === undefined ? [] : [{ claim, name: attribute }];
    }),
  };
}

export function toSamlPatch(values: SamlFormValues): RequestOf<'PATCH /api/saml-applications/:id'>['body'] {
  const { encryptAssertion, encryptThenSign } = values;
  const certificate = values.certificate.trim();
  const url = values.acsUrl.trim();
  return {
    name: values.name.trim(),
    description: values.description.trim() || null,
    entityId: values.entityId.trim() || null,
    acsUrl: url === '' ? null : { binding: POST_BINDING, url },
    nameIdFormat: values.nameIdFormat,
    // The certificate stays while encryption is switched off for a while.
    encryption: certificate === '' ? null : { encryptAssertion, encryptThenSign, certificate },
    attributeMapping: Object.fromEntries(values.attributes.map(({ claim, name }) => [claim, name.trim()])),
  };
}

/** Claims that no attribute tells yet. */
export const freeClaims = (values: SamlFormValues): Claim[] =>
  attributeClaims.filter((claim) => !values.attributes.some((row) => row.claim === claim));

const isWebAddress = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** What is wrong, by the path of the field. */
export function samlFormErrors(
  values: SamlFormValues,
  texts: { required: string; url: string },
): Record<string, string> {
  const url = values.acsUrl.trim();
  const unnamed = values.attributes.flatMap(({ name }, index) =>
    name.trim() === '' ? [[`attributes.${index}.name`, texts.required]] : [],
  );
  return {
    ...(values.name.trim() === '' && { name: texts.required }),
    ...(url !== '' && !isWebAddress(url) && { acsUrl: texts.url }),
    ...(values.encryptAssertion && values.certificate.trim() === '' && { certificate: texts.required }),
    ...Object.fromEntries(unnamed),
  };
}
