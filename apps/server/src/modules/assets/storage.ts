import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AwsClient } from 'aws4fetch';
import type { Egress } from '../../kernel/egress.ts';

/** Where the bytes of uploads lie. Keys are paths of letters, digits, `.`, `_`, `-` and `/` that the module makes itself. */
export interface AssetStorage {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is nothing under the key. */
  get(key: string): Promise<Buffer | undefined>;
}

/** A bucket that speaks S3's protocol: Amazon's, MinIO's, Ceph's, R2's. */
export interface BucketConfig {
  /** Without a slash at the end: `https://s3.eu-central-1.amazonaws.com`. The bucket follows as a path. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const MAX_OBJECT_BYTES = 101 * 1_048_576;
const TIMEOUT_MS = 30_000;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Files below a directory. A file appears whole or not at all, also when the process is killed on the way. */
export function createDirectoryStorage(directory: string): AssetStorage {
  const fileOf = (key: string): string => {
    const file = path.resolve(directory, key);
    if (!file.startsWith(`${path.resolve(directory)}${path.sep}`)) throw new Error('the key leaves the directory');
    return file;
  };
  return {
    async put(key, bytes) {
      const file = fileOf(key);
      const unfinished = `${file}.${randomUUID()}`;
      await mkdir(path.dirname(file), { recursive: true });
      try {
        await writeFile(unfinished, bytes, { flush: true });
        await rename(unfinished, file);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    async get(key) {
      try {
        return await readFile(fileOf(key));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
  };
}

/** What a bucket said when it refused: S3's own code and sentence, for the operator's log. */
async function refusalOf(answer: Response): Promise<{ code: string | undefined; words: string }> {
  const text = await answer.text();
  const read = (name: string) => new RegExp(`<${name}>([^<]{1,300})</${name}>`).exec(text)?.[1];
  const code = read('Code');
  const said = [code, read('Message')].filter((part) => part !== undefined).join(': ');
  return { code, words: `status ${answer.status}${said && ` (${said})`}` };
}

/** Objects of a bucket, which all processes of an install share. */
export function createBucketStorage(config: BucketConfig, egress: Egress): AssetStorage {
  const { accessKeyId, secretAccessKey, region } = config;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  const request = async (method: string, key: string, body?: Uint8Array): Promise<Response> => {
    const url = `${config.endpoint}/${config.bucket}/${key}`;
    const signed = await client.sign(url, { method, ...(body && { body: new Uint8Array(body) }) });
    return egress(signed.url, {
      method,
      headers: Object.fromEntries(signed.headers),
      ...(body && { body }),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_OBJECT_BYTES,
    });
  };
  return {
    async put(key, bytes) {
      const answer = await request('PUT', key, bytes);
      if (!answer.ok) throw new Error(`the bucket refused an upload with ${(await refusalOf(answer)).words}`);
    },
    async get(key) {
      const answer = await request('GET', key);
      if (answer.ok) return Buffer.from(await answer.arrayBuffer());
      const { code, words } = await refusalOf(answer);
      // Where the bucket or the key's owner is not found, no object is either; but that is for the operator to know.
      if (answer.status === 404 && (code === undefined || code === 'NoSuchKey')) return undefined;
      throw new Error(`the bucket refused a download with ${words}`);
    },
  };
}
