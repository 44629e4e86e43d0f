import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const cache = path.join(import.meta.dirname, '../../../../node_modules/.cache/latchkey');

/** The packages that installing these would bring, as apt plans it. */
async function plan(apt: string[], names: readonly string[], settings: string[] = []): Promise<string[]> {
  const { stdout } = await exec('apt-get', [...apt, ...settings, 'install', '-s', '--no-install-recommends', ...names]);
  return [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name ?? '');
}

/**
 * Debian's packages of PHP and SimpleSAMLphp, unpacked below a folder and installed nowhere, so that no root is needed.
 * Undefined, with the reason on standard error, where there is no apt or no mirror.
 */
export async function debianSimpleSaml(): Promise<string | undefined> {
  const folder = path.join(cache, 'simplesamlphp');
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  try {
    const [lists, archives, root] = ['lists', 'archives', 'root'].map((name) => path.join(fresh, name)) as [
      string,
      string,
      string,
    ];
    await Promise.all([lists, archives].map((place) => mkdir(path.join(place, 'partial'), { recursive: true })));
    await mkdir(root);
    const apt = ['-qq', '-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${archives}`];
    await exec('apt-get', [...apt, 'update'], { timeout: 120_000 });
    const php = ['php-cli', 'php-xml', 'php-mbstring'];
    // All of PHP, also where the machine has some of it; of what PHP needs, what the machine lacks.
    const whole = await plan(apt, php, ['-o', 'Dir::State::status=/dev/null']);
    const names = new Set([...whole.filter((name) => name.startsWith('php')), ...(await plan(apt, php))]);
    await exec('apt-get', [...apt, 'download', ...names, 'simplesamlphp'], { cwd: archives, timeout: 120_000 });
    for (const name of (await readdir(archives)).filter((file) => file.endsWith('.deb'))) {
      await exec('dpkg', ['-x', path.join(archives, name), root]);
    }
    // Whoever was quicker has made the same.
    await rename(root, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } catch (error) {
    process.stderr.write(`Debian's SimpleSAMLphp cannot be had: ${(error as Error).message}\n`);
    return undefined;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
