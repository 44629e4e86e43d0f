import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedPostgresError } from './binaries.ts';
import { type Cluster, give } from './cluster.ts';

/** Names the socket file; no TCP port is opened. */
export const SOCKET_PORT = 5432;

/** sockaddr_un holds 104 bytes on macOS, 108 on Linux, the file's name and a closing zero included. */
const LONGEST_DIRECTORY = 104 - `/.s.PGSQL.${SOCKET_PORT}.lock`.length - 1;

/** Makes the directory of the socket, which only PostgreSQL's user (and root) may enter. */
export async function ensureSocketDirectory(cluster: Cluster, dataDirectory: string): Promise<string> {
  const inside = path.join(dataDirectory, 'socket');
  if (Buffer.byteLength(inside) <= LONGEST_DIRECTORY) return ensurePrivate(cluster, inside);
  const digest = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16);
  return ensurePrivate(cluster, path.join(tmpdir(), `latchkey-${digest}`));
}

async function ensurePrivate(cluster: Cluster, directory: string): Promise<string> {
  try {
    await mkdir(directory, { mode: 0o700 });
    await give(cluster, directory);
    return directory;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  // Below the shared temporary directory somebody else could have made the name first.
  const found = await lstat(directory);
  const { uid } = cluster.runAs.user;
  if (!found.isDirectory() || (found.uid !== uid && found.uid !== process.getuid?.())) {
    throw new EmbeddedPostgresError(
      `${directory} belongs to somebody else: remove it, or choose a shorter LATCHKEY_HOME`,
    );
  }
  await give(cluster, directory);
  await chmod(directory, 0o700);
  return directory;
}
