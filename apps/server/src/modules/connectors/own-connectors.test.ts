import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { ConfigError, loadConfig } from '../../config.ts';
import { createLog } from '../../kernel/log.ts';
import { loadOwnConnectors } from './own-connectors.ts';

const page = readFileSync(new URL('../../../../../docs/connectors.md', import.meta.url), 'utf8');
const example = /```js\n([\s\S]+?)```/.exec(page)?.[1] ?? '';
const folder = mkdtempSync(path.join(tmpdir(), 'connectors-'));
const put = (name: string, source: string) => writeFileSync(path.join(folder, name), source);
put('short-courier.mjs', example);
put('broken-syntax.mjs', 'export default (');
put('no-function.mjs', 'export default 1;');
put('no-name.mjs', example.replace(/ {6}name: .*\n/, ''));
put('taken-id.mjs', example.replace("'short-courier-sms'", "'http-sms'"));
put('notes.txt', 'not a module');

let answer = { status: 202, body: { id: 'sc-1' } as object };
const asked: { authorization: string | undefined; body: unknown }[] = [];
const provider = createServer(async (request, response) => {
  asked.push({ authorization: request.headers.authorization, body: JSON.parse(await text(request)) });
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
});
await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  provider.close();
  rmSync(folder, { recursive: true });
});

const { api } = await createTestApp({ CONNECTORS_DIR: folder });
const config = { endpoint: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/send`, apiKey: 'very-secret' };
const testSend = () => api('POST', '/api/connectors/short-courier-sms/test', { phone: '819012345678', config });

describe('the example of the documentation', () => {
  test('stands beside the built-in connectors, with its form', async () => {
    const { status, body } = await api('GET', '/api/connector-factories/short-courier-sms');
    expect(status).toBe(200);
    expect(body).toMatchObject({ type: 'Sms', name: { en: 'Short Courier' } });
    expect(body.formItems.map(({ key }: { key: string }) => key)).toEqual(['endpoint', 'apiKey']);
    const { body: all } = await api('GET', '/api/connector-factories');
    expect(all.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['http-sms', 'short-courier-sms']));
  });

  test('200 when it is configured, 400 when its own schema refuses', async () => {
    expect((await api('POST', '/api/connectors', { connectorId: 'short-courier-sms', config })).status).toBe(200);
    const wrong = { connectorId: 'short-courier-sms', config: { ...config, endpoint: 'http://example.com/' } };
    expect(await api('POST', '/api/connectors', wrong)).toMatchObject({
      status: 400,
      body: { code: 'connector.invalid_config' },
    });
  });

  test('sends a message as its provider wants it', async () => {
    expect((await testSend()).status).toBe(204);
    expect(asked.at(-1)).toEqual({
      authorization: 'Bearer very-secret',
      body: { to: '+819012345678', text: expect.stringContaining('000000') },
    });
  });

  test('a refusal says what the provider said, without the key', async () => {
    answer = { status: 400, body: { code: 'out_of_credit', reason: 'Top up, very-secret' } };
    expect(await testSend()).toMatchObject({
      status: 429,
      body: {
        code: 'connector.usage_limit_exceeded',
        data: { dialogue: 'HTTP 400\nout_of_credit: Top up, ******' },
      },
    });
  });
});

describe('a broken file', () => {
  test('is left out with one line that names it and the reason; the others are loaded', async () => {
    const lines: string[] = [];
    const log = Object.assign(createLog('silent'), { error: (line: string) => lines.push(line) });
    const loaded = await loadOwnConnectors(folder, log);
    expect(loaded.map(({ metadata }) => metadata.id)).toEqual(['short-courier-sms']);
    expect(lines).toEqual([
      expect.stringMatching(/^CONNECTORS_DIR: broken-syntax\.mjs is left out: \S/),
      'CONNECTORS_DIR: no-function.mjs is left out: its default export is not a function',
      expect.stringMatching(/^CONNECTORS_DIR: no-name\.mjs is left out: metadata\.name: \S/),
      'CONNECTORS_DIR: taken-id.mjs is left out: there is already a connector "http-sms"',
    ]);
    expect(lines.join('')).not.toContain('\n');
  });

  test('a folder that does not exist stops the start', () => {
    expect(() => loadConfig({ CONNECTORS_DIR: path.join(folder, 'nowhere') })).toThrow(ConfigError);
  });
});
