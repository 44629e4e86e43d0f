import {
  type ConsoleLanguage,
  type ConsolePhrases,
  consoleLanguages,
  type GuidePhrases,
  loadConsolePhrases,
  loadGuidePhrases,
} from '@latchkey/phrases/console';
import { useSuspenseQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from 'react';

const storageKey = 'latchkey-console-language';

const isLanguage = (value: string | null | undefined): value is ConsoleLanguage =>
  value !== null && value !== undefined && value in consoleLanguages;

/** The language to start in: the reader's earlier choice, then the browser's list, then English. */
export function initialLanguage(storage: Storage, preferred: readonly string[]): ConsoleLanguage {
  const stored = storage.getItem(storageKey);
  if (isLanguage(stored)) return stored;
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0];
    if (isLanguage(primary)) return primary;
  }
  return 'en';
}

type LanguageState = { language: ConsoleLanguage; setLanguage: (language: ConsoleLanguage) => void };

const LanguageContext = createContext<LanguageState | null>(null);
const PhrasesContext = createContext<ConsolePhrases | null>(null);

/** Provides the Console's language and its texts; suspends while a language is being loaded. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => initialLanguage(localStorage, navigator.languages));
  const { data: phrases } = useSuspenseQuery({
    queryKey: ['phrases', language],
    queryFn: () => loadConsolePhrases(language),
    staleTime: Number.POSITIVE_INFINITY,
  });

  // Before the pages ask the server again: requests carry the language of the document.
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const state = useMemo<LanguageState>(
    () => ({
      language,
      setLanguage: (next) => {
        localStorage.setItem(storageKey, next);
        setLanguage(next);
      },
    }),
    [language],
  );

  return (
    <LanguageContext value={state}>
      <PhrasesContext value={phrases}>{children}</PhrasesContext>
    </LanguageContext>
  );
}

/** The language of the Console and the way to change it. */
export function useLanguage(): LanguageState {
  const state = useContext(LanguageContext);
  if (!state) throw new Error('useLanguage is called outside of LanguageProvider.');
  return state;
}

/** The texts of the Console in the reader's language: `const { applications: t } = usePhrases()`. */
export function usePhrases(): ConsolePhrases {
  const phrases = useContext(PhrasesContext);
  if (!phrases) throw new Error('usePhrases is called outside of LanguageProvider.');
  return phrases;
}

/** The texts of the integration guides; suspends while they are being loaded. */
export function useGuidePhrases(): GuidePhrases {
  const { language } = useLanguage();
  return useSuspenseQuery({
    queryKey: ['guide-phrases', language],
    queryFn: () => loadGuidePhrases(language),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}
