import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
/** Of this clone alone: what lies in a folder that all users of a machine share may be another's. */
const cache = path.join(import.meta.dirname, '../node_modules/.cache/latchkey');
const tutorialRequirements = path.join(import.meta.dirname, '../examples/flask-gitlab/requirements.txt');

/**
 * A Python that has the packages of a requirements file, kept between runs under a name.
 * Undefined, with the reason on standard error, where Python or PyPI cannot be reached.
 */
export async function pythonWith(name: string, requirementsFile: string): Promise<string | undefined> {
  const requirements = await readFile(requirementsFile, 'utf8');
  const digest = createHash('sha256').update(requirements).digest('hex').slice(0, 12);
  const directory = path.join(cache, `${name}-${digest}`);
  const python = path.join(directory, 'bin/python');
  if (existsSync(python)) return python;
  const fresh = `${directory}.${process.pid}`;
  try {
    await mkdir(cache, { recursive: true });
    await exec('python3', ['-m', 'venv', fresh]);
    const install = ['-m', 'pip', 'install', '--quiet', '-r', requirementsFile];
    await exec(path.join(fresh, 'bin/python'), install, { timeout: 300_000 });
    // Whoever was quicker has made the same.
    await rename(fresh, directory).catch((error) => {
      if (!existsSync(python)) throw error;
    });
    return python;
  } catch (error) {
    process.stderr.write(`Python's packages for ${name} cannot be installed: ${(error as Error).message}\n`);
    return undefined;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** A Python with the tutorial's packages. */
export const tutorialPython = (): Promise<string | undefined> => pythonWith('flask', tutorialRequirements);
