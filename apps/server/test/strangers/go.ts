import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const cache = path.join(import.meta.dirname, '../../../../node_modules/.cache/latchkey');
/** Of a first build on a busy machine, its downloads among it. */
const BUILD_TIMEOUT_MS = 540_000;

/**
 * A program built of a folder with a go.mod, kept between runs; modules are checked by its go.sum.
 * Undefined, with the reason on standard error, where Go or the module proxy cannot be reached.
 */
export async function goProgram(folder: string, packageName = '.'): Promise<string | undefined> {
  const digest = createHash('sha256');
  for (const name of (await readdir(folder)).sort()) digest.update(await readFile(path.join(folder, name)));
  const program = path.join(cache, `${path.basename(folder)}-${digest.digest('hex').slice(0, 12)}`);
  if (existsSync(program)) return program;
  const fresh = `${program}.${process.pid}`;
  try {
    await mkdir(cache, { recursive: true });
    const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' };
    await exec('go', ['build', '-o', fresh, packageName], { cwd: folder, env, timeout: BUILD_TIMEOUT_MS });
    await rename(fresh, program);
    return program;
  } catch (error) {
    process.stderr.write(`${path.basename(folder)} cannot be built: ${(error as Error).message}\n`);
    return undefined;
  } finally {
    await rm(fresh, { force: true });
  }
}
