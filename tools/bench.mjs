// npm run bench: every script of bench/ in the order of their names, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { CommandError, ensureBuilt, ensureInstalled, node, projectEnvironment, root } from './prepare.mjs';

const say = (line) => process.stdout.write(`${line}\n`);
const wanted = process.argv.slice(2);

try {
  await ensureInstalled(say);
  await ensureBuilt(say);
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  say(error.message);
  process.exit(1);
}
const scripts = readdirSync(path.join(root, 'bench'))
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();
let failed = 0;
for (const script of scripts) {
  say(`\n# ${script}`);
  const { status } = spawnSync(node, [path.join('bench', script)], {
    cwd: root,
    stdio: 'inherit',
    env: projectEnvironment,
  });
  if (status !== 0) failed += 1;
}
if (scripts.length === 0) say('no script matches');
process.exit(failed === 0 && scripts.length > 0 ? 0 : 1);
