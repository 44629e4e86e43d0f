// Threat: uploads that are small outside and huge inside, or that run where they are shown.
import { deflateRawSync, gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createTestApp } from '../harness.ts';
import { createUploader } from '../uploads.ts';

const app = await createTestApp();
const MB = 1_048_576;

const { image: uploadImage, customUi: uploadUi } = await createUploader(app);

const svg = (attributes: string, content: string, head = '') =>
  strToU8(`${head}<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`);

/** A GIF whose frames are one dot each, on a screen of a million. */
function sparseGif(frames: number): Buffer {
  const word = (value: number) => [value & 255, value >> 8];
  const screen = [...Buffer.from('GIF89a'), ...word(1000), ...word(1000), 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  const frame = [0x21, 0xf9, 4, 4, 1, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  return Buffer.from([...screen, ...Array.from({ length: frames }, () => frame).flat(), 0x3b]);
}

const entities = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('');
const uses = (n: number) => `<g id="g${n + 1}">${`<use href="#g${n}"/>`.repeat(10)}</g>`;
const repeated = `<g id="g0"><path d="M0 0h1v1z"/></g>${Array.from({ length: 14 }, (_, n) => uses(n)).join('')}`;
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('400, and quickly, for a picture', () => {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    [
      'of 52 million dots in 250 KB',
      () =>
        sharp({ create: { width: 7200, height: 7200, channels: 3, background: '#000' } })
          .png()
          .toBuffer(),
    ],
    ['that moves: 3,000 frames of a million dots in 70 KB', () => sparseGif(3_000)],
    [
      'of the format TIFF and 52 million dots',
      () =>
        sharp({ create: { width: 7200, height: 7200, channels: 3, background: '#000' } })
          .tiff({ compression: 'deflate' })
          .toBuffer(),
    ],
    ['as SVG of a million by a million dots', () => svg('width="1000000" height="1000000"', '<path d="M0 0h9v9z"/>')],
    [
      'as SVG whose entities expand',
      () => svg('width="8" height="8"', '<text>&e12;</text>', `<!DOCTYPE svg [<!ENTITY e0 "lol">${entities}]>`),
    ],
    ['as SVG without a size, whose groups repeat each other', () => svg('', repeated)],
    [
      'as SVG with its size in a comment',
      () => strToU8(`<!-- <svg width="8" height="8"> -->${text(svg('', repeated))}`),
    ],
    ['as SVG with its size in another attribute', () => svg('data-x=" width=&quot;8&quot;"', repeated)],
    ['as SVG that is zipped', () => gzipSync(svg('width="8" height="8"', '<path d="M0 0h9v9z"/>'))],
  ])('%s', async (_title, make) => {
    const bomb = await make();
    expect(bomb.length).toBeLessThan(MB);
    const before = performance.now();
    const answer = await uploadImage(bomb);
    expect(answer).toMatchObject({ status: 400, body: { code: 'guard.mime_type_not_allowed' } });
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  it('200 for an SVG whose groups repeat each other and that says its size: it is drawn nowhere here', async () => {
    const before = performance.now();
    expect((await uploadImage(svg('viewBox="0 0 8 8"', repeated))).status).toBe(200);
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it('that keeps within the number of dots, and would take half a minute to write', async () => {
    const frames = 45;
    const noise = Buffer.alloc(1000 * 1000 * frames * 3);
    for (let at = 0; at < noise.length; at += 5) noise[at] = Math.imul(at, 2_654_435_761) >>> 24;
    // Without pressing it together: the upload is made in no time, and what it costs to write is what counts.
    const raw = { width: 1000, height: 1000 * frames, channels: 3, pageHeight: 1000 } as const;
    const bomb = await sharp(noise, { raw }).webp({ quality: 1, effort: 0, loop: 0 }).toBuffer();
    expect(bomb.length).toBeLessThan(20 * MB);
    const before = performance.now();
    const answer = await uploadImage(bomb);
    expect([200, 400]).toContain(answer.status);
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});

it('an SVG with a script, a handler and a foreign page is served where none of it runs', async () => {
  const content = '<script>alert(1)</script><foreignObject><iframe src="https://evil.example"/></foreignObject>';
  const { body } = await uploadImage(svg('width="8" height="8" onload="alert(2)"', content));
  const served = await fetch(body.url);
  expect(served.headers.get('content-type')).toBe('image/svg+xml');
  expect(served.headers.get('x-content-type-options')).toBe('nosniff');
  expect(served.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
});

const page = { 'index.html': strToU8('x') };

/** Says of every file of a zip that it is one byte long, in both of the places where that stands. */
function lie(bytes: Uint8Array): Uint8Array {
  const zip = Buffer.from(bytes);
  for (let at = 0; at < zip.length - 4; at += 1) {
    const signature = zip.readUInt32LE(at);
    if (signature === 0x04034b50) zip.writeUInt32LE(1, at + 22);
    if (signature === 0x02014b50) zip.writeUInt32LE(1, at + 24);
  }
  return zip;
}

/** A zip whose directory names the same bytes many times. */
function overlapping(count: number): Uint8Array {
  const zip = Buffer.from(zipSync({ ...page, 'bomb.js': new Uint8Array(5 * MB) }, { level: 9 }));
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const directory = zip.readUInt32LE(end + 16);
  const entry = Buffer.from(zip.subarray(zip.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])), end));
  const more = Array.from({ length: count }, (_, n) => {
    const copy = Buffer.from(entry);
    copy.write(`b${n}`.padStart(4, 'x'), 46);
    return copy;
  });
  const trailer = Buffer.from(zip.subarray(end));
  trailer.writeUInt16LE(count + 2, 8);
  trailer.writeUInt16LE(count + 2, 10);
  trailer.writeUInt32LE(end - directory + entry.length * count, 12);
  return Buffer.concat([zip.subarray(0, end), ...more, trailer]);
}

describe('an archive of sign-in pages', () => {
  const huge = zipSync({ ...page, 'bomb.js': new Uint8Array(120 * MB) }, { level: 9 });

  it.each<[string, Uint8Array]>([
    ['that unpacks to 120 MB', huge],
    ['that does, and says it is one byte', lie(huge)],
  ])('422 %s', async (_title, bomb) => {
    expect(bomb.length).toBeLessThan(MB);
    const answer = await uploadUi(bomb);
    expect(answer).toMatchObject({ status: 422, body: { details: expect.stringContaining('100 MB') } });
  });

  it('counts the same bytes once, however often its directory names them', async () => {
    expect((await uploadUi(overlapping(900))).status).toBe(200);
  });

  it('422 with another archive inside, which nobody unpacks', async () => {
    const inner = zipSync({ 'a.js': strToU8('x') });
    const answer = await uploadUi(zipSync({ ...page, 'inner.zip': inner }));
    expect(answer).toMatchObject({ status: 422, body: { details: expect.stringContaining('not served') } });
  });

  it('422 cut off in the middle, and with bytes that are no archive', async () => {
    const whole = zipSync({ ...page, 'main.js': deflateRawSync(Buffer.from('noise'.repeat(999))) }, { level: 0 });
    for (const bytes of [whole.subarray(0, 130), Buffer.from('PK\x03\x04 and then nothing')]) {
      expect((await uploadUi(bytes)).body.code).toBe('storage.invalid_archive');
    }
  });

  it('keeps the server answering while it is unpacked', async () => {
    const unpacking = uploadUi(lie(huge));
    const before = performance.now();
    expect((await fetch(`${app.origin}/api/status`)).status).toBe(204);
    expect(performance.now() - before).toBeLessThan(5_000);
    await unpacking;
  });
});
