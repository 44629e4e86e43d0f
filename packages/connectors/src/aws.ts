import { AwsV4Signer } from 'aws4fetch';
import type { z } from 'zod';
import { credential, region, textItem } from './message-config.ts';

/** What the services of AWS have in common: an account's key, a region, and the signature of version 4. */

export const awsShape = { accessKeyId: credential, accessKeySecret: credential, region };
export type AwsAccount = z.output<z.ZodObject<typeof awsShape>>;

export const awsItems = [
  textItem('accessKeyId', ['Access key ID', 'アクセスキー ID'], { placeholder: 'AKIA…' }),
  textItem('accessKeySecret', ['Secret access key', 'シークレットアクセスキー'], { secret: true }),
  textItem('region', ['Region', 'リージョン'], { placeholder: 'us-east-1' }),
];

/** Origin of a service in a region; that of China has a domain of its own. */
export const awsOrigin = (host: string, name: string): string =>
  `https://${host}.${name}.amazonaws.com${name.startsWith('cn-') ? '.cn' : ''}`;

export const awsSecrets = ({ accessKeyId, accessKeySecret }: AwsAccount) => [accessKeyId, accessKeySecret];

/** The header fields that sign a POST of this body. */
export async function signForAws(
  account: AwsAccount,
  { service, url, type, body, now }: { service: string; url: string; type: string; body: string; now: Date },
): Promise<Record<string, string>> {
  const signer = new AwsV4Signer({
    method: 'POST',
    url,
    headers: { 'content-type': type },
    body,
    accessKeyId: account.accessKeyId,
    secretAccessKey: account.accessKeySecret,
    service,
    region: account.region,
    datetime: now.toISOString().replace(/[:-]|\.\d{3}/g, ''),
  });
  const { headers } = await signer.sign();
  // The host is the connection's to set, and it is the one that was signed.
  headers.delete('host');
  return Object.fromEntries(headers);
}
