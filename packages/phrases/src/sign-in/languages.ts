/** The languages the hosted pages are complete in, by BCP 47 tag, each with its own name for itself. */
export const signInLanguages = {
  ar: 'العربية',
  cs: 'Čeština',
  de: 'Deutsch',
  en: 'English',
  es: 'Español',
  'fa-IR': 'فارسی',
  fr: 'Français',
  it: 'Italiano',
  ja: '日本語',
  ko: '한국어',
  'pl-PL': 'Polski',
  'pt-BR': 'Português (Brasil)',
  'pt-PT': 'Português (Portugal)',
  ru: 'Русский',
  th: 'ไทย',
  'tr-TR': 'Türkçe',
  'uk-UA': 'Українська',
  'zh-CN': '简体中文',
  'zh-HK': '繁體中文（香港）',
  'zh-TW': '繁體中文（台灣）',
} as const;

export type SignInLanguage = keyof typeof signInLanguages;

/** The tag with script and region spelled out, the likely ones where it names none: `zh` is `zh-Hans-CN`. */
function likely(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    // Browsers and callers may send what is no tag at all.
    return undefined;
  }
}

/** `zh-Hant-HK`, `zh-Hant`, `zh` (RFC 4647 §3.4). */
function withoutLastParts(tag: string): string[] {
  const parts = tag.toLowerCase().split('-');
  return parts.map((_, dropped) => parts.slice(0, parts.length - dropped).join('-'));
}

// After CLDR's parent locales: Portuguese outside of Brazil is written as in Portugal.
const portugueseElsewhere = (wished: Intl.Locale): string | undefined =>
  wished.language === 'pt' && wished.region !== 'BR' ? 'pt-pt' : undefined;

function closestTo(known: readonly string[], tag: string): string | undefined {
  for (const shorter of withoutLastParts(tag)) {
    const match = known.find((language) => language.toLowerCase() === shorter);
    if (match) return match;
  }
  const wished = likely(tag);
  if (!wished) return undefined;
  const elsewhere = portugueseElsewhere(wished);
  const candidates = known.flatMap((language) => {
    const locale = likely(language);
    return locale?.language === wished.language ? [{ language, locale }] : [];
  });
  const match =
    candidates.find(({ locale }) => locale.script === wished.script && locale.region === wished.region) ??
    candidates.find(({ language }) => language.toLowerCase() === elsewhere) ??
    candidates.find(({ locale }) => locale.script === wished.script) ??
    candidates[0];
  return match?.language;
}

/**
 * The best of the `known` languages for a reader who wants the `wished` ones, best first (BCP 47 tags).
 * Where the very tag is unknown, its language, script and likely region decide: `pt` reads `pt-BR`, `zh-Hant` `zh-TW`.
 */
export function closestLanguage(known: readonly string[], wished: readonly string[]): string | undefined {
  for (const tag of wished) {
    const match = closestTo(known, tag);
    if (match) return match;
  }
  return undefined;
}
