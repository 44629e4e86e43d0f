import { expect, test } from 'vitest';
import { createTestApp } from '../../test/harness.ts';

const { caches } = (await createTestApp()).scope();

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
