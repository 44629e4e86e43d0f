import { phraseParts } from '@latchkey/phrases/sign-in';
import type { ComponentChildren } from 'preact';

interface RichPhraseProps {
  phrase: string;
  values: Record<string, ComponentChildren>;
}

/** A phrase whose variables are filled with elements, in the order the language wants them. */
export function RichPhrase({ phrase, values }: RichPhraseProps) {
  return <>{phraseParts(phrase).map((part) => ('text' in part ? part.text : values[part.variable]))}</>;
}

/** The same as a paragraph. */
export function RichText(props: RichPhraseProps) {
  return (
    <p>
      <RichPhrase {...props} />
    </p>
  );
}

/** An address in a phrase: it reads from left to right, whatever stands around it. */
export const addressIn = (address: string) => ({ address: <strong dir="ltr">{address}</strong> });
