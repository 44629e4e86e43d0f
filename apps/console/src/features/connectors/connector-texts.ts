import type { ConsoleLanguage, ConsolePhrases } from '@latchkey/phrases/console';
import type { ConnectorFactory } from '@latchkey/server/contract';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';

type Guides = ConsolePhrases['connectors']['guides'];

export type SetUpSteps = { title: string; body: string[] }[];

/** A name or description in the reader's language, else in English, else in whichever language there is. */
export function inLanguage(texts: Record<string, string>, language: ConsoleLanguage): string {
  return texts[language] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

/** The name of a connector or of its factory in the Console's language. */
export function useConnectorName(): (named: Pick<ConnectorFactory, 'name'>) => string {
  const { language } = useLanguage();
  return ({ name }) => inLanguage(name, language);
}

/** The Console's own set-up guide for a factory; a factory without one has only its form. */
export function useSetUpGuide(factoryId: string): SetUpSteps | undefined {
  const { guides } = usePhrases().connectors;
  return factoryId in guides ? guides[factoryId as keyof Guides] : undefined;
}
