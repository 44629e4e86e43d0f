// npm run check: style, types, the dependency rule, what nothing uses. Every check runs; the summary comes last.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CommandError, ensureInstalled, node, projectEnvironment, root } from './prepare.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

function workspaces() {
  const grouped = ['apps', 'packages'].flatMap((group) =>
    readdirSync(path.join(root, group)).map((name) => path.join(group, name)),
  );
  return [...grouped, 'e2e', 'bench'].filter((name) => existsSync(path.join(root, name, 'tsconfig.json')));
}

const program = (name) => path.join(root, 'node_modules', name);

// The compiler's own choice, four beside each other, works the same types out again and again: twice the time on two cores.
const CHECKERS = '1';

const checks = [
  ['style and lint', program('@biomejs/biome/bin/biome'), ['ci', '.']],
  ...workspaces().map((name) => [
    `types of ${name}`,
    program('typescript/bin/tsc'),
    ['-p', name, '--checkers', CHECKERS],
  ]),
  [
    'dependency rule',
    program('dependency-cruiser/bin/dependency-cruiser.mjs'),
    ['--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'e2e', 'bench'],
  ],
  ['unused files, exports and packages', program('knip/bin/knip.js'), []],
];

async function passes([label, script, args]) {
  const child = spawn(node, [script, ...args], { cwd: root, env: projectEnvironment });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) process.stdout.write(Buffer.concat([Buffer.from(`\n--- ${label}\n`), ...output]));
  return code === 0;
}

try {
  await ensureInstalled(say);
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  say(error.message);
  process.exit(1);
}
const outcomes = [];
for (const check of checks) outcomes.push({ label: check[0], passed: await passes(check) });
say('');
for (const { label, passed } of outcomes) say(`${passed ? 'ok    ' : 'FAILED'} ${label}`);
process.exit(outcomes.every(({ passed }) => passed) ? 0 : 1);
