/// <reference types="node" />
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadGuidePhrases } from '@latchkey/phrases/console';
import { parseAstAsync } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeTab, Guide, GuideBlock, GuideSection } from './guide.types.ts';
import { guides } from './registry.ts';

const endpoint = 'https://auth.example.com';
const appId = 'app1234567890abcdefgh';
const appSecret = 'secret4567890abcdefghijklmnopqrs';
const managementResource = 'https://default.logto.app/api';

async function render(guide: Guide, language: 'en' | 'ja'): Promise<GuideSection[]> {
  const [{ content }, t] = await Promise.all([guide.load(), loadGuidePhrases(language)]);
  return content({ endpoint, appId, appSecret, managementResource, ...guide.defaults, t });
}

const blocksOf = (sections: GuideSection[]) => sections.flatMap(({ blocks }) => blocks);
const tabsOf = (sections: GuideSection[]) =>
  blocksOf(sections).flatMap((block) => (block.type === 'code' ? block.tabs : []));

function proseOf(block: GuideBlock): string[] {
  switch (block.type) {
    case 'text':
    case 'note':
      return [block.text];
    case 'steps':
      return block.items;
    case 'links':
      return block.items.map(({ label }) => label);
    default:
      return [];
  }
}

/** The files a reader ends up with: blocks of one name, one below the other. */
function filesOf(tabs: CodeTab[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const { title, code } of tabs.filter(({ title: name }) => name.includes('.') && name !== 'Node.js')) {
    const begun = files.get(title);
    files.set(title, begun === undefined ? `${code}\n` : `${begun}\n\n${code}\n`);
  }
  return files;
}

const hasTool = (name: string, ...probe: string[]) => spawnSync(name, probe).status === 0;

/** Checkers of whole files, by ending: the tool, what to ask it whether it is there, and its arguments before the path. */
const checkers = [
  { ending: '.py', tool: 'python3', probe: ['--version'], check: ['-m', 'py_compile'] },
  { ending: '.go', tool: 'gofmt', probe: ['-h'], check: ['-e', '-l'] },
  { ending: '.php', tool: 'php', probe: ['--version'], check: ['-l'] },
  { ending: '.sh', tool: 'bash', probe: ['--version'], check: ['-n'] },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-guides-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function written(guide: Guide, name: string, code: string): string {
  const path = join(folder, guide.id, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  return path;
}

test('guide ids are unique', () => {
  expect(new Set(guides.map(({ id }) => id)).size).toBe(guides.length);
});

describe.each(guides)('$name', (guide) => {
  test('shows the same code in English and Japanese', async () => {
    const [en, ja] = await Promise.all([render(guide, 'en'), render(guide, 'ja')]);
    expect(tabsOf(ja)).toEqual(tabsOf(en));
    expect(ja.map(({ id }) => id)).toEqual(en.map(({ id }) => id));
    expect(new Set(en.map(({ id }) => id)).size).toBe(en.length);
  });

  test('has Japanese prose throughout', async () => {
    const t = await loadGuidePhrases('ja');
    const sections = await render(guide, 'ja');
    for (const prose of [
      guide.description(t),
      ...sections.map(({ title }) => title),
      ...blocksOf(sections).flatMap(proseOf),
    ])
      expect(prose).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  });

  test('closes every mark in its prose', async () => {
    for (const language of ['en', 'ja'] as const)
      for (const prose of blocksOf(await render(guide, language)).flatMap(proseOf)) {
        expect(prose.split('`').length % 2, prose).toBe(1);
        expect(prose.split('**').length % 2, prose).toBe(1);
      }
  });

  test('fills in every value', async () => {
    const code = tabsOf(await render(guide, 'en'))
      .map((tab) => tab.code)
      .join('\n');
    expect(code).toContain(endpoint);
    expect(code).toContain(appId);
    const isPublic = guide.category === 'SPA' || guide.category === 'Native';
    expect(code.includes(appSecret)).toBe(!isPublic);
    expect(code).not.toMatch(/['"/:]undefined|<your|YOUR_|\bTODO\b|\$\{(appId|appSecret|redirectUri)\}/);
  });

  test('saves redirect URIs wherever a browser is involved', async () => {
    const types = blocksOf(await render(guide, 'en')).map(({ type }) => type);
    const isWeb = guide.category === 'Traditional' || guide.category === 'SPA';
    expect(types.filter((type) => type === 'redirect-uris')).toHaveLength(
      guide.category === 'MachineToMachine' ? 0 : 1,
    );
    expect(types.filter((type) => type === 'post-sign-out-redirect-uris')).toHaveLength(isWeb ? 1 : 0);
    expect(types).toContain('values');
  });

  test('offers the sign-up-first variant wherever a person signs in', async () => {
    const code = tabsOf(await render(guide, 'en')).map((tab) => tab.code);
    const offered = code.some((text) => /sign-?up|register/i.test(text));
    expect(offered).toBe(guide.category !== 'MachineToMachine');
  });

  test('commands are valid shell', async () => {
    for (const { language, code } of tabsOf(await render(guide, 'en'))) {
      if (language !== 'bash') continue;
      const { status, stderr } = spawnSync('bash', ['-n', '-c', code], { encoding: 'utf8' });
      expect(status, `${code}\n${stderr}`).toBe(0);
    }
  });

  test('JavaScript, TypeScript and Vue files parse', async () => {
    for (const [name, code] of filesOf(tabsOf(await render(guide, 'en')))) {
      const script = name.endsWith('.vue') ? /<script[^>]*>([\s\S]*?)<\/script>/.exec(code)?.[1] : code;
      if (!/\.(m?js|tsx?|vue)$/.test(name) || script === undefined) continue;
      await expect(parseAstAsync(script, { lang: 'tsx' }), name).resolves.toBeDefined();
    }
  });

  for (const { ending, tool, probe, check } of checkers)
    test.skipIf(!hasTool(tool, ...probe))(`${ending} files are accepted by ${tool}`, async () => {
      for (const [name, code] of filesOf(tabsOf(await render(guide, 'en')))) {
        if (!name.endsWith(ending)) continue;
        const { status, stderr } = spawnSync(tool, [...check, written(guide, name, code)], { encoding: 'utf8' });
        expect(status, `${name}\n${stderr}`).toBe(0);
      }
    });
});
