import type { AccountField } from '../account/account-center.contract.ts';
import { type AccountSection, accountSections } from './account-center.paths.ts';
import type { Visit } from './visits.ts';

/** The fields of the account that each page is about: it is there when one of them may be seen. */
const FIELDS: Readonly<Record<AccountSection, readonly AccountField[]>> = {
  profile: ['name', 'avatar', 'username', 'profile', 'customData'],
  security: ['password', 'email', 'phone', 'mfa', 'passkey'],
  linked: ['social'],
  sessions: ['session'],
  applications: ['session'],
  organizations: ['organization'],
  tokens: ['personalAccessToken'],
  data: ['dataExport', 'accountDeletion'],
};

export const openSections = ({ may }: Pick<Visit, 'may'>): AccountSection[] =>
  accountSections.filter((section) => FIELDS[section].some((field) => may(field, 'read')));
