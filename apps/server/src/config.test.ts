import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';
import { keyFileOf, loadMasterKeys } from './master-key.ts';

const key = Buffer.alloc(32, 7);

describe('loadConfig', () => {
  test('gives the defaults for an empty environment', () => {
    expect(loadConfig({})).toEqual({
      port: 3001,
      endpoint: 'http://localhost:3001',
      adminEndpoint: undefined,
      home: path.resolve('data'),
      databaseUrl: undefined,
      databasePoolSize: 20,
      trustProxyHeader: false,
      geoipDatabase: undefined,
      signalHeaders: {},
      secretKey: undefined,
      previousSecretKeys: [],
      egressAllowedHosts: [],
      logLevel: 'info',
      warnings: [],
    });
  });

  test('reads every variable', () => {
    const config = loadConfig({
      PORT: '8080',
      ENDPOINT: 'https://*.auth.example.com/',
      ADMIN_ENDPOINT: 'https://console.example.com',
      LATCHKEY_HOME: '/srv/latchkey',
      DATABASE_URL: 'postgresql://app:pw@db/latchkey',
      DATABASE_POOL_SIZE: '80',
      TRUST_PROXY_HEADER: '1',
      SECRET_KEY: key.toString('base64'),
      SECRET_KEY_PREVIOUS: `${key.toString('base64url')}, ${key.toString('base64')}`,
      EGRESS_ALLOWED_HOSTS: 'gitlab.lan, Mail.lan:2525, 10.0.0.0/8, fd00::/8, [::1]:8443',
      GEOIP_DATABASE: import.meta.filename,
      INJECTED_HEADER_MAPPING_JSON: '{"country":"CF-IPCountry"}',
      LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      port: 8080,
      endpoint: 'https://*.auth.example.com',
      adminEndpoint: 'https://console.example.com',
      home: '/srv/latchkey',
      databasePoolSize: 80,
      trustProxyHeader: true,
      secretKey: key,
      previousSecretKeys: [key, key],
      egressAllowedHosts: ['gitlab.lan', 'mail.lan:2525', '10.0.0.0/8', 'fd00::/8', '[::1]:8443'],
      geoipDatabase: import.meta.filename,
      signalHeaders: { country: 'cf-ipcountry' },
      logLevel: 'debug',
      warnings: [],
    });
  });

  test('the default endpoint follows PORT, and an empty variable is unset', () => {
    expect(loadConfig({ PORT: '4000', ENDPOINT: '', LOG_LEVEL: ' ' })).toMatchObject({
      endpoint: 'http://localhost:4000',
      logLevel: 'info',
    });
  });

  test.each([
    ['GEOIP_DATABASE', '/nowhere/city.mmdb'],
    ['INJECTED_HEADER_MAPPING_JSON', '{"planet":"x-planet"}'],
    ['PORT', '0'],
    ['PORT', '3001x'],
    ['PORT', '70000'],
    ['ENDPOINT', 'auth.example.com'],
    ['ENDPOINT', 'ftp://auth.example.com'],
    ['ENDPOINT', 'https://auth.example.com/?a=b'],
    ['ENDPOINT', 'https://auth.example.com/#'],
    ['ENDPOINT', 'https://me@auth.example.com'],
    ['ENDPOINT', 'https://a.*.example.com'],
    ['ADMIN_ENDPOINT', 'https://*.example.com'],
    ['DATABASE_POOL_SIZE', '51'],
    ['TRUST_PROXY_HEADER', 'maybe'],
    ['EGRESS_ALLOWED_HOSTS', 'gitlab.lan, 10.0.0.0/99'],
    ['EGRESS_ALLOWED_HOSTS', 'https://gitlab.lan'],
    ['LOG_LEVEL', 'loud'],
  ])('names %s when it is "%s"', (name, value) => {
    expect(() => loadConfig({ [name]: value })).toThrow(new RegExp(`^${name} is ".*": expected .+$`));
  });

  test('gives one line for each wrong variable', () => {
    expect(() => loadConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/^PORT .+\nLOG_LEVEL .+$/);
  });

  test.each([
    ['DATABASE_URL', 'mysql://app:hunter2@db/latchkey'],
    ['SECRET_KEY', 'hunter2'],
    ['SECRET_KEY_PREVIOUS', `${key.toString('base64')},hunter2`],
  ])('does not show the value of %s', (name, value) => {
    const load = () => loadConfig({ [name]: value });
    expect(load).toThrow(`${name} has ${value.length} characters (not shown): expected`);
    expect(load).not.toThrow('hunter2');
  });

  test('warns about what looks like a setting and is none', () => {
    const { warnings } = loadConfig({ ENDPIONT: 'x', LATCHKEY_HOMES: 'x', LATCHKEY_COLOUR: 'x', HOST: 'x', PATH: 'x' });
    expect(warnings).toEqual([
      'ENDPIONT is not a setting and has no effect: did you mean ENDPOINT?',
      'LATCHKEY_HOMES is not a setting and has no effect: did you mean LATCHKEY_HOME?',
      'LATCHKEY_COLOUR is not a setting and has no effect',
    ]);
  });
});

describe('loadMasterKeys', () => {
  let parent: string;
  let home: string;
  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'latchkey-key-'));
    home = path.join(parent, 'data');
  });
  afterEach(() => rm(parent, { recursive: true }));

  const load = (given: { secretKey?: Buffer; previousSecretKeys?: Buffer[] } = {}) =>
    loadMasterKeys({ home, secretKey: given.secretKey, previousSecretKeys: given.previousSecretKeys ?? [] });

  test('makes one key file for all first starts, readable by its owner only', async () => {
    const [first, second] = await Promise.all([load(), load()]);
    expect(first).toEqual(second);
    expect(await load()).toEqual(first);
    expect((await stat(keyFileOf(home))).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await readFile(keyFileOf(home), 'utf8'), 'base64')).toHaveLength(32);
  });

  test('SECRET_KEY comes first and the key file still opens', async () => {
    const [kept] = await load();
    const earlier = Buffer.alloc(32, 1);
    expect(await load({ secretKey: key, previousSecretKeys: [earlier] })).toEqual([key, kept, earlier]);
  });

  test('SECRET_KEY makes no key file', async () => {
    expect(await load({ secretKey: key })).toEqual([key]);
    await expect(stat(keyFileOf(home))).rejects.toThrow('ENOENT');
  });

  test('refuses a key file that others can read, and a damaged one', async () => {
    await load();
    await writeFile(keyFileOf(home), `${key.toString('base64')}\n`);
    await chmod(keyFileOf(home), 0o644);
    await expect(load()).rejects.toThrow(ConfigError);
    await chmod(keyFileOf(home), 0o600);
    expect(await load()).toEqual([key]);
    await writeFile(keyFileOf(home), 'short\n');
    await expect(load()).rejects.toThrow(/is damaged/);
  });
});
