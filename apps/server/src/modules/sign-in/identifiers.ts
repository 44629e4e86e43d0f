import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { email } from '../users/users.contract.ts';
import type { Identifier } from './flow-context.ts';

const LOOKS_LIKE: Record<Identifier['type'], RegExp> = {
  email: /@/,
  phone: /^\+?[\d\s().-]{5,}$/,
  username: /^/,
};

/** What a text typed into the one identifier field is, among what may be typed there. */
export function readIdentifier(
  text: string,
  allowed: readonly Identifier['type'][],
  languages: readonly string[] = [],
): Identifier {
  const value = text.trim();
  const type =
    (['email', 'phone', 'username'] as const).find((kind) => allowed.includes(kind) && LOOKS_LIKE[kind].test(value)) ??
    allowed[0] ??
    'username';
  return { type, value: type === 'phone' ? readPhone(value, languages) : value };
}

/**
 * A phone number as it is stored: digits, the country code first (features 20.12).
 * Written without +, it is taken for an international one first, then for one of the country of the user's languages.
 */
export function readPhone(text: string, languages: readonly string[] = []): string {
  const digits = text.replace(/\D/g, '');
  const international = parsePhoneNumberFromString(`+${digits}`);
  if (text.startsWith('+') || international?.isValid()) return international?.number.slice(1) ?? digits;
  for (const language of languages) {
    const national = parsePhoneNumberFromString(text, countryOf(language));
    if (national?.isValid()) return national.number.slice(1);
  }
  return digits;
}

/** True for an address that an account may have. */
export const isEmail = (text: string): boolean => email.safeParse(text).success;

/** True for a number that some network could have given out. */
export const isPhone = (digits: string): boolean => parsePhoneNumberFromString(`+${digits}`)?.isPossible() === true;

/** Where a language is mostly spoken, unless its tag names a country itself. */
function countryOf(language: string): CountryCode | undefined {
  try {
    const { region } = new Intl.Locale(language).maximize();
    return region && isSupportedCountry(region) ? region : undefined;
  } catch {
    return undefined;
  }
}
