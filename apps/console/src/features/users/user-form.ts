import type { ConsolePhrases } from '@latchkey/phrases/console';
import type { UpdateUser, User } from '@latchkey/server/contract';

export const identifierFields = ['username', 'primaryEmail', 'primaryPhone'] as const;
export const profileFields = [
  'givenName',
  'familyName',
  'middleName',
  'nickname',
  'preferredUsername',
  'profile',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
] as const;
export const addressFields = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'] as const;

type Texts<Field extends string> = Record<Field, string>;

export type UserFormValues = Texts<(typeof identifierFields)[number] | 'name' | 'avatar' | 'customData'> & {
  profile: Texts<(typeof profileFields)[number]>;
  address: Texts<(typeof addressFields)[number]>;
};

function textsOf<Field extends string>(fields: readonly Field[], from: Partial<Record<Field, string | null>>) {
  return Object.fromEntries(fields.map((field) => [field, from[field] ?? ''])) as Texts<Field>;
}

/** Only what has something in it. */
function filled<Field extends string>(texts: Texts<Field>): Partial<Texts<Field>> {
  const entries = Object.entries<string>(texts).map(([field, text]) => [field, text.trim()] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== '')) as Partial<Texts<Field>>;
}

export const toFormValues = (user: User): UserFormValues => ({
  ...textsOf([...identifierFields, 'name', 'avatar'], user),
  customData: JSON.stringify(user.customData, null, 2),
  profile: textsOf(profileFields, user.profile),
  address: textsOf(addressFields, user.profile.address ?? {}),
});

/** The change to send; the profile goes whole, so that what was emptied is gone. */
export function toPatch({ profile, address, customData, ...account }: UserFormValues): UpdateUser {
  const fields = Object.entries(account).map(([field, text]) => [field, text.trim() || null] as const);
  const filledAddress = filled(address);
  return {
    ...Object.fromEntries(fields),
    customData: JSON.parse(customData || '{}'),
    profile: { ...filled(profile), ...(Object.keys(filledAddress).length > 0 && { address: filledAddress }) },
  };
}

/** The rules of the fields that make an account; an empty field is no account of that kind. */
export const identifierRules = ({ users: t }: ConsolePhrases) => ({
  username: (text: string) => (/^([A-Za-z_]\w*)?$/.test(text.trim()) ? null : t.usernameInvalid),
  primaryEmail: (text: string) => (/^(\S+@\S+\.\S+)?$/.test(text.trim()) ? null : t.emailInvalid),
  primaryPhone: (text: string) => (/^\d*$/.test(text.trim()) ? null : t.phoneInvalid),
});
