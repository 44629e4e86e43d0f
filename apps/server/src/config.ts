import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { signalNames } from './kernel/places.ts';

/** Everything the operator decides by environment variables. */
export interface Config {
  port: number;
  /** Public URL without a trailing slash; its first host label may be `*`. */
  endpoint: string;
  /** Public URL of the admin tenant and the Console, when they have an origin of their own. */
  adminEndpoint: string | undefined;
  /** Absolute path of the data directory. */
  home: string;
  /** An external PostgreSQL; without it the embedded one is started in `home`. */
  databaseUrl: string | undefined;
  databasePoolSize: number;
  trustProxyHeader: boolean;
  /** The master key given by the environment; without it the key file in `home` is used (see `master-key.ts`). */
  secretKey: Buffer | undefined;
  /** A GeoIP database in MaxMind's format; without it no place is known but by a proxy's headers. */
  geoipDatabase: string | undefined;
  /** Headers of the proxy that say where a request comes from, where they are not the usual ones. */
  signalHeaders: Readonly<Record<string, string>>;
  /** Earlier master keys, which only open what they sealed. */
  previousSecretKeys: readonly Buffer[];
  /** Hosts, `host:port`s or CIDR blocks that outbound calls may reach although they are private. */
  egressAllowedHosts: readonly string[];
  /** Whether messages without a connector go to the development inbox; unsaid, they do while only this machine is served. */
  developmentInbox: boolean | undefined;
  /** The bucket that uploads are kept in; without one they lie in `home`. */
  bucket: BucketSettings | undefined;
  /** Absolute path of a folder of connectors of the operator's own. */
  connectorsDir: string | undefined;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Lines for the operator about what is probably not meant. */
  warnings: readonly string[];
}

/** A bucket that speaks S3's protocol. */
export interface BucketSettings {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** The configuration cannot be used; the message has one line for each wrong variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** The embedded PostgreSQL accepts 60 connections; the rest is for its own upkeep, LISTEN and the command line. */
const EMBEDDED_POOL_LIMIT = 50;
const POOL_LIMIT = 500;
const KEY_BYTES = 32;

/** A variable as text: an empty value means unset, as in a compose file that passes everything through. */
const text = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined);

/** A variable that `parse` understands, or answers `undefined` for when it is wrong. */
function variable<T>(expected: string, parse: (value: string) => T | undefined) {
  return text.transform((value, context): T | undefined => {
    if (value === undefined) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) context.addIssue({ code: 'custom', message: expected });
    return parsed;
  });
}

function wholeNumber(minimum: number, maximum: number) {
  return variable(`a whole number from ${minimum} to ${maximum}`, (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    return number >= minimum && number <= maximum ? number : undefined;
  });
}

function parsePublicUrl(value: string, wildcard: boolean): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  // A bare `?` or `#` leaves nothing in `search` and `hash`.
  if (url.username || url.password || /[?#]/.test(value)) return undefined;
  const host = wildcard ? url.hostname.replace(/^\*\./, '') : url.hostname;
  if (host.includes('*')) return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function parseDatabaseUrl(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  return ['postgres:', 'postgresql:'].includes(new URL(value).protocol) ? value : undefined;
}

function parseBoolean(value: string): boolean | undefined {
  if (/^(1|true|yes|on)$/i.test(value)) return true;
  return /^(0|false|no|off)$/i.test(value) ? false : undefined;
}

/** A 32-byte key from base64 or base64url text. */
export function parseKey(value: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return undefined;
  const key = Buffer.from(value, 'base64');
  return key.length === KEY_BYTES ? key : undefined;
}

/** Splits at commas; `undefined` as soon as one entry is wrong. */
function listOf<T>(value: string, parse: (entry: string) => T | undefined): T[] | undefined {
  const entries = value.split(',').map((entry) => entry.trim());
  const parsed = entries.filter(Boolean).map(parse);
  return parsed.every((entry) => entry !== undefined) ? parsed : undefined;
}

function parseAllowedHost(entry: string): string | undefined {
  if (entry.includes('/')) return ipaddr.isValidCIDR(entry) ? entry : undefined;
  if (ipaddr.isValid(entry)) return entry.toLowerCase();
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?$/i.exec(entry);
  return match && Number(match[2] ?? 1) <= 65_535 ? entry.toLowerCase() : undefined;
}

const headerMapping = z.partialRecord(
  z.enum(signalNames),
  z
    .string()
    .regex(/^[\w-]+$/)
    .toLowerCase(),
);

function parseHeaderMapping(value: string): Record<string, string> | undefined {
  try {
    return headerMapping.parse(JSON.parse(value));
  } catch {
    return undefined;
  }
}

const URL_RULE = 'an http or https URL without user, query or fragment';

const schema = z.object({
  PORT: wholeNumber(1, 65_535),
  ENDPOINT: variable(`${URL_RULE} (https://*.auth.example.com gives each tenant a host)`, (value) =>
    parsePublicUrl(value, true),
  ),
  ADMIN_ENDPOINT: variable(`${URL_RULE}, without a wildcard`, (value) => parsePublicUrl(value, false)),
  LATCHKEY_HOME: text,
  DATABASE_URL: variable('a URL like postgresql://user:password@host:5432/database', parseDatabaseUrl),
  DATABASE_POOL_SIZE: wholeNumber(2, POOL_LIMIT),
  TRUST_PROXY_HEADER: variable('true or false', parseBoolean),
  SECRET_KEY: variable(`${KEY_BYTES} bytes in base64 (openssl rand -base64 ${KEY_BYTES})`, parseKey),
  SECRET_KEY_PREVIOUS: variable(`keys of ${KEY_BYTES} bytes in base64, with commas between them`, (value) =>
    listOf(value, parseKey),
  ),
  EGRESS_ALLOWED_HOSTS: variable('hosts, host:port pairs or CIDR blocks, with commas between them', (value) =>
    listOf(value, parseAllowedHost),
  ),
  DEVELOPMENT_INBOX: variable('true or false', parseBoolean),
  GEOIP_DATABASE: variable('the path of a readable .mmdb file', (value) => (existsSync(value) ? value : undefined)),
  INJECTED_HEADER_MAPPING_JSON: variable(
    `JSON like {"country":"cf-ipcountry"}, with names of ${signalNames.join(', ')}`,
    parseHeaderMapping,
  ),
  CONNECTORS_DIR: variable('the path of a folder', (value) =>
    statSync(value, { throwIfNoEntry: false })?.isDirectory() ? path.resolve(value) : undefined,
  ),
  S3_ENDPOINT: variable(URL_RULE, (value) => parsePublicUrl(value, false)),
  S3_BUCKET: variable('the name of a bucket', (value) =>
    /^[a-z0-9][a-z0-9.-]{1,62}$/.test(value) ? value : undefined,
  ),
  S3_REGION: text,
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: text,
  LOG_LEVEL: variable(`one of ${LOG_LEVELS.join(', ')}`, (value) => LOG_LEVELS.find((level) => level === value)),
});

/** Their values never appear in a message. */
const SECRET_VARIABLES = new Set(['SECRET_KEY', 'SECRET_KEY_PREVIOUS', 'DATABASE_URL', 'S3_SECRET_ACCESS_KEY']);

function describeProblem(name: string, value: string, expected: string): string {
  const arrived = SECRET_VARIABLES.has(name) ? `has ${value.length} characters (not shown)` : `is "${value}"`;
  return `${name} ${arrived}: expected ${expected}`;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Variables that look like ours and are not: a misspelt setting must not be silent. */
function misspellings(env: Environment): string[] {
  const known = Object.keys(schema.shape);
  return Object.keys(env).flatMap((name) => {
    if (known.includes(name)) return [];
    // A short name is near too many others: HOST is two letters from PORT.
    const near = known.find((candidate) => editDistance(name, candidate) <= (candidate.length < 8 ? 1 : 2));
    if (near) return [`${name} is not a setting and has no effect: did you mean ${near}?`];
    return name.startsWith('LATCHKEY_') ? [`${name} is not a setting and has no effect`] : [];
  });
}

/** `host:port`, as the egress rules name it. */
function hostOf(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  return `${hostname.replace(/^\[|\]$/g, '')}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/** The bucket, when one is named; half of its settings are as good as none, and that is said. */
function bucketOf(given: z.output<typeof schema>): BucketSettings | undefined {
  const { S3_BUCKET: bucket, S3_REGION: region = 'us-east-1' } = given;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = given;
  if (!bucket && !given.S3_ENDPOINT && !accessKeyId && !secretAccessKey) return undefined;
  const missing = Object.entries({
    S3_BUCKET: bucket,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  });
  const names = missing.filter(([, value]) => !value).map(([name]) => name);
  if (!bucket || !accessKeyId || !secretAccessKey) {
    throw new ConfigError(names.map((name) => `${name} is not set: a bucket needs it`).join('\n'));
  }
  const endpoint = given.S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`;
  return { endpoint, bucket, region, accessKeyId, secretAccessKey };
}

/** Reads the environment; throws a `ConfigError` with a line for each wrong variable. */
export function loadConfig(env: Environment): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return describeProblem(name, env[name] ?? '', issue.message);
    });
    throw new ConfigError(lines.join('\n'));
  }
  const given = parsed.data;
  const databasePoolSize = given.DATABASE_POOL_SIZE ?? 20;
  if (!given.DATABASE_URL && databasePoolSize > EMBEDDED_POOL_LIMIT) {
    const expected = `at most ${EMBEDDED_POOL_LIMIT} with the embedded PostgreSQL`;
    throw new ConfigError(describeProblem('DATABASE_POOL_SIZE', String(databasePoolSize), expected));
  }
  const port = given.PORT ?? 3001;
  const endpoint = given.ENDPOINT ?? `http://localhost:${port}`;
  if (given.ADMIN_ENDPOINT === endpoint) {
    const expected = 'another origin than ENDPOINT, or nothing at all';
    throw new ConfigError(describeProblem('ADMIN_ENDPOINT', endpoint, expected));
  }

  const warnings = misspellings(env);
  if (given.DATABASE_URL && !given.SECRET_KEY) {
    warnings.push(
      'SECRET_KEY is not set: every process that shares DATABASE_URL needs a copy of the key file in LATCHKEY_HOME',
    );
  }
  return {
    port,
    endpoint,
    adminEndpoint: given.ADMIN_ENDPOINT,
    home: path.resolve(given.LATCHKEY_HOME ?? './data'),
    databaseUrl: given.DATABASE_URL,
    databasePoolSize,
    trustProxyHeader: given.TRUST_PROXY_HEADER ?? false,
    geoipDatabase: given.GEOIP_DATABASE,
    signalHeaders: given.INJECTED_HEADER_MAPPING_JSON ?? {},
    secretKey: given.SECRET_KEY,
    previousSecretKeys: given.SECRET_KEY_PREVIOUS ?? [],
    developmentInbox: given.DEVELOPMENT_INBOX,
    egressAllowedHosts: [
      ...(given.EGRESS_ALLOWED_HOSTS ?? []),
      // Named by the operator, so it may be reached wherever it stands.
      ...(given.S3_ENDPOINT ? [hostOf(given.S3_ENDPOINT)] : []),
    ],
    bucket: bucketOf(given),
    connectorsDir: given.CONNECTORS_DIR,
    logLevel: given.LOG_LEVEL ?? 'info',
    warnings,
  };
}
