import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { createDatabasePool, type DatabasePool } from './database.ts';
import { createLog } from './log.ts';

let own: TestDatabase;
let pool: DatabasePool;

beforeAll(async () => {
  own = await createTestDatabase();
  // One connection, so that it changes its tenant all the time.
  pool = createDatabasePool({ connection: own.connection, size: 1, log: createLog('silent') });
  const system = pool.forSystem('test');
  await system.execute(sql`insert into tenants (id, name) values ('one', 'One'), ('two', 'Two')`);
  await system.execute(sql`
    insert into tenant_settings (tenant_id, key, value) values ('one', 'k', '1'), ('two', 'k', '2')`);
});

afterAll(async () => {
  await pool.close();
  await own.drop();
});

const settings = async (tenant: string) =>
  (await pool.forTenant(tenant).execute<{ tenant_id: string }>(sql`select tenant_id from tenant_settings`)).rows.map(
    (row) => row.tenant_id,
  );

describe('row-level security', () => {
  test('each tenant sees its own rows, on one connection used in turn', async () => {
    for (const tenant of ['one', 'two', 'one', 'one', 'two']) expect(await settings(tenant)).toEqual([tenant]);
  });

  test('the same holds for statements sent at once', async () => {
    const tenants = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 'one' : 'two'));
    const answers = await Promise.all(tenants.map(settings));
    expect(answers).toEqual(tenants.map((tenant) => [tenant]));
  });

  test('a row of another tenant can be neither written nor taken over', async () => {
    const one = pool.forTenant('one');
    const insert = one.execute(sql`insert into tenant_settings (tenant_id, key, value) values ('two', 'x', '1')`);
    await expect(insert).rejects.toThrow();
    expect(
      (await one.execute(sql`update tenant_settings set tenant_id = 'one' where tenant_id = 'two'`)).rowCount,
    ).toBe(0);
    expect((await one.execute(sql`delete from tenant_settings where tenant_id = 'two'`)).rowCount).toBe(0);
  });

  test('a transaction keeps its tenant, and an error does not leak it to the next', async () => {
    await expect(
      pool.forTenant('two').transaction(async (tx) => {
        await tx.execute(sql`select 1 / 0`);
      }),
    ).rejects.toThrow();
    expect(await settings('one')).toEqual(['one']);
  });

  test('covers every table that has a tenant, and the role is an ordinary one', async () => {
    const open = await pool.pool.query<{ relname: string }>(`
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
        and not (c.relrowsecurity and c.relforcerowsecurity)`);
    expect(open.rows).toEqual([]);
    const role = await pool.pool.query(
      'select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user',
    );
    expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
  });
});

describe('a transaction', () => {
  const value = async () =>
    (await pool.forTenant('one').execute<{ value: number }>(sql`select value from tenant_settings where key = 'k'`))
      .rows;
  const change = sql`update tenant_settings set value = '5' where key = 'k'`;

  test('whose first statement fails changes nothing and leaves none open', async () => {
    const failing = pool.forTenant('one').transaction(async (tx) => {
      await tx.execute(sql`select 1 / 0`).catch(() => undefined);
      await tx.execute(change);
    });
    await expect(failing).rejects.toThrow();
    expect(await value()).toEqual([{ value: 1 }]);
  });

  test('opens before the first of the statements that are sent at once, and takes all of them back', async () => {
    const failing = pool.forTenant('one').transaction(async (tx) => {
      await Promise.all([tx.execute(change), tx.execute(change)]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await value()).toEqual([{ value: 1 }]);
  });

  test('without a statement leaves the connection as it was', async () => {
    await pool.forTenant('one').transaction(async () => undefined);
    await expect(
      pool.forTenant('one').transaction(async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await pool.forTenant('one').execute(change);
    const { rows } = await pool.pool.query('select now() = statement_timestamp() as alone');
    expect(rows).toEqual([{ alone: true }]);
    expect(await value()).toEqual([{ value: 5 }]);
  });
});

test('what comes again and again is prepared, also after a thousand statements that came but once', async () => {
  const one = pool.forTenant('one');
  for (let number = 0; number < 1000; number++) await one.execute(sql`select ${sql.raw(`${number}`)} + ${number}::int`);
  for (let time = 0; time < 10; time++) await one.execute(sql`select 'hot' where ${time}::int > 0`);
  const { rows } = await pool.pool.query<{ statement: string }>('select statement from pg_prepared_statements');
  const statements = rows.map(({ statement }) => statement);
  expect(statements).toContain("select 'hot' where $1::int > 0");
  expect(statements.filter((statement) => statement.includes('+ $1'))).toEqual([]);
});

describe('what is read beside a transaction', () => {
  test('is read though transactions hold every connection, each waiting for such a read', async () => {
    const done = await Promise.all(
      Array.from({ length: 20 }, () =>
        pool.forTenant('one').transaction(async (tx) => {
          await tx.execute(sql`select 1`);
          return settings('two');
        }),
      ),
    );
    expect(done).toEqual(Array.from({ length: 20 }, () => ['two']));
  });

  test('is told of where it is a transaction of its own, which could wait for the first one; a savepoint is none', async () => {
    const lines: string[] = [];
    const log = createLog('warn', { write: (line) => void lines.push(line) });
    const roomy = createDatabasePool({ connection: own.connection, size: 4, log });
    const one = roomy.forTenant('one');
    await one.transaction((tx) => tx.transaction(async (savepoint) => savepoint.execute(sql`select 1`)));
    expect(lines).toEqual([]);
    await one.transaction(() => one.transaction(async (tx) => tx.execute(sql`select 1`)));
    expect(lines).toEqual([expect.stringContaining('a transaction was begun beside the one that it belongs to')]);
    await roomy.close();
  });

  test('is nothing that goes on after the transaction', async () => {
    let later: Promise<unknown> | undefined;
    const one = pool.forTenant('one');
    await one.transaction(async () => {
      later = new Promise((resolve) => setImmediate(resolve)).then(() => one.transaction(async () => settings('one')));
    });
    expect(await later).toEqual(['one']);
  });
});
