// The signature of a delivery, checked by the Standard Webhooks library of PyPI.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { createTestApp } from '../harness.ts';
import { createReceiver } from '../receiver.ts';

const run = promisify(execFile);
const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-python-'));
const python = path.join(folder, 'venv/bin/python');

/** Makes an environment with the library in it; false where there is no Python or no registry. */
const isInstalled = await (async () => {
  try {
    await run('python3', ['-m', 'venv', path.join(folder, 'venv')]);
    await run(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--timeout',
      '10',
      '--retries',
      '1',
      'standardwebhooks==1.1.0',
    ]);
    return true;
  } catch {
    return false;
  }
})();

const CHECK = `
import json, sys
from standardwebhooks import Webhook
given = json.load(open(sys.argv[1]))
print(Webhook(given["key"]).verify(given["body"], given["headers"])["event"])
`;

const verify = async (given: { key: string; body: string; headers: object }): Promise<string> => {
  const file = path.join(folder, 'given.json');
  await writeFile(file, JSON.stringify(given));
  return (await run(python, ['-c', CHECK, file])).stdout.trim();
};

test.skipIf(!isInstalled)('holds in Python, for the body that was sent and for no other', async () => {
  const app = await createTestApp();
  const receiver = await createReceiver();
  const { body: hook } = await app.api('POST', '/api/hooks', {
    events: ['User.Created'],
    config: { url: receiver.url },
  });
  await app.modules.deliverer.start();
  await app.api('POST', '/api/users', { username: 'python', name: '名前 “quoted” \\ é' });
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 30_000 });
  await app.modules.deliverer.stop();
  const { text, headers } = receiver.requests[0] ?? { text: '', headers: {} };
  const given = { key: hook.signingKey, body: text, headers };
  expect(await verify(given)).toBe('User.Created');
  await expect(verify({ ...given, body: text.replace('python', 'pyth0n') })).rejects.toThrow('No matching signature');
  await rm(folder, { recursive: true, force: true });
});
