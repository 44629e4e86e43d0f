import { phraseParts } from '@latchkey/phrases/sign-in';
import type { ComponentChildren } from 'preact';

/** A phrase whose variables are filled with elements, in the order the language wants them. */
export function RichPhrase({ phrase, values }: { phrase: string; values: Record<string, ComponentChildren> }) {
  return <>{phraseParts(phrase).map((part) => ('text' in part ? part.text : values[part.variable]))}</>;
}
