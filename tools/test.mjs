// npm test: Vitest, then the browser stories, then one line of totals. With --e2e, the browser stories only.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CommandError, ensureBuilt, ensureInstalled, node, projectEnvironment, root, run } from './prepare.mjs';

/** Where Debian's package puts it, and where the stories look for it. */
const CHROMIUM = '/usr/bin/chromium';
const storiesOnly = process.argv.includes('--e2e');
const filters = process.argv.slice(2).filter((argument) => argument !== '--e2e');
const say = (line) => process.stdout.write(`${line}\n`);
const reports = mkdtempSync(path.join(tmpdir(), 'latchkey-reports-'));

let totals = [];
try {
  await ensureInstalled(say);
  await ensureBuilt(say);
  if (!storiesOnly) totals.push(await runTests());
  totals.push(await runStories());
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  say(error.message);
  totals = [...totals, { passed: 0, failed: 1, skipped: 0 }];
} finally {
  rmSync(reports, { recursive: true, force: true });
}
const sum = (key) => totals.reduce((total, part) => total + part[key], 0);
const skipped = sum('skipped');
say(`${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(sum('failed') === 0 ? 0 : 1);

/** Runs one of the project's programs, showing what it writes; answers its exit code. */
async function show(args, { cwd = root, env = {} } = {}) {
  const child = spawn(node, args, { cwd, stdio: 'inherit', env: { ...projectEnvironment, ...env } });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** A run that failed as a whole (a crash, a broken set-up) fails even when every test in its report passed. */
function judge(label, code, report, count) {
  if (!existsSync(report)) {
    say(`${label} ended without a report (exit code ${code})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const counted = count(JSON.parse(readFileSync(report, 'utf8')));
  if (code !== 0 && counted.failed === 0) return { ...counted, failed: 1 };
  say(`${label}: ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`);
  return counted;
}

async function runTests() {
  const report = path.join(reports, 'vitest.json');
  const code = await show([
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    // A filter may mean the stories alone, or the tests alone.
    ...(filters.length > 0 ? ['--passWithNoTests'] : []),
    ...filters,
  ]);
  return judge('Tests', code, report, (result) => ({
    passed: result.numPassedTests,
    failed: result.numFailedTests,
    skipped: result.numPendingTests + result.numTodoTests,
  }));
}

async function runStories() {
  const playwright = path.join(root, 'node_modules/@playwright/test/cli.js');
  if (!(await ensureChromium())) {
    say('The browser stories are skipped: there is no Chromium. As root, run: apt-get install -y chromium');
    return { passed: 0, failed: 0, skipped: await countStories(playwright) };
  }
  const report = path.join(reports, 'playwright.json');
  const emptyIsFine = filters.length > 0 ? ['--pass-with-no-tests'] : [];
  const code = await show([playwright, 'test', '--reporter=list,json', ...emptyIsFine, ...filters], {
    cwd: path.join(root, 'e2e'),
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  return judge('Browser stories', code, report, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

/** Installs Chromium where that is possible without asking anybody: as root on Debian. */
async function ensureChromium() {
  if (existsSync(CHROMIUM)) return true;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  say('Installing Chromium by apt …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    say(error.message);
  }
  return existsSync(CHROMIUM);
}

/** How many stories there are, so that skipping them shows in the totals. */
async function countStories(playwright) {
  const child = spawn(node, [playwright, 'test', '--list', '--reporter=json', ...filters], {
    cwd: path.join(root, 'e2e'),
    env: projectEnvironment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  await new Promise((resolve) => child.on('close', resolve));
  const countSpecs = (suite) =>
    (suite.specs ?? []).reduce((count, spec) => count + spec.tests.length, 0) +
    (suite.suites ?? []).reduce((count, inner) => count + countSpecs(inner), 0);
  return countSpecs(JSON.parse(Buffer.concat(output).toString('utf8')));
}
