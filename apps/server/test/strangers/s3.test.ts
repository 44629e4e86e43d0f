// Uploads in a bucket of a server of another making: the Versity S3 Gateway, of the Go modules.
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, expect } from 'vitest';
import { createTestApp, freePort } from '../harness.ts';
import { createLogSink } from '../log-sink.ts';
import { createUploader } from '../uploads.ts';
import { goProgram } from './go.ts';
import { startProgram, testAgainst } from './program.ts';

const REGION = 'eu-central-1';
const KEYS = { S3_ACCESS_KEY_ID: 'latchkey-uploads', S3_SECRET_ACCESS_KEY: 'Brass-latch-9-door' };
const BUCKET = 'tenant-uploads';

const folder = path.join(import.meta.dirname, 'versitygw');
const gateway = await goProgram(folder, 'github.com/versity/versitygw/cmd/versitygw');
const port = await freePort();
const home = await mkdtemp(path.join(tmpdir(), 'latchkey-s3-'));
afterAll(() => rm(home, { recursive: true, force: true }));
const [buckets, metadata] = [path.join(home, 'buckets'), path.join(home, 'metadata')];
await Promise.all([mkdir(buckets), mkdir(metadata)]);
if (gateway) {
  const credentials = ['--access', KEYS.S3_ACCESS_KEY_ID, '--secret', KEYS.S3_SECRET_ACCESS_KEY, '--region', REGION];
  const listen = ['--port', `127.0.0.1:${port}`];
  await startProgram(gateway, [...listen, ...credentials, '--quiet', 'posix', '--sidecar', metadata, buckets], {
    port,
  });
}

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: '#4353e0' } })
    .png()
    .toBuffer();

/** The app with a bucket as an operator would set it up, and what its log says. */
async function startApp(settings: Record<string, string> = {}) {
  const sink = createLogSink();
  const bucket = { S3_ENDPOINT: `http://127.0.0.1:${port}`, S3_BUCKET: BUCKET, S3_REGION: REGION, ...KEYS };
  const app = await createTestApp({ ...bucket, ...settings }, { log: sink.log });
  const { image } = await createUploader(app);
  return { origin: app.origin, upload: async () => image(await picture()), log: () => sink.text() };
}
const app = await startApp();

testAgainst(gateway)('500 without the bucket, and the log says that it is missing; the same when serving', async () => {
  const refused = await app.upload();
  expect(refused).toMatchObject({ status: 500, body: { code: 'storage.upload_error' } });
  expect(app.log()).toMatch(/the bucket refused an upload with status 404 \(NoSuchBucket: [^)]+\)/);
  const served = await fetch(`${app.origin}/uploads/${'0'.repeat(21)}.png`);
  expect(served.status).toBe(500);
  expect(app.log()).toMatch(/the bucket refused a download with status 404 \(NoSuchBucket: /);
});

testAgainst(gateway)(
  '200 keeps an image in the bucket and serves it from there; 404 for one that is not there',
  async () => {
    await mkdir(path.join(buckets, BUCKET));
    const kept = await app.upload();
    expect(kept.status, JSON.stringify(kept.body)).toBe(200);
    const name = path.basename(kept.body.url);
    expect(await readdir(path.join(buckets, BUCKET, 'default/images'))).toEqual([name]);
    const served = await fetch(kept.body.url);
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(await sharp(await served.arrayBuffer()).metadata()).toMatchObject({ format: 'png', width: 8, height: 8 });
    expect((await fetch(`${app.origin}/uploads/${'0'.repeat(21)}.png`)).status).toBe(404);
  },
);

testAgainst(gateway)('500 for a wrong secret, a wrong key and a wrong region, and the log says which', async () => {
  const said = async (settings: Record<string, string>) => {
    const { origin, upload, log } = await startApp(settings);
    expect((await fetch(`${origin}/uploads/${'0'.repeat(21)}.png`)).status).toBe(500);
    expect(await upload()).toMatchObject({ status: 500, body: { code: 'storage.upload_error' } });
    expect(log()).not.toContain(settings.S3_SECRET_ACCESS_KEY ?? KEYS.S3_SECRET_ACCESS_KEY);
    return /the bucket refused an upload with (status \d+ \(\w+)/.exec(log())?.[1];
  };
  expect(await said({ S3_SECRET_ACCESS_KEY: 'Wrong-latch-1-door' })).toBe('status 403 (SignatureDoesNotMatch');
  expect(await said({ S3_ACCESS_KEY_ID: 'somebody-else' })).toMatch(/^status 40[34] \(\w+/);
  expect(await said({ S3_REGION: 'us-west-1' })).toMatch(/^status 400 \(\w+/);
});
