import { englishPhrases, loadSignInPhrases, phraseParts } from '@latchkey/phrases/sign-in';
import { closestLanguage, signInLanguages } from '@latchkey/phrases/sign-in-languages';
import { describe, expect, it } from 'vitest';

const languages = Object.keys(signInLanguages);

/** Texts by their paths. */
function textsOf(value: unknown, path: readonly string[] = []): [path: string, text: string][] {
  if (typeof value === 'string') return [[path.join('/'), value]];
  return Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, [...path, key]));
}

const variablesOf = (text: string) =>
  phraseParts(text)
    .flatMap((part) => ('variable' in part ? [part.variable] : []))
    .sort();

const english = new Map(textsOf(englishPhrases));

/** Words that other languages share with English. */
const shared =
  /^(?:Passkey|Password|Code|Backup[- ]code|\{\{label\}\} \(optional\)|or|In \{\{resource\}\}|Error: \{\{title\}\}|Secured by \{\{product\}\}|Logo of.*)$/i;

/** What fits one line of a button on a phone of 320 pixels, in wide scripts as in narrow ones. */
const longestButton = 40;
const isButton = (path: string) => /\/(?:submit|submitting|allow|allowing|deny|cancel|skip|abort|resend)$/.test(path);

describe.each(languages.filter((language) => language !== 'en'))('the texts in %s', (language) => {
  it('are all there, with the variables of the English ones, and in the language itself', async () => {
    const texts = textsOf(await loadSignInPhrases(language));
    expect(texts.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    for (const [path, text] of texts) {
      expect(variablesOf(text), path).toEqual(variablesOf(english.get(path) ?? ''));
      if (!shared.test(text)) expect(text, path).not.toBe(english.get(path));
      expect(text.trim(), path).toBe(text);
      expect(text, path).not.toMatch(/\.\.\.|["']| {2}|^$/);
      if (isButton(path)) expect(text.length, `${path}: ${text}`).toBeLessThanOrEqual(longestButton);
    }
  });
});

describe('the language of a reader', () => {
  const all = ['ar', 'de', 'en', 'fa-IR', 'ja', 'pt-BR', 'pt-PT', 'uk-UA', 'zh-CN', 'zh-HK', 'zh-TW'];

  it.each([
    ['de-AT', 'de'],
    ['PT-br', 'pt-BR'],
    ['pt', 'pt-BR'],
    ['pt-AO', 'pt-PT'],
    ['fa', 'fa-IR'],
    ['fa-AF', 'fa-IR'],
    ['uk', 'uk-UA'],
    ['zh', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['zh-Hant', 'zh-TW'],
    ['zh-Hant-HK', 'zh-HK'],
    ['zh-MO', 'zh-HK'],
    ['ja-JP', 'ja'],
    ['nl', undefined],
    ['not a tag', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('who wishes for %j is %j', (wished, language) => {
    expect(closestLanguage(all, [wished])).toBe(language);
  });

  it('is the first wish that can be met at all', () => {
    expect(closestLanguage(all, ['nl-BE', 'pt-MZ', 'en'])).toBe('pt-PT');
    expect(closestLanguage([...all, 'nl'], ['nl-BE', 'pt-MZ', 'en'])).toBe('nl');
  });
});
