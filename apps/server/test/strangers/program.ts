import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, test } from 'vitest';

const READY_TIMEOUT_MS = 90_000;

export interface Program {
  /** Lines that it wrote to standard output so far. */
  lines: readonly string[];
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });

/** A server that is not ours; ready when it listens, ended with the test file. What it says shows when it fails to start. */
export async function startProgram(
  command: string,
  args: readonly string[],
  { port, env = {}, cwd }: { port: number; env?: Record<string, string>; cwd?: string },
): Promise<Program> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let complaints = '';
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints = (complaints + chunk).slice(-4_000);
  });
  child.once('error', (error) => {
    complaints += String(error);
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  afterAll(async () => {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const gone = once(child, 'close');
    child.kill('SIGTERM');
    const patience = setTimeout(kill, 5_000);
    await gone;
    clearTimeout(patience);
  });
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await delay(50)) {
    if (await accepts(port)) return { lines };
    if (child.exitCode !== null || child.pid === undefined) break;
  }
  throw new Error(`${command} does not listen on ${port}:\n${complaints}\n${lines.slice(-40).join('\n')}`);
}

/** `test` where a stranger could be fetched; elsewhere it is skipped, and says so: it never passes. */
export const testAgainst = (stranger: unknown) => test.skipIf(stranger === undefined);
