import { connectors as factories } from '@latchkey/connectors';
import { loadConnectorGuide } from '@latchkey/phrases/connector-guides';
import { consoleLanguages } from '@latchkey/phrases/console';
import { expect, test } from 'vitest';
import { providerNames } from '../enterprise-sso/enterprise-sso.contract.ts';

const languages = Object.keys(consoleLanguages) as (keyof typeof consoleLanguages)[];
const redirected = factories.filter(({ type, metadata }) => type === 'Social' && metadata.platform !== 'Native');
const enterprise = providerNames.map((name) => `enterprise-${name.toLowerCase()}`);
const isSaml = (id: string) => id === 'enterprise-saml' || id === 'enterprise-azuread';

test('a connector that nobody wrote a guide for has none', async () => {
  expect(await loadConnectorGuide('en', 'no-such-factory')).toBeNull();
});

test.each([...redirected.map(({ metadata }) => metadata.id), ...enterprise])(
  '%s has a guide in every language, with the same steps and what the provider has to be told',
  async (id) => {
    const guides = await Promise.all(languages.map((language) => loadConnectorGuide(language, id)));
    expect(new Set(guides.map((guide) => guide?.length)).size).toBe(1);
    for (const [index, guide] of guides.entries()) {
      const language = languages[index] ?? 'en';
      const text = guide?.flatMap(({ title, body }) => [title, ...body]).join('\n') ?? '';
      if (isSaml(id)) expect(text).toMatch(language === 'ja' ? /エンティティ ID/ : /entity ID/i);
      else expect(text).toMatch(language === 'ja' ? /リダイレクト URI/ : /redirect URI/i);
      // Names in bold and values in code are closed, or the page would show the signs.
      expect((text.match(/\*\*/g) ?? []).length % 2, text).toBe(0);
      expect((text.match(/`/g) ?? []).length % 2, text).toBe(0);
    }
  },
);
