// The signature of a delivery, checked by the Standard Webhooks library of PyPI.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, vi } from 'vitest';
import { pythonWith } from '../../../../e2e/python.ts';
import { createTestApp } from '../harness.ts';
import { createReceiver } from '../receiver.ts';
import { testAgainst } from '../strangers/program.ts';

const run = promisify(execFile);
const python = await pythonWith('standardwebhooks', path.join(import.meta.dirname, 'requirements.txt'));

const CHECK = `
import json, sys
from standardwebhooks import Webhook
given = json.load(open(sys.argv[1]))
print(Webhook(given["key"]).verify(given["body"], given["headers"])["event"])
`;

const verify = async (given: { key: string; body: string; headers: object }): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-python-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'given.json');
  await writeFile(file, JSON.stringify(given));
  return (await run(python ?? '', ['-c', CHECK, file])).stdout.trim();
};

testAgainst(python)('holds in Python, for the body that was sent and for no other', async () => {
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
  await expect(verify({ ...given, key: `whsec_${'A'.repeat(32)}` })).rejects.toThrow('No matching signature');
  const sentAt = new Headers(headers as Record<string, string>).get('webhook-timestamp');
  const late = { ...headers, 'webhook-timestamp': String(Number(sentAt) - 3600) };
  await expect(verify({ ...given, headers: late })).rejects.toThrow('Message timestamp too old');
});
