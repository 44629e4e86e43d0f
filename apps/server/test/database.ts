import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A database of the test file's own, copied from the migrated template. */
export interface TestDatabase {
  connection: pg.PoolConfig;
  drop(): Promise<void>;
}

async function asSuperuser(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ ...inject('postgres').superuser, database: 'postgres' } as pg.ClientConfig);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const { connection, template } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(async (client) => {
    await client.query(`create database ${name} template ${template} owner ${connection.user}`);
  });
  return {
    connection: { ...connection, database: name },
    drop: () =>
      asSuperuser(async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
}
