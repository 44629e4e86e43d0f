// What a clone needs before it runs: packages and built pages. Runs on the host's Node, before anything is installed,
// so it imports nothing but Node itself.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** The Node that the project is written for, whatever the host has. */
export const node = path.join(root, 'node_modules/.bin/node');

const modules = path.join(root, 'node_modules');

/** The command ended with an error of its own, already shown to the reader. */
export class CommandError extends Error {}

/** Runs a command to its end; what it writes is shown only when it fails, unless `stdio` says otherwise. */
export async function run(command, args, { cwd = root, stdio = 'pipe', env = process.env } = {}) {
  const child = spawn(command, args, { cwd, stdio, env });
  const output = [];
  child.stdout?.on('data', (chunk) => output.push(chunk));
  child.stderr?.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code === 0) return;
  process.stderr.write(Buffer.concat(output));
  throw new CommandError(`${[command, ...args].join(' ')} ended with ${code}`);
}

/** The project's environment: its own programs come first, Node included. */
export const projectEnvironment = {
  ...process.env,
  PATH: `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
};

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * How the server's Node is started, for a small process: what a request leaves behind is little and dies at once, so the
 * young generation has 4 MB instead of 16, the old one is swept when it has grown by 60 % instead of several times over,
 * and the threads share two arenas of memory instead of having one each.
 */
export const serverProcess = readJson(path.join(root, 'tools/server-process.json'));

const stampOf = (name) => path.join(modules, '.cache/latchkey', name);

function readStamp(name) {
  return existsSync(stampOf(name)) ? readFileSync(stampOf(name), 'utf8') : undefined;
}

function writeStamp(name, text) {
  mkdirSync(path.dirname(stampOf(name)), { recursive: true });
  writeFileSync(stampOf(name), text);
}

/** True when node_modules holds what package-lock.json names; npm keeps its own record of what it installed. */
export function isInstalled() {
  const lock = path.join(root, 'package-lock.json');
  const record = path.join(modules, '.package-lock.json');
  if (!existsSync(record) || !existsSync(node)) return false;
  // Comparing takes a tenth of a second, so the outcome is kept for as long as neither file changes.
  const state = [lock, record].map((file) => `${statSync(file).size} ${statSync(file).mtimeMs}`).join('\n');
  if (readStamp('installed') === state) return true;
  if (!holdsEverything(readJson(lock).packages, readJson(record).packages)) return false;
  writeStamp('installed', state);
  return true;
}

function holdsEverything(wanted, found) {
  return Object.entries(wanted).every(([location, entry]) => {
    if (!location.includes('node_modules/')) return true;
    const installed = found[location];
    // Optional packages for other platforms stay away.
    if (!installed) return Boolean(entry.optional || entry.devOptional || entry.peer);
    return installed.link ? Boolean(entry.link) : installed.version === entry.version;
  });
}

/** Installs exactly what package-lock.json names, when something is missing or changed. */
export async function ensureInstalled(say) {
  if (isInstalled()) return;
  say('Installing packages (once, and after changes of package-lock.json) …');
  await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  if (existsSync(node)) return;
  throw new CommandError(
    'npm installed no Node.js: its install scripts are switched off (npm config get ignore-scripts)',
  );
}

/** The built apps: their result, and what it is made of besides their own folder and the packages. */
const apps = [
  { name: 'sign-in', label: 'the sign-in pages', result: 'apps/sign-in/dist/server/render.js' },
  { name: 'console', label: 'the Console', result: 'apps/console/dist/index.html' },
  { name: 'server', label: 'the server', result: 'apps/server/dist/main.js' },
];

const IGNORED = new Set(['node_modules', 'dist', 'test']);

function* filesBelow(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) {
      if (!IGNORED.has(entry.name)) yield* filesBelow(file);
    } else if (entry.isFile()) {
      yield file;
    }
  }
}

/** Names, sizes and times of everything an app is built from. Reading the files would take the time of a start. */
function fingerprint(app) {
  const hash = createHash('sha256');
  const add = (file) => {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${path.relative(root, file)}\0${size}\0${mtimeMs}\n`);
  };
  for (const file of filesBelow(path.join(root, 'apps', app.name))) {
    if (!file.endsWith('.test.ts')) add(file);
  }
  if (app.name === 'server') {
    for (const file of filesBelow(path.join(root, 'packages'))) add(file);
  } else {
    for (const file of filesBelow(path.join(root, 'packages/phrases'))) add(file);
    for (const file of filesBelow(path.join(root, 'apps/server/src'))) {
      // What the browser may import of the server.
      if (/(\.contract|\.paths|\/contract)\.ts$/.test(file)) add(file);
    }
  }
  add(path.join(root, 'package-lock.json'));
  return hash.digest('hex');
}

function isBuilt(app) {
  return existsSync(path.join(root, app.result)) && readStamp(`${app.name}-built`) === fingerprint(app);
}

async function build(app, say) {
  say(`Building ${app.label} …`);
  // Taken before: a file that changes during the build makes the next start build again.
  const made = fingerprint(app);
  await run('npm', ['run', 'build', '--silent', `--workspace=apps/${app.name}`], { env: projectEnvironment });
  writeStamp(`${app.name}-built`, made);
}

/** Builds the apps whose sources changed since they were built, or those of them that are named. */
export async function ensureBuilt(say, names = apps.map((app) => app.name)) {
  const stale = apps.filter((app) => names.includes(app.name) && !isBuilt(app));
  if (availableParallelism() > 2) await Promise.all(stale.map((app) => build(app, say)));
  else for (const app of stale) await build(app, say);
}

/** Folders whose changes make `ensureBuilt` build. */
export const builtFrom = ['apps/sign-in/src', 'apps/console/src', 'packages/phrases/src', 'apps/server/src'].map(
  (name) => path.join(root, name),
);
