import { existsSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { loadAccountPhrases } from '@latchkey/phrases/account';
import { englishPhrases, loadSignInPhrases, phraseParts } from '@latchkey/phrases/sign-in';
import { signInLanguages } from '@latchkey/phrases/sign-in-languages';
import type { AccountPage, AccountPages } from '@latchkey/server/contract';
import { describe, expect, it } from 'vitest';
import { accountPages } from './account-pages.fixture.ts';
import { chromiumPath, launch } from './chromium.fixture.ts';

const languages = Object.keys(signInLanguages);
const english = await loadAccountPhrases('en');
const { renderAccount }: AccountPages = await import(new URL('../dist/server/render.js', import.meta.url).href);

const draw = async (model: AccountPage): Promise<string> => {
  const { language } = model.frame;
  return renderAccount(model, {
    signIn: (await loadSignInPhrases(language)) ?? englishPhrases,
    account: await loadAccountPhrases(language),
  });
};
const withoutStyles = (html: string) => html.replace(/<style.*?<\/style>/gs, '');

/** Texts by their paths. */
function textsOf(value: unknown, path: readonly string[] = []): [path: string, text: string][] {
  if (typeof value === 'string') return [[path.join('/'), value]];
  return Object.entries(value as object).flatMap(([key, inner]) => textsOf(inner, [...path, key]));
}

const variablesOf = (text: string) =>
  [...new Set(phraseParts(text).flatMap((part) => ('variable' in part ? [part.variable] : [])))].sort();

describe.each(languages)('the account center in %s', (language) => {
  const dir = /^(?:ar|fa)\b/.test(language) ? 'rtl' : 'ltr';

  it('has every text, with the variables of the English one, in the language itself, and no straight quotes', async () => {
    const texts = new Map(textsOf(await loadAccountPhrases(language)));
    for (const [path, text] of textsOf(english)) {
      const own = texts.get(path) ?? '';
      expect(variablesOf(own), path).toEqual(variablesOf(text));
      expect(own, path).not.toMatch(/\.\.\.|["']| {2}|^$/);
      // A word or two may be the same in both, a sentence is not.
      if (language !== 'en' && /\S \S+ \S/.test(text)) expect(own, path).not.toBe(text);
    }
    expect(texts.size).toBe(textsOf(english).length);
  });

  it.each(Object.entries(accountPages({ language, dir })))('%s is a whole document', async (_name, model) => {
    const html = await draw(model);
    const markup = withoutStyles(html);
    expect(markup.match(/<h1[ >]/g)).toHaveLength(1);
    expect(markup).toContain(`<html lang="${language}" dir="${dir}">`);
    expect(markup).not.toMatch(/\{\{|undefined|\[object| on\w+=| style=/);
    const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html.match(/<(?:style|script)\b/g)?.length).toBe(html.match(/<(?:style|script)\b[^>]* nonce="/g)?.length);
    for (const [form] of markup.matchAll(/<form.*?<\/form>/gs)) expect(form).toContain('name="csrf"');
  });
});

it('a page is small: with its style, and without any other request but the script', async () => {
  for (const [name, model] of Object.entries(accountPages())) {
    const html = await draw(model);
    expect(brotliCompressSync(html).length, name).toBeLessThan(14_000);
    expect(withoutStyles(html).match(/<script/g), name).toHaveLength(1);
  }
});

describe.skipIf(!existsSync(chromiumPath))('axe finds nothing', () => {
  it.each([
    { colorScheme: 'light', dir: 'ltr', language: 'en', viewport: { width: 1280, height: 860 } },
    { colorScheme: 'dark', dir: 'rtl', language: 'ar', viewport: { width: 320, height: 640 } },
  ] as const)('on any page, $colorScheme, $dir', { timeout: 300_000 }, async ({ dir, language, ...look }) => {
    const browser = await launch();
    const page = await browser.newPage({ ...look, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const found: string[] = [];
    for (const [name, model] of Object.entries(accountPages({ dir, language }))) {
      await page.setContent(await draw(model), { waitUntil: 'domcontentloaded' });
      const { violations } = await axe.analyze();
      found.push(
        ...violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map(({ target }) => target).join(', ')}`),
      );
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      // WCAG 2.2 §1.4.10: at 320 CSS pixels, which is 400 % on a desk, nothing is beside the window.
      if (scrollWidth > clientWidth) found.push(`${name}: wider than its window`);
    }
    await browser.close();
    expect(found).toEqual([]);
  });
});
