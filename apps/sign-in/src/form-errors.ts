import { fillPhrase, type SignInPhrases } from '@latchkey/phrases/sign-in';
import type { FormError } from '@latchkey/server/contract';

function sentence(phrases: SignInPhrases, error: FormError): string {
  const known: Record<string, string> = phrases.formErrors;
  const phrase = Object.hasOwn(known, error.code) ? known[error.code] : undefined;
  return fillPhrase(phrase ?? phrases.formErrors.unknown, error.data ?? {});
}

/** The sentences to show at a field. */
export function fieldErrors(phrases: SignInPhrases, errors: readonly FormError[], field: string): string[] {
  return errors.filter((error) => error.field === field).map((error) => sentence(phrases, error));
}

/** The sentences about the form as a whole, those about fields it does not show included: none may get lost. */
export function formErrors(phrases: SignInPhrases, errors: readonly FormError[], fields: readonly string[]): string[] {
  return errors
    .filter((error) => !error.field || !fields.includes(error.field))
    .map((error) => sentence(phrases, error));
}
