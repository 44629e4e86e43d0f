/** Of texts that exist in English and Japanese: the first of `languages` (BCP 47 tags, best first), else English. */
export const englishOrJapanese = (languages: readonly string[]): 'en' | 'ja' =>
  languages.map((tag) => tag.split('-')[0]).find((tag) => tag === 'en' || tag === 'ja') ?? 'en';
