import { randomBytes } from 'node:crypto';
import type { SamlStatement } from '@latchkey/connectors/saml';
import type { AttributeMapping, NameIdFormat } from './saml-applications.contract.ts';
import { fail } from './saml-applications.errors.ts';

type Claims = Readonly<Record<string, unknown>>;

const EMAIL: NameIdFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const TRANSIENT: NameIdFormat = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';

/** Claims that a statement is made of: what the application wants to be told, and what its users are named by. */
export const claimsFor = (mapping: AttributeMapping, format: NameIdFormat): string[] => [
  ...new Set(['sub', ...Object.keys(mapping), ...(format === EMAIL ? ['email', 'email_verified'] : [])]),
];

/** How the user is named to the service provider (SAML core §8.3). */
export function nameIdOf(claims: Claims, format: NameIdFormat): SamlStatement['nameId'] {
  if (format === TRANSIENT) return { format, value: `_${randomBytes(20).toString('hex')}` };
  if (format !== EMAIL) return { format, value: String(claims.sub) };
  // An address that nobody has proved could be anybody's.
  if (typeof claims.email !== 'string' || claims.email_verified !== true) {
    throw fail('application.saml.missing_email_address');
  }
  return { format, value: claims.email };
}

/** One claim as texts: lists have a value for each member, what has members of its own is JSON. */
function valuesOf(claim: unknown): string[] {
  if (claim === undefined || claim === null) return [];
  if (Array.isArray(claim)) return claim.flatMap(valuesOf);
  return [typeof claim === 'object' ? JSON.stringify(claim) : String(claim)];
}

/** Attributes by their names; a claim that the user has not is left out. Two claims may fill one attribute. */
export function attributesOf(claims: Claims, mapping: AttributeMapping): SamlStatement['attributes'] {
  const attributes = new Map<string, string[]>();
  for (const [claim, name] of Object.entries(mapping)) {
    const values = valuesOf(claims[claim]);
    if (values.length > 0) attributes.set(name, [...(attributes.get(name) ?? []), ...values]);
  }
  return Object.fromEntries(attributes);
}
