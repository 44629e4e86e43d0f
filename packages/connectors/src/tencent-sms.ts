import { createHash, createHmac } from 'node:crypto';
import {
  type ConnectorErrorCode,
  defineSmsConnector,
  getTemplate,
  handOver,
  refused,
  taken,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { firstOf, objectOf } from './answers.ts';
import { logos } from './logos.ts';
import { credential, oneLine, providerTemplatesItem, region, textItem, usageTypes } from './message-config.ts';

const HOST = 'sms.tencentcloudapi.com';
const SERVICE = 'sms';
const TYPE = 'application/json; charset=utf-8';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Signature TC3-HMAC-SHA256 of a POST to the service's root. */
function authorizationOf(account: { accessKeyId: string; accessKeySecret: string }, body: string, now: Date): string {
  const timestamp = Math.floor(now.getTime() / 1000);
  const date = now.toISOString().slice(0, 10);
  const signed = 'content-type;host';
  const canonical = `POST\n/\n\ncontent-type:${TYPE}\nhost:${HOST}\n\n${signed}\n${sha256(body)}`;
  const scope = `${date}/${SERVICE}/tc3_request`;
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`;
  const key = hmac(hmac(hmac(`TC3${account.accessKeySecret}`, date), SERVICE), 'tc3_request');
  const signature = hmac(key, toSign).toString('hex');
  return `TC3-HMAC-SHA256 Credential=${account.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
}

/** The service's codes are families: what stands before the first dot says most. */
const FAMILIES: Readonly<Record<string, ConnectorErrorCode>> = {
  AuthFailure: 'authorization_failed',
  UnauthorizedOperation: 'authorization_failed',
  LimitExceeded: 'rate_limit_exceeded',
  RequestLimitExceeded: 'rate_limit_exceeded',
  InternalError: 'general',
};
const CODES: Readonly<Record<string, ConnectorErrorCode>> = {
  'FailedOperation.InsufficientBalanceInSmsPackage': 'usage_limit_exceeded',
  'FailedOperation.SignatureIncorrectOrUnapproved': 'invalid_config',
  'FailedOperation.TemplateIncorrectOrUnapproved': 'template_not_found',
  'UnauthorizedOperation.SmsSdkAppIdVerifyFail': 'invalid_config',
};
const meaningOf = (code: string): ConnectorErrorCode | undefined => CODES[code] ?? FAMILIES[code.split('.')[0] ?? ''];

/** Text messages by Tencent Cloud SMS, of templates that are approved there. */
export const tencentSms = defineSmsConnector({
  metadata: {
    id: 'tencent-short-message-service',
    target: 'tencent-sms',
    platform: null,
    name: { en: 'Tencent Cloud SMS', ja: 'Tencent Cloud SMS' },
    description: { en: 'Text messages by Tencent Cloud.', ja: 'Tencent Cloud で SMS を送信します。' },
    ...logos.tencentCloud,
    formItems: [
      textItem('accessKeyId', ['SecretId', 'SecretId'], { placeholder: 'AKID…' }),
      textItem('accessKeySecret', ['SecretKey', 'SecretKey'], { secret: true }),
      textItem('signName', ['Signature', '署名']),
      textItem('sdkAppId', ['SdkAppId', 'SdkAppId'], { placeholder: '1400…' }),
      textItem('region', ['Region', 'リージョン'], { placeholder: 'ap-guangzhou' }),
      providerTemplatesItem(
        { templateCode: '1234567' },
        {
          en: 'Ids of approved templates with one variable, {1}, which is the code or the link.',
          ja: '承認済みテンプレートの ID です。変数は {1} の 1 つで、コードまたはリンクが入ります。',
        },
      ),
    ],
  },
  configSchema: z.object({
    accessKeyId: credential,
    accessKeySecret: credential,
    signName: oneLine(100),
    sdkAppId: oneLine(64),
    region,
    templates: z.array(z.object({ usageType: usageTypes, templateCode: oneLine(64) })).min(1),
  }),

  async sendMessage({ config, to, type, payload }, context) {
    const { templateCode } = getTemplate(config.templates, type);
    const body = JSON.stringify({
      PhoneNumberSet: [`+${to}`],
      SmsSdkAppId: config.sdkAppId,
      SignName: config.signName,
      TemplateId: templateCode,
      TemplateParamSet: [payload.code ?? payload.link ?? ''],
    });
    const now = context.now();
    return handOver(context, {
      url: `https://${HOST}/`,
      headers: {
        'content-type': TYPE,
        authorization: authorizationOf(config, body, now),
        'x-tc-action': 'SendSms',
        'x-tc-version': '2021-01-11',
        'x-tc-region': config.region,
        'x-tc-timestamp': String(Math.floor(now.getTime() / 1000)),
      },
      body,
      secrets: [config.accessKeyId, config.accessKeySecret],
      codes: meaningOf,
      verdict: ({ body: answer }) => {
        const response = objectOf(answer?.Response);
        const error = objectOf(response?.Error) ?? firstOf(response?.SendStatusSet);
        if (typeof error?.Code !== 'string') return undefined;
        return error.Code === 'Ok' ? taken(error.SerialNo) : refused(error.Code, error.Message);
      },
    });
  },
});
