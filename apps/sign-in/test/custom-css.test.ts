import { readFile } from 'node:fs/promises';
import { englishPhrases } from '@latchkey/phrases/sign-in';
import { expect, it } from 'vitest';
import { pages } from './pages.fixture.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
const guide = await read('../CUSTOM_CSS.md');
const { render } = await import(new URL('../dist/server/render.js', import.meta.url).href);
const drawn = Object.values(pages()).map((model) => render(model, englishPhrases) as string);

it('the guide names every page, and no page that there is not', () => {
  const named = /names: `([^`]+)`/.exec(guide)?.[1]?.split(' ') ?? [];
  const there = drawn.map((html) => /lk-body lk-page-([a-z-]+)/.exec(html)?.[1]);
  expect([...new Set(there)].sort()).toEqual(named.sort());
});

it('every class and variable of the guide is on some page', () => {
  const all = drawn.join('');
  const named = [...guide.matchAll(/`((?:lk|--lk)-[a-z-]*[a-z])`/g)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((name) => !all.includes(name))).toEqual([]);
});
