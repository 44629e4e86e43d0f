import { looseClaims } from '@latchkey/connector-kit';
import type { SamlSubject } from './assertion.ts';

/** Which of the provider's attributes tells what; `nameID` stands for the subject's own name. */
export interface AttributeMapping {
  id?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  name?: string | undefined;
  avatar?: string | undefined;
}

const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
const NAME_ID = 'nameID';
const MAX_ID = 128;

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** The user that an assertion is about; `id` is undefined where the provider gives nobody a lasting one. */
export function profileOf(subject: SamlSubject, mapping: AttributeMapping) {
  const { nameId, nameIdFormat, attributes } = subject;
  const read = (attribute: string | undefined) => {
    if (attribute === undefined) return undefined;
    return (attribute === NAME_ID ? nameId : first(attributes[attribute]))?.trim() || undefined;
  };
  const idAttribute = mapping.id ?? NAME_ID;
  // A transient name is another one at each sign-in: whoever was known by it would never be known again.
  const id = idAttribute === NAME_ID && nameIdFormat === TRANSIENT ? undefined : read(idAttribute);
  return {
    id: id !== undefined && id.length <= MAX_ID ? id : undefined,
    email: looseClaims.email.parse(read(mapping.email)),
    phone: read(mapping.phone)?.replace(/\D/g, '') || undefined,
    name: looseClaims.text.parse(read(mapping.name)),
    avatar: looseClaims.picture.parse(read(mapping.avatar)),
    rawData: { ...attributes, ...(nameId !== undefined && { nameID: nameId }), issuer: subject.issuer },
  };
}
