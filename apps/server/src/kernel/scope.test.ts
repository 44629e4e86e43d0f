import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { type Caches, createCaches } from './cache.ts';
import { createDatabasePool, type DatabasePool } from './database.ts';
import { createLog } from './log.ts';
import { type Scope, systemScope, transaction, writtenAtCommit } from './scope.ts';

let own: TestDatabase;
let database: DatabasePool;
let caches: Caches;
let scope: Scope;

beforeAll(async () => {
  own = await createTestDatabase();
  const log = createLog('silent');
  // One connection, so that a transaction left open would be seen by the next statement.
  database = createDatabasePool({ connection: own.connection, size: 1, log });
  caches = await createCaches({ connection: own.connection, log });
  scope = systemScope({ database, caches }, 'one', 'test');
  await database.forSystem('test').execute(sql`insert into tenants (id, name) values ('one', 'One')`);
});

afterAll(async () => {
  await caches.close();
  await database.close();
  await own.drop();
});

const write = (key: string) => sql`insert into tenant_settings (tenant_id, key, value) values ('one', ${key}, '1')`;
const keys = async (): Promise<string[]> => {
  const { rows } = await scope.db.execute<{ key: string }>(sql`select key from tenant_settings order by key`);
  return rows.map(({ key }) => key);
};
const writeLate = writtenAtCommit<string>((db, items) =>
  db.execute(sql`insert into tenant_settings (tenant_id, key, value)
    select 'one', k, '1' from unnest(${sql.param(items)}::text[]) k`),
);

describe('what is written at the commit', () => {
  test('is one statement, in the transaction', async () => {
    await transaction(scope, async (tx) => {
      await tx.db.execute(write('a'));
      await writeLate(tx, 'b');
      await writeLate(tx, 'c');
    });
    expect(await keys()).toEqual(['a', 'b', 'c']);
  });

  test('takes the change back when it fails, says why, and runs nothing that waited for the commit', async () => {
    const ran: string[] = [];
    const failing = transaction(scope, async (tx) => {
      tx.afterCommit.push(() => ran.push('after'));
      await tx.db.execute(write('d'));
      await writeLate(tx, 'a');
    });
    await expect(failing).rejects.toMatchObject({ cause: { constraint: 'tenant_settings_pkey' } });
    expect(ran).toEqual([]);
    expect(await keys()).toEqual(['a', 'b', 'c']);
  });

  test('takes back an inner transaction alone', async () => {
    await transaction(scope, async (tx) => {
      const inner = transaction(tx, (nested) => writeLate(nested, 'a'));
      await expect(inner).rejects.toMatchObject({ cause: { constraint: 'tenant_settings_pkey' } });
      await writeLate(tx, 'e');
    });
    expect(await keys()).toEqual(['a', 'b', 'c', 'e']);
  });

  test('is not written when the work fails', async () => {
    const failing = transaction(scope, async (tx) => {
      await writeLate(tx, 'f');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await keys()).toEqual(['a', 'b', 'c', 'e']);
  });
});
