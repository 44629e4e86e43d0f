import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type FactName, firstStates, states, table } from './sign-in.flow.ts';

/** Where the diagrams are kept. */
export const flowsDirectory = fileURLToPath(new URL('../../../../../docs/flows/', import.meta.url));

const node = (state: string) => state.replaceAll('-', '_');

/** The sign-in table as a Mermaid state diagram; edges between the same two states share an arrow. */
export function signInDiagram(): string {
  const edges = new Map<string, FactName[]>();
  for (const from of states) {
    for (const [fact, to] of Object.entries(table[from]) as [FactName, string][]) {
      const arrow = `${node(from)} --> ${node(to)}`;
      edges.set(arrow, [...(edges.get(arrow) ?? []), fact]);
    }
  }
  return [
    '%% Made of sign-in.flow.ts by `npm run flows`; do not edit.',
    'stateDiagram-v2',
    ...states.map((state) => `  state "${state}" as ${node(state)}`),
    ...firstStates.map((first) => `  [*] --> ${node(first)}`),
    ...[...edges].map(([arrow, names]) => `  ${arrow}: ${names.join(', ')}`),
    '  done --> [*]',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(flowsDirectory, { recursive: true });
  await writeFile(`${flowsDirectory}sign-in.mmd`, signInDiagram());
}
