import { createHmac, randomUUID } from 'node:crypto';
import type { ConnectorErrorCode, ProviderAnswer, Verdict } from '@latchkey/connector-kit';
import { refused, taken } from '@latchkey/connector-kit';
import { credential, textItem } from './message-config.ts';

/** What the services of Alibaba Cloud have in common: an access key, and the signature of its RPC interface. */

export const aliyunShape = { accessKeyId: credential, accessKeySecret: credential };
type AliyunAccount = { accessKeyId: string; accessKeySecret: string };

export const aliyunItems = [
  textItem('accessKeyId', ['AccessKey ID', 'AccessKey ID'], { placeholder: 'LTAI…' }),
  textItem('accessKeySecret', ['AccessKey secret', 'AccessKey Secret'], { secret: true }),
];

export const aliyunSecrets = ({ accessKeyId, accessKeySecret }: AliyunAccount) => [accessKeyId, accessKeySecret];

/** RFC 3986, which is stricter than a form's encoding. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** A call with its common parameters and its signature, as a form. Undefined parameters are left out. */
export function signForAliyun(
  account: AliyunAccount,
  call: Readonly<Record<string, string | undefined>> & { Action: string; Version: string; RegionId: string },
  now: Date,
): Record<string, string> {
  const all: Record<string, string | undefined> = {
    ...call,
    Format: 'JSON',
    AccessKeyId: account.accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: randomUUID(),
    Timestamp: now.toISOString().replace(/\.\d{3}/, ''),
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const canonical = given
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const signature = createHmac('sha1', `${account.accessKeySecret}&`)
    .update(`POST&${encode('/')}&${encode(canonical)}`)
    .digest('base64');
  return { ...Object.fromEntries(given), Signature: signature };
}

/** Codes that the services share, and those of text messages. */
export const aliyunCodes: Readonly<Record<string, ConnectorErrorCode>> = {
  'InvalidAccessKeyId.NotFound': 'authorization_failed',
  'InvalidAccessKeyId.Inactive': 'authorization_failed',
  SignatureDoesNotMatch: 'authorization_failed',
  IncompleteSignature: 'authorization_failed',
  'Forbidden.RAM': 'authorization_failed',
  'isp.RAM_PERMISSION_DENY': 'authorization_failed',
  'Throttling.User': 'rate_limit_exceeded',
  Throttling: 'rate_limit_exceeded',
  'isv.BUSINESS_LIMIT_CONTROL': 'rate_limit_exceeded',
  'isv.DAY_LIMIT_CONTROL': 'usage_limit_exceeded',
  'isv.MONTH_LIMIT_CONTROL': 'usage_limit_exceeded',
  'isv.AMOUNT_NOT_ENOUGH': 'usage_limit_exceeded',
  'isv.OUT_OF_SERVICE': 'usage_limit_exceeded',
  'isv.SMS_SIGNATURE_ILLEGAL': 'invalid_config',
  'isv.SMS_SIGN_ILLEGAL': 'invalid_config',
  'isv.SMS_TEMPLATE_ILLEGAL': 'template_not_found',
  'isp.SYSTEM_ERROR': 'general',
};

/** Text messages: the outcome is in `Code`, and a refusal may well be answered with 200. */
export function aliyunSmsVerdict({ body }: ProviderAnswer): Verdict | undefined {
  if (typeof body?.Code !== 'string') return undefined;
  if (body.Code !== 'OK') return refused(body.Code, body.Message);
  const model = body.Model as { BizId?: unknown } | undefined;
  return taken(body.BizId ?? model?.BizId);
}

const CHINESE = /^861\d{10}$/;
/** Eleven digits may be a Chinese number without its country code, or another country's with it. */
const PERHAPS_CHINESE = /^(?:86)?1\d{10}$/;

export const isChineseNumber = (number: string, strict = true): boolean =>
  (strict ? CHINESE : PERHAPS_CHINESE).test(number);

/** A Chinese number as services in China write it. */
export const nationalChineseNumber = (number: string): string => number.slice(-11);
