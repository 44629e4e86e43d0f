// Every event arrives, in order for each object, whatever happens to receivers and processes; duplicates keep their id.
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createModules } from '../../src/compose.ts';
import { emitEvent } from '../../src/kernel/events.ts';
import { createLog } from '../../src/kernel/log.ts';
import { transaction } from '../../src/kernel/scope.ts';
import { openWorld } from '../../src/world.ts';
import { createTestApp } from '../harness.ts';
import { createReceiver, type TestReceiver } from '../receiver.ts';

const app = await createTestApp();
const { deliverer } = app.modules;

/** Another process on the same database: its own pool, caches and deliverer. */
async function anotherProcess() {
  const world = await openWorld({
    config: app.world.config,
    masterKeys: [app.world.masterKey],
    connection: app.world.database.pool.options,
    log: createLog('silent'),
    now: app.world.now,
  });
  return { world, deliverer: createModules(world).deliverer };
}

async function subscribe(receiver: TestReceiver): Promise<string> {
  const { body } = await app.api('POST', '/api/hooks', {
    events: ['User.Data.Updated'],
    config: { url: receiver.url },
  });
  return body.id;
}

let count = 0;
/** One change of an object; answers the number that its message carries. */
async function emit(id: string): Promise<number> {
  count += 1;
  const number = count;
  await transaction(app.scope(), (tx) =>
    emitEvent(tx, { event: 'User.Data.Updated', object: { type: 'User', id }, payload: { data: { id, number } } }),
  );
  return number;
}

const numbers = (receiver: TestReceiver, id?: string): number[] =>
  receiver.requests.filter(({ body }) => id === undefined || body.data.id === id).map(({ body }) => body.data.number);
const ids = (receiver: TestReceiver) => receiver.requests.map(({ headers }) => headers['webhook-id']);
const states = async () => {
  const { rows } = await app
    .scope()
    .db.execute<{ state: string; count: string }>('select state, count(*) from webhook_deliveries group by state');
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
};
const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

/** Each test begins with nothing to deliver. */
beforeEach(async () => {
  await deliverer.stop();
  for (const { id } of (await app.api('GET', '/api/hooks')).body) await app.api('DELETE', `/api/hooks/${id}`);
});

const PEOPLE = ['ann', 'ben', 'cho'];

test('a process that ends between commit and delivery: the next one delivers', async () => {
  const receiver = await createReceiver();
  await subscribe(receiver);
  const sent = [await emit('ann'), await emit('ann'), await emit('ben')];
  expect(receiver.requests).toEqual([]);
  await deliverer.start();
  await soon(() => expect(numbers(receiver).sort()).toEqual(sent));
});

test('a process that is lost with requests in hand: another one sends them when the lease is over, under the same id', async () => {
  const receiver = await createReceiver();
  receiver.answer = () => null;
  await subscribe(receiver);
  const lost = await anotherProcess();
  await lost.deliverer.start();
  const sent = [await emit('ann'), await emit('ben')];
  await soon(() => expect(receiver.requests).toHaveLength(2));
  await lost.world.close();
  const before = new Set(ids(receiver));

  receiver.requests.length = 0;
  receiver.answer = () => ({ status: 200 });
  await deliverer.start();
  expect(receiver.requests).toEqual([]);
  app.advance(61_000);
  await deliverer.sweep();
  await soon(() => expect(numbers(receiver).sort()).toEqual(sent));
  expect(new Set(ids(receiver))).toEqual(before);
});

test('two processes deliver together: all arrive once, in order for each object', async () => {
  const receiver = await createReceiver();
  await subscribe(receiver);
  const other = await anotherProcess();
  afterAll(() => other.world.close());
  await Promise.all([deliverer.start(), other.deliverer.start()]);
  const people = Array.from({ length: 20 }, (_, index) => `person-${index}`);
  await Promise.all(
    people.map(async (person) => {
      for (let round = 0; round < 10; round += 1) await emit(person);
    }),
  );
  await soon(async () => expect(await states()).toEqual({ delivered: 200 }));
  await other.deliverer.stop();
  expect(new Set(ids(receiver)).size).toBe(200);
  expect(receiver.requests).toHaveLength(200);
  for (const person of people) {
    expect(numbers(receiver, person)).toEqual([...numbers(receiver, person)].sort((a, b) => a - b));
  }
});

describe('one receiver holds up no other', () => {
  test('while it does not answer', async () => {
    const [dead, alive] = [await createReceiver(), await createReceiver()];
    dead.answer = () => null;
    await subscribe(dead);
    await subscribe(alive);
    await deliverer.start();
    const started = Date.now();
    const sent: number[] = [];
    for (let round = 0; round < 50; round += 1) sent.push(await emit(`person-${round}`));
    await soon(() => expect(numbers(alive).sort((a, b) => a - b)).toEqual(sent));
    expect(Date.now() - started).toBeLessThan(9000);
    expect(dead.requests.length).toBeLessThanOrEqual(4);
    dead.hangUp();
  });

  test('and one object that is refused for ever holds up no other object', async () => {
    const receiver = await createReceiver();
    receiver.answer = ({ body }) => ({ status: body.data.id === 'poison' ? 400 : 200 });
    await subscribe(receiver);
    await deliverer.start();
    const poison = [await emit('poison'), await emit('poison')];
    const sent = [await emit('ann'), await emit('ben')];
    await soon(() => expect([...numbers(receiver, 'ann'), ...numbers(receiver, 'ben')]).toEqual(sent));
    await soon(() => expect(numbers(receiver, 'poison')).toEqual([poison[0]]));
  });
});

// The last one: the API's caller has no token for the time after the hour.
test('a receiver that is down for an hour: each event arrives afterwards, in order for each object', async () => {
  const receiver = await createReceiver();
  receiver.answer = () => ({ status: 503 });
  await subscribe(receiver);
  await deliverer.start();
  for (let round = 0; round < 10; round += 1) for (const person of PEOPLE) await emit(person);
  await soon(() => expect(receiver.requests.length).toBeGreaterThanOrEqual(3));
  for (let minute = 0; minute < 60; minute += 5) {
    app.advance(5 * 60_000);
    await deliverer.sweep();
    await deliverer.stop();
    await deliverer.start();
  }
  // A receiver that is down is tried now and then, not with everything that waits.
  expect(receiver.requests.length).toBeLessThan(30);

  receiver.requests.length = 0;
  receiver.answer = () => ({ status: 200 });
  app.advance(15 * 60_000);
  await deliverer.sweep();
  await soon(() => expect(receiver.requests).toHaveLength(30));
  for (const person of PEOPLE) {
    expect(numbers(receiver, person)).toEqual([...numbers(receiver, person)].sort((a, b) => a - b));
    expect(numbers(receiver, person)).toHaveLength(10);
  }
  await soon(async () => expect(await states()).toEqual({ delivered: 30 }));
});
