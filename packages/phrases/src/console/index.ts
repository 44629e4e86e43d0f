import type { demo } from './en/demo.ts';
import type { guides } from './en/guides.ts';
import type { phrases } from './en/index.ts';

/** Languages the Console is complete in, each by the name its readers know it by. */
export const consoleLanguages = { en: 'English', ja: '日本語' } as const;

export type ConsoleLanguage = keyof typeof consoleLanguages;

/** Every text of the Console except the integration guides, by area. */
export type ConsolePhrases = typeof phrases;

/** Texts of the integration guides, apart because only the guide pages need them. */
export type GuidePhrases = typeof guides;

/** Loads the Console's texts of one language; a bundler makes one file of each language. */
export async function loadConsolePhrases(language: ConsoleLanguage): Promise<ConsolePhrases> {
  switch (language) {
    case 'en':
      return (await import('./en/index.ts')).phrases;
    case 'ja':
      return (await import('./ja/index.ts')).phrases;
  }
}

/** Loads the texts of the integration guides of one language. */
export async function loadGuidePhrases(language: ConsoleLanguage): Promise<GuidePhrases> {
  switch (language) {
    case 'en':
      return (await import('./en/guides.ts')).guides;
    case 'ja':
      return (await import('./ja/guides.ts')).guides;
  }
}

/** Texts of the demo app. */
export type DemoPhrases = Record<keyof typeof demo, string>;

/** Loads the texts of the demo app of one language. */
export async function loadDemoPhrases(language: ConsoleLanguage): Promise<DemoPhrases> {
  switch (language) {
    case 'en':
      return (await import('./en/demo.ts')).demo;
    case 'ja':
      return (await import('./ja/demo.ts')).demo;
  }
}
