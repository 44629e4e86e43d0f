// Threat class "script sandbox": vm2 CVE-2026-22709, CVE-2026-44001 and others, authentik CVE-2026-25227.
// Scripts of tenants run in WebAssembly without a host object, bounded in time, memory and network.
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { createEgress } from '../../src/kernel/egress.ts';
import { createSandbox, DEFAULT_LIMITS } from '../../src/modules/scripts/sandbox.ts';

const strict = createEgress({ allowed: [], allowLoopback: false });
const limits = { ...DEFAULT_LIMITS, timeoutMs: 700 };
const sandbox = createSandbox(strict, limits);

/** Runs the body of a function that has `api`; answers how it ended. */
const run = async (body: string, egress = sandbox) =>
  (
    await egress.run({
      tenantId: 'attacker',
      script: `const main = async ({ api, secret }) => { ${body} };`,
      entry: 'main',
      argument: { secret: 1 },
    })
  ).outcome;
const valueFrom = async (body: string) => {
  const outcome = await run(body);
  return outcome.kind === 'value' ? outcome.value : outcome;
};

test('has no object of the host: no process, no require, no modules, no timers, no shared globals', async () => {
  const names = [
    'process',
    'require',
    'module',
    'Buffer',
    'global',
    'setTimeout',
    'WebAssembly',
    'Worker',
    'performance',
    'XMLHttpRequest',
    'navigator',
    'std',
    'os',
    'print',
  ];
  expect(await valueFrom(`return ${JSON.stringify(names)}.filter((name) => name in globalThis);`)).toEqual([]);
});

const ESCAPES: [string, string][] = [
  ['the function constructor', `return Function('return this')().process === undefined;`],
  [
    'a constructor chain from the argument',
    `return ({}).constructor.constructor('return typeof process')() === 'undefined';`,
  ],
  [
    'a constructor chain from the host’s functions',
    `return fetch.constructor('return typeof process')() === 'undefined';`,
  ],
  ['the console’s constructor', `return console.log.constructor('return typeof require')() === 'undefined';`],
  [
    'the api’s constructor',
    `return api.denyAccess.constructor.constructor('return typeof process')() === 'undefined';`,
  ],
  [
    'an async function’s constructor',
    `return (await (async () => {}).constructor('return typeof process')()) === 'undefined';`,
  ],
  [
    'a generator’s constructor',
    `return (function* () {}).constructor('yield typeof process')().next().value === 'undefined';`,
  ],
  [
    'an error’s stack',
    `try { null.x; } catch (error) { return !/node_modules|file:|\\/work|\\/apps\\//.test(error.stack); }`,
  ],
  [
    'Error.prepareStackTrace',
    `Error.prepareStackTrace = (_, frames) => frames; const frames = new Error().stack; return !Array.isArray(frames) || !frames[0]?.getThis;`,
  ],
  [
    'a proxy around the api',
    `const seen = new Proxy(api, { get: (target, name) => target[name] }); return seen.constructor === Object;`,
  ],
  ['a thenable', `return (await { then(resolve) { resolve(typeof process); } }) === 'undefined';`],
  ['indirect eval', `return (0, eval)('typeof process') === 'undefined';`],
  ['dynamic import', `try { await import('node:fs'); return false; } catch { return true; }`],
  ['a module file', `try { await import('/etc/passwd'); return false; } catch { return true; }`],
  [
    'arguments.callee.caller',
    `function f() { return f.caller; } try { return f() === null || typeof f() === 'function' || f() === undefined; } catch { return true; }`,
  ],
  ['an iterator that lies', `return [...{ *[Symbol.iterator]() { yield typeof process; } }][0] === 'undefined';`],
];

test.each(ESCAPES)('no way out by %s', async (_name, body) => {
  expect(await valueFrom(body)).toBe(true);
});

test('an endless loop ends at its time, and the event loop of the server goes on', async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 20);
  expect(await run('for (;;);')).toMatchObject({ kind: 'failed', reason: 'timeout' });
  expect(await run('const spin = async () => { for (;;) await null; }; await spin();')).toMatchObject({
    reason: 'timeout',
  });
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(20);
});

test.each([
  ['a catastrophic pattern', `return /^(a+)+$/.test('a'.repeat(60) + '!');`],
  ['a getter that never returns', `return { get x() { for (;;); } };`],
  ['a toJSON that never returns', `return { toJSON() { for (;;); } };`],
  ['a catch around the end of the time', `for (;;) { try { for (;;); } catch {} }`],
])('%s costs no more than its time', async (_name, body) => {
  const started = Date.now();
  expect(await run(body)).toMatchObject({ kind: 'failed', reason: 'timeout' });
  expect(Date.now() - started).toBeLessThan(10_000);
});

test.each([
  ['an array that grows', `const all = []; for (;;) all.push(new Array(100000).fill(1));`],
  ['a string that doubles', `let text = 'x'; for (;;) text += text;`],
  ['a huge buffer', `return new ArrayBuffer(2 ** 31).byteLength;`],
  ['deep recursion', `const down = () => down() + 1; return down();`],
  ['a map without end', `const map = new Map(); for (let i = 0; ; i++) map.set(i, 'x'.repeat(1000) + i);`],
])('%s stays within its memory', async (_name, body) => {
  const before = process.memoryUsage().rss;
  expect((await run(body)).kind).toBe('failed');
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  expect(await valueFrom('return 1;')).toBe(1);
});

test('a result that fills the memory is told of in our words, and not in those of the engine that breaks at it', async () => {
  for (let round = 0; round < 3; round++) {
    const outcome = await run(`return { text: 'x'.repeat(8_000_000) };`);
    expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringMatching(/^the script \w[\w ]+$/) });
    expect(await valueFrom('return 1;')).toBe(1);
  }
});

test('nothing of one run is there in the next, of the same tenant or another', async () => {
  await run(
    `globalThis.leak = secret; Object.prototype.leak = secret; Array.prototype.map = () => ['mine']; return 1;`,
  );
  for (let i = 0; i < 4; i++) {
    expect(await valueFrom(`return [typeof leak, typeof ({}).leak, [1].map(() => 2)[0]];`)).toEqual([
      'undefined',
      'undefined',
      2,
    ]);
  }
});

test('a polluted prototype does not reach the host', async () => {
  await run(`return JSON.parse('{"__proto__":{"polluted":1}}');`);
  await run(`Object.prototype.polluted = 1; return { value: { constructor: { prototype: { polluted: 1 } } } };`);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('who was denied stays denied, whatever the script does after', async () => {
  expect(await run(`try { api.denyAccess('no'); } catch {} return { fine: true };`)).toEqual({
    kind: 'denied',
    message: 'no',
  });
});

test('the network is what the egress function allows: no private address, no other scheme', async () => {
  const server = createServer((_request, response) => response.end('internal'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  for (const url of [
    `http://127.0.0.1:${port}`,
    `http://[::ffff:127.0.0.1]:${port}`,
    'http://169.254.169.254/',
    'file:///etc/passwd',
    'not a url',
  ]) {
    expect(await run(`return await (await fetch(${JSON.stringify(url)})).text();`), url).toMatchObject({
      kind: 'failed',
      reason: 'runtime',
    });
  }
  server.close();
});

test('the network is bounded: requests, sizes and time', async () => {
  const lavish = createSandbox(async () => new Response('ok'), limits);
  expect(
    await run(
      `const r = await fetch('https://a.example', { method: 'POST', body: '1' }); return [r.status, r.ok, await r.text()];`,
      lavish,
    ),
  ).toMatchObject({ value: [200, true, 'ok'] });
  expect(await run(`for (let i = 0; i < 11; i++) await fetch('https://a.example'); return 1;`, lavish)).toMatchObject({
    kind: 'failed',
  });
  expect(
    await run(`await fetch('https://a.example', { method: 'POST', body: 'x'.repeat(70000) });`, lavish),
  ).toMatchObject({ kind: 'failed' });
  const slow = createSandbox(() => new Promise(() => undefined), limits);
  expect(await run(`await fetch('https://a.example');`, slow)).toMatchObject({ kind: 'failed', reason: 'timeout' });
});

test('a request that a script has left behind answers nothing in the next script, of another tenant', async () => {
  const left = Promise.withResolvers<Response>();
  const own = Promise.withResolvers<Response>();
  const asked = Promise.withResolvers<void>();
  const shared = createSandbox(
    async (url) => {
      if (String(url).includes('left')) return left.promise;
      asked.resolve();
      return own.promise;
    },
    { ...limits, threads: 1, timeoutMs: 5000 },
  );
  const first = await run(`fetch('https://left.example/'); return 'done';`, shared);
  expect(first).toEqual({ kind: 'value', value: 'done' });
  const neighbour = shared.run({
    tenantId: 'neighbour',
    script: `const main = async () => (await fetch('https://own.example/')).text();`,
    entry: 'main',
    argument: {},
  });
  await asked.promise;
  left.resolve(new Response('forged'));
  // The right answer comes behind everything that the late one sets off.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  own.resolve(new Response('genuine'));
  expect((await neighbour).outcome).toEqual({ kind: 'value', value: 'genuine' });
});

test('answers and console are bounded', async () => {
  expect(await run(`return 'x'.repeat(100000);`)).toMatchObject({ kind: 'failed', reason: 'result' });
  const noisy = await sandbox.run({
    tenantId: 'attacker',
    script: `const main = () => { for (let i = 0; i < 5000; i++) console.log('y'.repeat(5000)); };`,
    entry: 'main',
    argument: {},
  });
  expect(noisy.console.length).toBeLessThanOrEqual(100);
  expect(noisy.console[0]?.length).toBeLessThanOrEqual(2000);
});

test('a tenant with endless loops does not keep another’s script waiting for all of them', async () => {
  const hostile = Array.from({ length: 6 }, () => run('for (;;);'));
  const started = Date.now();
  const neighbour = await sandbox.run({
    tenantId: 'neighbour',
    script: 'const main = () => 7;',
    entry: 'main',
    argument: {},
  });
  expect(neighbour.outcome).toEqual({ kind: 'value', value: 7 });
  expect(Date.now() - started).toBeLessThan(2 * limits.timeoutMs + 1500);
  await Promise.all(hostile);
});

test('a full queue refuses at once', async () => {
  const small = createSandbox(strict, { ...limits, threads: 1, waiting: 1, waitingOfTenant: 1 });
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => run('for (;;);', small)));
  expect(outcomes.filter((outcome) => outcome.kind === 'failed' && outcome.reason === 'busy').length).toBeGreaterThan(
    0,
  );
});
