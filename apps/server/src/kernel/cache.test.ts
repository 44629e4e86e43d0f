import { expect, test, vi } from 'vitest';
import { createTestApp } from '../../test/harness.ts';
import { announceChange, createCaches } from './cache.ts';
import { createLog } from './log.ts';
import { transaction } from './scope.ts';

const app = await createTestApp();
const scope = app.scope();
const { caches } = scope;

test('a read that began before a change answers nobody who asks after it, and is not remembered', async () => {
  const reads: ((value: { version: number }) => void)[] = [];
  const cached = caches.create('cache-test', () => new Promise<{ version: number }>((resolve) => reads.push(resolve)));
  const before = cached.get('default', 'key');
  caches.drop('cache-test', 'default', 'key');
  const after = cached.get('default', 'key');
  const joined = cached.get('default', 'key');
  reads[1]?.({ version: 2 });
  expect([await after, await joined]).toEqual([{ version: 2 }, { version: 2 }]);
  reads[0]?.({ version: 1 });
  expect(await before).toEqual({ version: 1 });
  expect(await cached.get('default', 'key')).toEqual({ version: 2 });
  expect(reads).toHaveLength(2);
});

test('a change is heard once in the process that made it, before its caller goes on, and once in every other', async () => {
  const { database } = app.world;
  const other = await createCaches({ connection: database.pool.options, log: createLog('silent') });
  const heard: string[] = [];
  caches.onChange('cache-echo', (_tenantId, key) => heard.push(`here ${key}`));
  other.onChange('cache-echo', (_tenantId, key) => heard.push(`there ${key}`));
  const announce = (key: string) => transaction(scope, (tx) => announceChange(tx, 'cache-echo', key));
  await announce('one');
  expect(heard).toContain('here one');
  await announce('two');
  // What comes last has been behind everything else.
  await vi.waitFor(() => expect(heard).toContain('there two'), { timeout: 30_000 });
  await database.pool.query("select pg_notify('latchkey_changed', 'elsewhere cache-echo default three')");
  await vi.waitFor(() => expect(heard).toEqual(expect.arrayContaining(['here three', 'there three'])), {
    timeout: 30_000,
  });
  expect(heard.toSorted()).toEqual(['here one', 'here three', 'here two', 'there one', 'there three', 'there two']);
  await other.close();
});

test('a change that is taken back is announced to nobody', async () => {
  const heard: string[] = [];
  caches.onChange('cache-undone', (_tenantId, key) => heard.push(key));
  const undone = transaction(scope, async (tx) => {
    await announceChange(tx, 'cache-undone', 'undone');
    throw new Error('no');
  });
  await expect(undone).rejects.toThrow('no');
  await transaction(scope, (tx) => announceChange(tx, 'cache-undone', 'done'));
  await app.world.database.pool.query("select pg_notify('latchkey_changed', 'elsewhere cache-undone default last')");
  await vi.waitFor(() => expect(heard).toContain('last'), { timeout: 30_000 });
  expect(heard).toEqual(['done', 'last']);
});
