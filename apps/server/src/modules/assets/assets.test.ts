import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, createTestApp } from '../../../test/harness.ts';
import { createUploader } from '../../../test/uploads.ts';
import { createEgress } from '../../kernel/egress.ts';
import { createBucketStorage } from './storage.ts';

const app = await createTestApp();

const { authorization, upload, image: uploadImage, customUi: uploadUi } = await createUploader(app);
const square = (size: number) => sharp({ create: { width: size, height: size, channels: 3, background: '#4353e0' } });

describe('images', () => {
  test('200 keeps a picture, written anew without what the camera put into it, upright, for anybody to read', async () => {
    const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#fff' } })
      .withExif({ IFD0: { Copyright: 'where-I-live', Orientation: '6' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const answer = await uploadImage(photo);
    expect(answer).toMatchObject({ status: 200, body: { url: expect.stringMatching(/\/uploads\/\w{21}\.jpg$/) } });
    const served = await fetch(answer.body.url);
    expect(served.headers.get('content-type')).toBe('image/jpeg');
    expect(served.headers.get('cache-control')).toContain('immutable');
    const kept = await sharp(Buffer.from(await served.arrayBuffer())).metadata();
    expect(kept).toMatchObject({ width: 20, height: 40 });
    expect(kept.exif).toBeUndefined();
  });

  test.each([
    ['png', () => square(8).png().toBuffer(), 'png'],
    ['gif', () => square(8).gif().toBuffer(), 'gif'],
    ['webp', () => square(8).webp().toBuffer(), 'webp'],
    ['tiff', () => square(8).tiff().toBuffer(), 'png'],
    [
      'svg',
      async () => strToU8('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>'),
      'svg',
    ],
    [
      'svg as drawing programs write it',
      async () =>
        strToU8(
          '\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<!-- Generator: A program -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<svg version="1.1" xmlns="http://www.w3.org/2000/svg" x="0px" y="0px"\n\t viewBox="0 0 24.5 24" xml:space="preserve"><path d="M0 0h8v8z"/></svg>',
        ),
      'svg',
    ],
  ])('200 for %s, whatever it was called', async (_format, make, extension) => {
    const answer = await uploadImage(await make());
    expect(answer.body.url).toMatch(new RegExp(`\\.${extension}$`));
    expect((await fetch(answer.body.url)).status).toBe(200);
  });

  test('400 for what is no picture, a broken one, and one of a kind that is not taken', async () => {
    const png = await square(64).png().toBuffer();
    const page = strToU8('<!doctype html><script>alert(1)</script>');
    for (const bytes of [page, png.subarray(0, 60), strToU8('%PDF-1.7'), new Uint8Array()]) {
      expect(await uploadImage(bytes)).toMatchObject({ status: 400, body: { code: 'guard.mime_type_not_allowed' } });
    }
  });

  test('400 for another field and another kind of body', async () => {
    const png = await square(8).png().toBuffer();
    expect((await upload('/api/user-assets', png, 'picture')).status).toBe(400);
    expect((await app.api('POST', '/api/user-assets', { file: 'x' })).body.code).toBe('guard.invalid_input');
  });

  test('400 above 20 MB', async () => {
    const answer = await uploadImage(new Uint8Array(20 * 1_048_576 + 1));
    expect(answer).toMatchObject({ status: 400, body: { code: 'guard.file_size_exceeded' } });
  });

  test('401 without a token', async () => {
    const response = await fetch(`${app.origin}/api/user-assets`, { method: 'POST', body: new FormData() });
    expect(response.status).toBe(401);
  });

  test('404 for names that nothing was kept under, and for another tenant’s', async () => {
    const { url } = (await uploadImage(await square(8).png().toBuffer())).body;
    const name = url.split('/').at(-1);
    await app.modules.tenants.create({ id: 'neighbour', name: 'The neighbour' });
    for (const path of [
      `/t/neighbour/uploads/${name}`,
      `/uploads/${'a'.repeat(21)}.png`,
      '/uploads/..%2F..%2Fsecret.key',
      `/uploads/${name.replace('.png', '.html')}`,
    ]) {
      expect([path, (await fetch(app.origin + path)).status]).toEqual([path, 404]);
    }
  });
});

const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const site = { 'index.html': '<h1>Our own page</h1>', 'app/main.js': 'start()', 'logo.svg': '<svg/>' };

describe('sign-in pages of one’s own', () => {
  test('200 takes them, and they are shown in place of the built-in ones once the settings say so', async () => {
    const { customUiAssetId: id } = (await uploadUi(zip(site))).body;
    expect(await (await fetch(`${app.origin}/unknown-session`)).text()).not.toBe(site['index.html']);
    const settings = {
      customUiAssets: { id, createdAt: Date.now() },
      customUiCsp: { scriptSrc: ['https://cdn.example.com'], connectSrc: ['wss://live.example.com'] },
    };
    expect((await app.api('PATCH', '/api/sign-in-exp', settings)).status).toBe(200);

    const page = await fetch(`${app.origin}/sign-in?app_id=x`);
    expect(await page.text()).toBe(site['index.html']);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self' https://cdn.example.com;");
    expect(policy).toContain("connect-src 'self' wss://live.example.com;");
    expect(policy).toContain("object-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-cache');

    const script = await fetch(`${app.origin}/app/main.js`);
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect(await script.text()).toBe(site['app/main.js']);
    expect(await (await fetch(`${app.origin}/any/route/of/the/page`)).text()).toBe(site['index.html']);
    expect((await fetch(`${app.origin}/app/missing.js`)).status).toBe(404);
  });

  test('what is the server’s own stays so', async () => {
    for (const path of ['/health', '/oidc/jwks', '/api/status', '/api/.well-known/sign-in-exp', '/console']) {
      const response = await fetch(app.origin + path);
      expect([path, await response.text()]).not.toEqual([path, site['index.html']]);
    }
  });

  test('the built-in pages come back with null', async () => {
    await app.api('PATCH', '/api/sign-in-exp', { customUiAssets: null });
    expect(await (await fetch(`${app.origin}/sign-in`)).text()).not.toBe(site['index.html']);
  });

  test('a build folder that was packed as a whole, and what an operating system adds, make no difference', async () => {
    const packed = Object.fromEntries(Object.entries(site).map(([name, text]) => [`dist/${name}`, text]));
    expect((await uploadUi(zip({ ...packed, '__MACOSX/dist/._index.html': 'x' }))).status).toBe(200);
  });

  test('422 for an id that nothing was uploaded under', async () => {
    const answer = await app.api('PATCH', '/api/sign-in-exp', { customUiAssets: { id: 'nothing', createdAt: 1 } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'request.invalid_input' } });
  });

  test.each(["'unsafe-inline'", 'https://a.example; object-src *', 'https://a.example https://b.example', ''])(
    '400 for the source %j',
    async (source) => {
      const answer = await app.api('PATCH', '/api/sign-in-exp', { customUiCsp: { scriptSrc: [source] } });
      expect(answer.status).toBe(400);
    },
  );
});

// Threat: uploads that leave their directory.
describe('422 for an archive', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['without index.html', { 'main.js': 'x' }, /index\.html/],
    ['that climbs out of its directory', { ...site, '../../evil.js': 'x' }, /not a name/],
    ['with an absolute name', { ...site, '/etc/evil.js': 'x' }, /not a name/],
    ['with a name of another system', { ...site, 'C:\\evil.js': 'x' }, /not a name/],
    ['with a program', { ...site, 'run.sh': 'x' }, /not served/],
    [
      'with more than 1,000 files',
      { ...site, ...Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`${n}.js`, ''])) },
      /1000 files/,
    ],
  ])('%s', async (_title, files, details) => {
    expect(await uploadUi(zip(files))).toMatchObject({
      status: 422,
      body: { code: 'storage.invalid_archive', details: expect.stringMatching(details) },
    });
  });

  test('that is none', async () => {
    expect((await uploadUi(strToU8('not a zip'))).body.code).toBe('storage.invalid_archive');
  });
});

describe('a bucket', () => {
  const objects = new Map<string, Buffer>();
  const asked: { method: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ method: request.method, authorization: request.headers.authorization });
    const key = request.url ?? '';
    if (request.method === 'PUT') {
      objects.set(key, await buffer(request));
      return response.end();
    }
    const found = objects.get(key);
    return found ? response.end(found) : response.writeHead(key.includes('forbidden') ? 403 : 404).end();
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => server.close());
  const storage = () =>
    createBucketStorage(
      {
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        bucket: 'latchkey',
        region: 'eu-central-1',
        accessKeyId: 'AKIA',
        secretAccessKey: 'secret-access-key',
      },
      createEgress({ allowed: [], allowLoopback: true }),
    );

  test('keeps objects under their keys, each request signed for S3 in its region, without the secret', async () => {
    await storage().put('default/images/a.png', Buffer.from('bytes'));
    expect(objects.get('/latchkey/default/images/a.png')?.toString()).toBe('bytes');
    expect((await storage().get('default/images/a.png'))?.toString()).toBe('bytes');
    expect(await storage().get('default/images/b.png')).toBeUndefined();
    expect(asked[0]?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIA\/\d{8}\/eu-central-1\/s3\/aws4_request, SignedHeaders=.+, Signature=[0-9a-f]{64}$/,
    );
  });

  test('a refusal is an error', async () => {
    await expect(storage().get('forbidden')).rejects.toThrow('status 403');
  });
});

test('200 says what may be uploaded', async () => {
  const answer = await call(`${app.origin}/api/user-assets/service-status`, 'GET', undefined, { authorization });
  expect(answer).toMatchObject({ status: 200, body: { status: 'ready', maxUploadFileSize: 20_971_520 } });
});
