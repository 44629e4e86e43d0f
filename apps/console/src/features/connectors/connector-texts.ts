import { type ConnectorGuide, loadConnectorGuide } from '@latchkey/phrases/connector-guides';
import type { ConsoleLanguage } from '@latchkey/phrases/console';
import type { ConnectorFactory } from '@latchkey/server/contract';
import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '../../i18n/language.tsx';

/** A name or description in the reader's language, else in English, else in whichever language there is. */
export function inLanguage(texts: Record<string, string>, language: ConsoleLanguage): string {
  return texts[language] ?? texts.en ?? Object.values(texts)[0] ?? '';
}

/** The name of a connector or of its factory in the Console's language. */
export function useConnectorName(): (named: Pick<ConnectorFactory, 'name'>) => string {
  const { language } = useLanguage();
  return ({ name }) => inLanguage(name, language);
}

/** The set-up guide for a factory: undefined while it is on its way, null for a factory that has only its form. */
export function useSetUpGuide(factoryId: string): ConnectorGuide | null | undefined {
  const { language } = useLanguage();
  return useQuery({
    queryKey: ['connector-guide', language, factoryId],
    queryFn: () => loadConnectorGuide(language, factoryId),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}
