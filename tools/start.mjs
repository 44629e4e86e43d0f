// npm start: installs and builds what is missing, then runs the server and passes signals on.
// Runs on any Node from 20, before anything is installed.
import { spawn } from 'node:child_process';
import { readFileSync, watch } from 'node:fs';
import { builtFrom, CommandError, ensureBuilt, ensureInstalled, node, root, serverProcess } from './prepare.mjs';

const development = process.argv.includes('--dev');
/** While it is worked on, the server runs from its sources and starts anew with each change. */
const built = development ? ['sign-in', 'console'] : undefined;
const say = (line) => process.stdout.write(`${line}\n`);

try {
  await ensureInstalled(say);
  await ensureBuilt(say, built);
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
if (development) rebuildOnChange();
runServer();

function runServer() {
  const program = development ? 'apps/server/src/main.mjs' : 'apps/server/dist/main.js';
  const options = development ? ['--watch', '--watch-preserve-output'] : [];
  const server = spawn(node, [...serverProcess.flags, ...options, '--import', './tools/follow.mjs', program], {
    cwd: root,
    env: { ...process.env, ...serverProcess.environment },
    // A session of its own: Ctrl-C reaches this process, from the terminal and from npm, and the server once, from here.
    detached: true,
    // The channel says nothing; it closes when this process is killed, and then the server goes too.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  server.on('error', (error) => {
    process.stderr.write(`the server cannot be run: ${error.message}\n`);
    process.exit(1);
  });
  passSignals(server);
  followNpm(server);
  server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' ? 0 : 1)));
}

/** The first signal asks the server to stop. One that comes later than npm's echo of the first means: at once. */
function passSignals(server) {
  const ECHO_MS = 1000;
  let askedAt;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (askedAt === undefined) {
        askedAt = Date.now();
        server.kill('SIGTERM');
      } else if (Date.now() - askedAt > ECHO_MS) {
        // Nothing committed is lost: the database notices, and the next start recovers it.
        server.kill('SIGKILL');
      }
    });
  }
}

/**
 * npm that is told to end tells the shell it started, and that shell tells nobody; a killed npm tells nobody either.
 * The server must not go on holding the port with nobody to stop it.
 */
function followNpm(server) {
  if (!process.env.npm_lifecycle_event) return;
  const family = ancestors();
  const watching = setInterval(() => {
    if (ancestors() === family) return;
    clearInterval(watching);
    server.kill('SIGTERM');
  }, 200);
  watching.unref();
}

/** Who started this process: npm, or the shell that npm ran and then npm. */
function ancestors() {
  const parent = process.ppid;
  try {
    // pid (name) state parent …; the name may hold anything, a bracket too.
    const [, name, grandparent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? [];
    return /^(ba|da)?sh$/.test(name) ? `${parent} ${grandparent}` : `${parent}`;
  } catch {
    // Without /proc, or when the parent has just gone.
    return `${parent}`;
  }
}

/** Builds the pages again while the developer works; Node itself restarts the server for its own files. */
function rebuildOnChange() {
  let timer;
  let running = Promise.resolve();
  const rebuild = () => {
    running = running.then(() => ensureBuilt(say, built)).catch((error) => process.stderr.write(`${error.message}\n`));
  };
  for (const directory of builtFrom) {
    watch(directory, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(rebuild, 200);
    });
  }
}
