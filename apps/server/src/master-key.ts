import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Config, ConfigError, parseKey } from './config.ts';

/** One base64 key a line, the current one first. */
export const keyFileOf = (home: string): string => path.join(home, 'secret.key');

/**
 * The master keys in the order `createSecretBox` wants them: the current one, then those that only open.
 * Without SECRET_KEY the key file in the data directory is used, and made on the first start.
 * With it, an existing key file still opens what it sealed, so an install can move from one to the other.
 */
export async function loadMasterKeys(
  config: Pick<Config, 'home' | 'secretKey' | 'previousSecretKeys'>,
): Promise<Buffer[]> {
  const file = keyFileOf(config.home);
  let kept = await readKeyFile(file);
  if (kept.length === 0 && !config.secretKey) {
    await createKeyFile(file);
    kept = await readKeyFile(file);
  }
  return [...(config.secretKey ? [config.secretKey] : []), ...kept, ...config.previousSecretKeys];
}

async function readKeyFile(file: string): Promise<Buffer[]> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return [];
  if ((found.mode & 0o077) !== 0) throw new ConfigError(`${file} can be read by other users: run chmod 600 on it`);
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const keys = lines.map((line) => parseKey(line.trim()));
  if (keys.length === 0 || !keys.every((key) => key !== undefined)) {
    throw new ConfigError(
      `${file} is damaged: expected one key of 32 bytes in base64 a line; restore it from a backup`,
    );
  }
  return keys;
}

/** The file appears whole and once: two first starts at the same time end with one key, a crash leaves none. */
async function createKeyFile(file: string): Promise<void> {
  // With an external database nothing else has made the data directory.
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
