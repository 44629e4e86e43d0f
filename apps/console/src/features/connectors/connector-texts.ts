import type { ConsoleLanguage, ConsolePhrases } from '@latchkey/phrases/console';
import type { ConnectorFactory, ConnectorFormItem } from '@latchkey/server/contract';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';

type Factories = ConsolePhrases['connectors']['factories'];
type FieldTexts = { label: string; description?: string };
type FactoryTexts = { fields: Record<string, FieldTexts>; guide: SetUpSteps };

export type SetUpSteps = { title: string; body: string[] }[];

/** A name or description in the reader's language, else in English, else in whichever language there is. */
export function inLanguage(texts: Record<string, unknown>, language: ConsoleLanguage): string {
  const text = texts[language] ?? texts.en ?? Object.values(texts)[0];
  return typeof text === 'string' ? text : '';
}

/** The name of a connector or of its factory in the Console's language. */
export function useConnectorName(): (named: Pick<ConnectorFactory, 'name'>) => string {
  const { language } = useLanguage();
  return ({ name }) => inLanguage(name, language);
}

function textsOf(factories: Factories, factoryId: string): FactoryTexts | undefined {
  return factoryId in factories ? factories[factoryId as keyof Factories] : undefined;
}

/** The Console's own set-up guide for a factory; a factory without one has only its form. */
export function useSetUpGuide(factoryId: string): SetUpSteps | undefined {
  return textsOf(usePhrases().connectors.factories, factoryId)?.guide;
}

/** Label and description of a field: the Console's where it has them, for they are translated, else the factory's. */
export function useFieldTexts(factoryId: string): (item: ConnectorFormItem) => FieldTexts {
  const texts = textsOf(usePhrases().connectors.factories, factoryId);
  return (item) => texts?.fields[item.key] ?? { label: item.label, description: item.description };
}
