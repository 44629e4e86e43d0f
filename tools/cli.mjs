// npm run cli: the command line of the server, on the Node that the project is written for.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { isInstalled, node, root } from './prepare.mjs';

if (!isInstalled()) {
  process.stderr.write('Packages are missing or out of date: run npm start (or npm ci) once\n');
  process.exit(1);
}
const main = path.join(root, 'apps/server/src/cli/main.ts');
const { status, error } = spawnSync(node, ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  // As the server does for itself: a command is over sooner than Node compiles.
  env: { ...process.env, NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/latchkey/compiled') },
});
if (error) process.stderr.write(`${error.message}\n`);
process.exit(status ?? 1);
