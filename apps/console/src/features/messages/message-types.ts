import type { InboxMessage } from '@latchkey/server/contract';

export type TemplateType = InboxMessage['templateType'];

/** What a message is for, the most used first. */
export const templateTypes = [
  'SignIn',
  'Register',
  'ForgotPassword',
  'Generic',
  'OrganizationInvitation',
  'UserPermissionValidation',
  'BindNewIdentifier',
  'MfaVerification',
  'BindMfa',
] as const satisfies readonly TemplateType[];

/** The type that a text names; undefined for a word that is none. */
export const asTemplateType = (text: unknown): TemplateType | undefined =>
  templateTypes.find((candidate) => candidate === text);
