import { createHash, createHmac } from 'node:crypto';
import type { ReceivedRequest } from '@latchkey/connector-kit/testing';
import { expect } from 'vitest';

/** The providers' signatures, computed anew from what arrived, by the steps of their documentation. */

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** AWS Signature Version 4: canonical request, string to sign, derived key. */
export function expectAwsSignature(
  { method, url, headers, body }: ReceivedRequest,
  { accessKeyId, secret, region, service }: { accessKeyId: string; secret: string; region: string; service: string },
): void {
  const match = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(
    headers.authorization ?? '',
  );
  const [, credential = '', signedHeaders = '', signature] = match ?? [];
  const date = headers['x-amz-date'] ?? '';
  const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  expect(credential).toBe(`${accessKeyId}/${scope}`);
  expect(signedHeaders.split(';')).toEqual(expect.arrayContaining(['host', 'x-amz-date']));
  const values = signedHeaders.split(';').map((name) => `${name}:${name === 'host' ? url.host : headers[name]}\n`);
  const canonical = [method, url.pathname, '', values.join(''), signedHeaders, sha256(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secret}`, date.slice(0, 8)));
  expect(signature).toBe(hmac(key, toSign).toString('hex'));
  expect(date).toMatch(/^\d{8}T\d{6}Z$/);
}

/** Alibaba Cloud's RPC signature 1.0: sorted, twice encoded, HMAC-SHA1 with the secret and an ampersand. */
export function expectAliyunSignature(form: URLSearchParams, secret: string): void {
  const encode = (text: string) =>
    [...Buffer.from(text)]
      .map((byte) => {
        const character = String.fromCharCode(byte);
        return /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
      })
      .join('');
  const names = [...form.keys()].filter((name) => name !== 'Signature').sort();
  const query = names.map((name) => `${encode(name)}=${encode(form.get(name) ?? '')}`).join('&');
  const toSign = `POST&%2F&${encode(query)}`;
  expect(form.get('Signature')).toBe(createHmac('sha1', `${secret}&`).update(toSign).digest('base64'));
  expect(Object.fromEntries(form)).toMatchObject({
    Format: 'JSON',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: expect.stringMatching(/^.{16,}$/),
    Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
}

/** Tencent Cloud's TC3-HMAC-SHA256. */
export function expectTencentSignature(
  { url, headers, body }: ReceivedRequest,
  { secretId, secretKey }: { secretId: string; secretKey: string },
): void {
  const timestamp = Number(headers['x-tc-timestamp']);
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const canonical = [
    'POST',
    '/',
    '',
    `content-type:${headers['content-type']}`,
    `host:${url.host}`,
    '',
    'content-type;host',
    sha256(body),
  ].join('\n');
  const toSign = ['TC3-HMAC-SHA256', timestamp, `${date}/sms/tc3_request`, sha256(canonical)].join('\n');
  const key = ['sms', 'tc3_request'].reduce(hmac, hmac(`TC3${secretKey}`, date));
  expect(headers.authorization).toBe(
    `TC3-HMAC-SHA256 Credential=${secretId}/${date}/sms/tc3_request, SignedHeaders=content-type;host, Signature=${hmac(key, toSign).toString('hex')}`,
  );
}
