import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { flowsDirectory, signInDiagram } from './flows-to-mermaid.ts';
import { pageModel } from './sign-in.contract.ts';
import { pagesWithoutState, statePages, states, table } from './sign-in.flow.ts';

const pages = pageModel.options.map((option) => option.shape.page.value);

test('each state has a page and each page a state, or a reason to have none', () => {
  expect(Object.keys(statePages).sort()).toEqual([...states].sort());
  const shown = Object.values(statePages).filter((page) => page !== 'elsewhere');
  expect([...shown, ...pagesWithoutState].sort()).toEqual([...pages].sort());
});

test('every edge leads to a state, and every state can be reached', () => {
  const reached = new Set<string>(['sign-in', 'register', 'set-password', 'consent']);
  for (const from of states) {
    for (const [fact, to] of Object.entries(table[from])) {
      expect(states, `${from} --${fact}-->`).toContain(to);
      reached.add(to);
    }
  }
  expect([...reached].sort()).toEqual([...states].sort());
});

test('the diagram in docs/flows is the one that the table gives', async () => {
  expect(await readFile(`${flowsDirectory}sign-in.mmd`, 'utf8')).toBe(signInDiagram());
});
