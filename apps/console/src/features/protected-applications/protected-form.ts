import type { Application, UpdateApplication } from '@latchkey/server/contract';
import { originProblem } from '../applications/uri-rules.ts';

type Settings = NonNullable<Application['protectedAppMetadata']>;
type Scope = NonNullable<Settings['additionalScopes']>[number];

export type ProtectedFormValues = {
  name: string;
  description: string;
  origin: string;
  /** Text while it is empty. */
  sessionDuration: number | string;
  pageRules: string[];
  additionalScopes: Scope[];
};

export const sessionSeconds = { min: 1, max: 31_536_000 };

/** What an app can be told of users beside their profile. */
export const additionalScopes = [
  'custom_data',
  'identities',
  'roles',
  'urn:logto:scope:organizations',
  'urn:logto:scope:organization_roles',
] as const satisfies readonly Scope[];

export const toProtectedValues = ({ name, description }: Application, settings: Settings): ProtectedFormValues => ({
  name,
  description: description ?? '',
  origin: settings.origin,
  sessionDuration: settings.sessionDuration,
  pageRules: settings.pageRules.map(({ path }) => path),
  additionalScopes: settings.additionalScopes ?? [],
});

export const toProtectedPatch = (values: ProtectedFormValues): UpdateApplication => ({
  name: values.name.trim(),
  description: values.description.trim() || null,
  protectedAppMetadata: {
    origin: bareOrigin(values.origin),
    sessionDuration: Number(values.sessionDuration),
    pageRules: values.pageRules.filter((rule) => rule !== '').map((path) => ({ path })),
    additionalScopes: values.additionalScopes,
  },
});

/** People copy addresses from the browser, which ends them with a slash. */
export const bareOrigin = (address: string): string => address.trim().replace(/\/$/, '');

export const isOrigin = (address: string): boolean => originProblem(bareOrigin(address)) === null;

/** A label, or a whole name, which the server judges. */
export const isHost = (text: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|\./.test(text.trim());

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}

/** The messages of all fields that cannot be saved, by the field's path. */
export function protectedFormErrors(
  values: ProtectedFormValues,
  t: { required: string; origin: string; range: string; pattern: string },
): Record<string, string> {
  const errors: Record<string, string> = {};
  const seconds = Number(values.sessionDuration);
  if (values.name.trim() === '') errors.name = t.required;
  if (!isOrigin(values.origin)) errors.origin = t.origin;
  if (!Number.isInteger(seconds) || seconds < sessionSeconds.min || seconds > sessionSeconds.max) {
    errors.sessionDuration = t.range;
  }
  for (const [index, rule] of values.pageRules.entries())
    if (!isPattern(rule)) errors[`pageRules.${index}`] = t.pattern;
  return errors;
}
