import type { MessagePayload, SmsConnector } from '@latchkey/connector-kit';
import { type MessageConnectorCase, testSmsConnector } from '@latchkey/connector-kit/testing';
import { describe, expect, it } from 'vitest';
import { aliyunSms } from './aliyun-sms.ts';
import { aliyunSmsAuth } from './aliyun-sms-auth.ts';
import { awsSns } from './aws-sns.ts';
import { gatewayApi } from './gateway-api.ts';
import { messageBird } from './messagebird.ts';
import { expectAliyunSignature, expectAwsSignature, expectTencentSignature } from './signatures-testing.ts';
import { smsAero } from './sms-aero.ts';
import { smsBao } from './smsbao.ts';
import { tencentSms } from './tencent-sms.ts';
import { twilio } from './twilio.ts';
import { vonage } from './vonage.ts';
import { whatsApp } from './whatsapp.ts';
import { yunpian } from './yunpian.ts';

type Case = MessageConnectorCase<SmsConnector>;

const SECRET = 'very-secret-key-of-the-account';
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const formOf = (body: string) => Object.fromEntries(new URLSearchParams(body));
const awsError = (code: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
const tencentError = (Code: string) => ({ Response: { Error: { Code, Message: 'no' }, RequestId: 'r' } });
const aliyunAccount = { accessKeyId: 'LTAIexample', accessKeySecret: SECRET, signName: '本屋' };
const CHINESE = '8613812345678';

const cases: Case[] = [
  {
    connector: twilio,
    config: {
      accountSID: 'AC123',
      authToken: SECRET,
      fromMessagingServiceSID: 'MG123',
      disableRiskCheck: true,
    },
    secrets: [SECRET],
    accepted: { status: 201, body: { sid: 'SM123', status: 'accepted', error_code: null } },
    receipt: { answer: 'HTTP 201', messageId: 'SM123' },
    expectRequest({ method, url, headers, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://api.twilio.com/2010-04-01/Accounts/AC123/Messages.json']);
      expect(headers.authorization).toBe(basic('AC123', SECRET));
      expect(formOf(body)).toEqual({ To: `+${to}`, MessagingServiceSid: 'MG123', Body: text, RiskCheck: 'disable' });
    },
    refusals: [
      ['refuses the token', { status: 401, body: { code: 20003, message: 'Authenticate' } }, 'authorization_failed'],
      ['refuses the number', { status: 400, body: { code: 21211, message: 'no' } }, 'invalid_request_parameters'],
      ['lacks the service', { status: 404, body: { code: 21701, message: 'no' } }, 'invalid_config'],
      ['has had enough', { status: 429, body: { code: 20429, message: 'no' } }, 'rate_limit_exceeded'],
      ['answers 200 for 201', { status: 200, body: {} }, 'invalid_response'],
    ],
  },
  {
    connector: vonage,
    config: { apiKey: 'abcd', apiSecret: SECRET, brandName: 'Books' },
    secrets: [SECRET],
    accepted: { status: 200, body: { 'message-count': '1', messages: [{ status: '0', 'message-id': 'm1' }] } },
    receipt: { answer: 'HTTP 200', messageId: 'm1' },
    readsAnswer: true,
    expectRequest({ method, url, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://rest.nexmo.com/sms/json']);
      expect(formOf(body)).toEqual({ api_key: 'abcd', api_secret: SECRET, from: 'Books', to, text, type: 'text' });
    },
    refusals: [
      ['refuses the secret', { status: 200, body: { messages: [{ status: '4' }] } }, 'authorization_failed'],
      ['is throttled', { status: 200, body: { messages: [{ status: '1' }] } }, 'rate_limit_exceeded'],
      ['wants money', { status: 200, body: { messages: [{ status: '9' }] } }, 'usage_limit_exceeded'],
      ['refuses the number', { status: 200, body: { messages: [{ status: '3' }] } }, 'invalid_request_parameters'],
      ['answers no message', { status: 200, body: { messages: [] } }, 'invalid_response'],
    ],
  },
  {
    connector: awsSns,
    config: { accessKeyId: 'AKIDEXAMPLE', accessKeySecret: SECRET, region: 'cn-north-1', senderId: 'Books' },
    secrets: [SECRET],
    accepted: {
      status: 200,
      body: '<PublishResponse><PublishResult><MessageId>94f20ce6</MessageId></PublishResult></PublishResponse>',
    },
    receipt: { answer: 'HTTP 200', messageId: '94f20ce6' },
    readsAnswer: true,
    expectRequest(request, { to, text }) {
      expect([request.method, request.url.href]).toEqual(['POST', 'https://sns.cn-north-1.amazonaws.com.cn/']);
      expectAwsSignature(request, {
        accessKeyId: 'AKIDEXAMPLE',
        secret: SECRET,
        region: 'cn-north-1',
        service: 'sns',
      });
      expect(formOf(request.body)).toMatchObject({
        Action: 'Publish',
        Version: '2010-03-31',
        PhoneNumber: `+${to}`,
        Message: text,
        'MessageAttributes.entry.1.Name': 'AWS.SNS.SMS.SMSType',
        'MessageAttributes.entry.1.Value.StringValue': 'Transactional',
        'MessageAttributes.entry.2.Name': 'AWS.SNS.SMS.SenderID',
        'MessageAttributes.entry.2.Value.StringValue': 'Books',
      });
    },
    refusals: [
      ['refuses the key', { status: 403, body: awsError('InvalidClientTokenId') }, 'authorization_failed'],
      ['has had enough', { status: 400, body: awsError('Throttling') }, 'rate_limit_exceeded'],
      ['refuses the number', { status: 400, body: awsError('InvalidParameter') }, 'invalid_request_parameters'],
    ],
  },
  {
    connector: messageBird,
    config: { accessKey: SECRET, originator: 'Books' },
    secrets: [SECRET],
    accepted: { status: 201, body: { id: 'e8077d80', recipients: { totalCount: 1 } } },
    receipt: { answer: 'HTTP 201', messageId: 'e8077d80' },
    expectRequest({ method, url, headers, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://rest.messagebird.com/messages']);
      expect(headers.authorization).toBe(`AccessKey ${SECRET}`);
      expect(JSON.parse(body)).toEqual({ originator: 'Books', recipients: [to], body: text, datacoding: 'auto' });
    },
    refusals: [
      ['refuses the key', { status: 401, body: { errors: [{ code: 2, description: 'no' }] } }, 'authorization_failed'],
      ['wants money', { status: 422, body: { errors: [{ code: 25 }] } }, 'usage_limit_exceeded'],
      ['refuses the number', { status: 422, body: { errors: [{ code: 10 }] } }, 'invalid_request_parameters'],
    ],
  },
  {
    connector: whatsApp,
    config: {
      accessToken: SECRET,
      phoneNumberId: '1065',
      templates: [{ usageType: 'Generic', templateName: 'code', language: 'ja' }],
    },
    secrets: [SECRET],
    accepted: { status: 200, body: { messaging_product: 'whatsapp', messages: [{ id: 'wamid.H' }] } },
    receipt: { answer: 'HTTP 200', messageId: 'wamid.H' },
    readsAnswer: true,
    expectRequest({ method, url, headers, body }, { to, payload }) {
      const parameters = [{ type: 'text', text: payload.code }];
      expect([method, url.href]).toEqual(['POST', 'https://graph.facebook.com/v19.0/1065/messages']);
      expect(headers.authorization).toBe(`Bearer ${SECRET}`);
      expect(JSON.parse(body)).toMatchObject({
        messaging_product: 'whatsapp',
        to,
        type: 'template',
        template: {
          name: 'code',
          language: { code: 'ja' },
          components: [
            { type: 'body', parameters },
            { type: 'button', sub_type: 'url', index: '0', parameters },
          ],
        },
      });
    },
    refusals: [
      ['refuses the token', { status: 401, body: { error: { code: 190, message: 'no' } } }, 'authorization_failed'],
      ['has had enough', { status: 400, body: { error: { code: 130429 } } }, 'rate_limit_exceeded'],
      ['lacks the template', { status: 404, body: { error: { code: 132001 } } }, 'template_not_found'],
      ['cannot deliver', { status: 400, body: { error: { code: 131026 } } }, 'invalid_request_parameters'],
    ],
  },
  {
    connector: gatewayApi,
    config: { endpoint: 'https://gatewayapi.com/rest/mtsms', apiToken: SECRET, sender: 'Books' },
    secrets: [SECRET],
    accepted: { status: 200, body: { ids: [421332671], usage: { countries: { JP: 1 } } } },
    receipt: { answer: 'HTTP 200', messageId: '421332671' },
    readsAnswer: true,
    expectRequest({ method, url, headers, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://gatewayapi.com/rest/mtsms']);
      expect(headers.authorization).toBe(basic(SECRET, ''));
      expect(JSON.parse(body)).toEqual({
        sender: 'Books',
        message: text,
        encoding: 'UTF8',
        recipients: [{ msisdn: Number(to) }],
      });
    },
    refusals: [
      ['refuses the token', { status: 401, body: { code: '0x0004', message: 'no' } }, 'authorization_failed'],
      ['wants money', { status: 403, body: { code: '0x0216', message: 'no' } }, 'usage_limit_exceeded'],
      ['refuses the number', { status: 422, body: { code: '0x0213' } }, 'invalid_request_parameters'],
    ],
  },
  {
    connector: smsAero,
    config: { email: 'owner@example.com', apiKey: SECRET, senderName: 'SMS Aero' },
    secrets: [SECRET],
    accepted: { status: 200, body: { success: true, data: { id: 1 }, message: null } },
    receipt: { answer: 'HTTP 200', messageId: '1' },
    readsAnswer: true,
    expectRequest({ method, url, headers, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://gate.smsaero.ru/v2/sms/send']);
      expect(headers.authorization).toBe(basic('owner@example.com', SECRET));
      expect(JSON.parse(body)).toEqual({ number: to, sign: 'SMS Aero', text });
    },
    refusals: [
      ['refuses the key', { status: 401, body: { success: false, message: 'no' } }, 'authorization_failed'],
      ['wants money', { status: 402, body: { success: false, message: 'no' } }, 'usage_limit_exceeded'],
      ['refuses the number', { status: 200, body: { success: false } }, 'invalid_request_parameters'],
    ],
  },
  {
    connector: aliyunSms,
    config: {
      ...aliyunAccount,
      templates: [{ usageType: 'Generic', templateCode: { china: 'SMS_1', overseas: 'SMS_2' } }],
    },
    secrets: [SECRET],
    accepted: { status: 200, body: { Code: 'OK', Message: 'OK', BizId: '9006', RequestId: 'r' } },
    receipt: { answer: 'HTTP 200', messageId: '9006' },
    readsAnswer: true,
    expectRequest({ method, url, body }, { to, payload }) {
      const form = new URLSearchParams(body);
      expect([method, url.href]).toEqual(['POST', 'https://dysmsapi.aliyuncs.com/']);
      expectAliyunSignature(form, SECRET);
      expect(Object.fromEntries(form)).toMatchObject({
        Action: 'SendSms',
        Version: '2017-05-25',
        PhoneNumbers: to,
        SignName: '本屋',
        TemplateCode: 'SMS_2',
        TemplateParam: JSON.stringify({ code: payload.code }),
      });
    },
    refusals: [
      ['refuses the signature', { status: 400, body: { Code: 'SignatureDoesNotMatch' } }, 'authorization_failed'],
      ['has had enough', { status: 200, body: { Code: 'isv.BUSINESS_LIMIT_CONTROL' } }, 'rate_limit_exceeded'],
      ['wants money', { status: 200, body: { Code: 'isv.AMOUNT_NOT_ENOUGH' } }, 'usage_limit_exceeded'],
      [
        'refuses the number',
        { status: 200, body: { Code: 'isv.MOBILE_NUMBER_ILLEGAL' } },
        'invalid_request_parameters',
      ],
      ['lacks the template', { status: 200, body: { Code: 'isv.SMS_TEMPLATE_ILLEGAL' } }, 'template_not_found'],
    ],
  },
  {
    connector: tencentSms,
    config: {
      accessKeyId: 'AKIDexample',
      accessKeySecret: SECRET,
      signName: '本屋',
      sdkAppId: '1400006666',
      region: 'ap-guangzhou',
      templates: [{ usageType: 'Generic', templateCode: '449739' }],
    },
    secrets: [SECRET],
    accepted: { status: 200, body: { Response: { SendStatusSet: [{ SerialNo: '5000:1', Code: 'Ok' }] } } },
    receipt: { answer: 'HTTP 200', messageId: '5000:1' },
    readsAnswer: true,
    expectRequest(request, { to, payload }) {
      expect([request.method, request.url.href]).toEqual(['POST', 'https://sms.tencentcloudapi.com/']);
      expectTencentSignature(request, { secretId: 'AKIDexample', secretKey: SECRET });
      expect(request.headers).toMatchObject({
        'x-tc-action': 'SendSms',
        'x-tc-version': '2021-01-11',
        'x-tc-region': 'ap-guangzhou',
      });
      expect(JSON.parse(request.body)).toEqual({
        PhoneNumberSet: [`+${to}`],
        SmsSdkAppId: '1400006666',
        SignName: '本屋',
        TemplateId: '449739',
        TemplateParamSet: [payload.code],
      });
    },
    refusals: [
      [
        'refuses the signature',
        { status: 200, body: tencentError('AuthFailure.SignatureFailure') },
        'authorization_failed',
      ],
      [
        'has had enough',
        { status: 200, body: tencentError('LimitExceeded.PhoneNumberDailyLimit') },
        'rate_limit_exceeded',
      ],
      [
        'wants money',
        { status: 200, body: tencentError('FailedOperation.InsufficientBalanceInSmsPackage') },
        'usage_limit_exceeded',
      ],
      [
        'refuses the number',
        {
          status: 200,
          body: { Response: { SendStatusSet: [{ Code: 'InvalidParameterValue.IncorrectPhoneNumber' }] } },
        },
        'invalid_request_parameters',
      ],
    ],
  },
  {
    connector: yunpian,
    config: { apikey: SECRET, enableInternational: true },
    secrets: [SECRET],
    accepted: { status: 200, body: { code: 0, msg: '发送成功', count: 1, sid: 9527 } },
    receipt: { answer: 'HTTP 200', messageId: '9527' },
    readsAnswer: true,
    expectRequest({ method, url, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://sms.yunpian.com/v2/sms/single_send.json']);
      expect(formOf(body)).toEqual({ apikey: SECRET, mobile: `+${to}`, text });
    },
    refusals: [
      ['refuses the key', { status: 400, body: { code: -1, msg: 'no' } }, 'authorization_failed'],
      ['wants money', { status: 400, body: { code: 3, msg: 'no' } }, 'usage_limit_exceeded'],
      ['has had enough', { status: 400, body: { code: 33, msg: 'no' } }, 'rate_limit_exceeded'],
      ['refuses the number', { status: 400, body: { code: 2, msg: 'no' } }, 'invalid_request_parameters'],
    ],
  },
  {
    connector: smsBao,
    config: { username: 'books', passwordOrApiKey: SECRET, goodsId: '77' },
    secrets: [SECRET],
    accepted: { status: 200, body: '0' },
    receipt: { answer: 'HTTP 200' },
    readsAnswer: true,
    expectRequest({ method, url }, { to, text }) {
      expect([method, `${url.origin}${url.pathname}`]).toEqual(['GET', 'https://api.smsbao.com/wsms']);
      expect(Object.fromEntries(url.searchParams)).toEqual({ u: 'books', p: SECRET, g: '77', m: `+${to}`, c: text });
    },
    refusals: [
      ['refuses the password', { status: 200, body: '30' }, 'authorization_failed'],
      ['wants money', { status: 200, body: '41\n0' }, 'usage_limit_exceeded'],
      ['refuses the number', { status: 200, body: '51' }, 'invalid_request_parameters'],
      ['answers a word', { status: 200, body: '0k' }, 'invalid_response'],
    ],
  },
];

describe.each(cases.map((one) => [one.connector.metadata.name.en, one] as const))(
  'the rules of every SMS connector, on %s',
  (_name, one) => testSmsConnector(one),
);

const fallback = { content: 'Your code is {{code}}.' };
/** What a connector asks a provider that answers so. */
async function sentBy(
  connector: SmsConnector,
  config: object,
  {
    to = CHINESE,
    accepted = {},
    status = 200,
    ...more
  }: { to?: string; accepted?: object; status?: number; payload?: MessagePayload } = {},
) {
  const sent: { url: string; body: string }[] = [];
  const outcome: unknown = await connector
    .sendMessage(
      { to, type: 'SignIn', payload: { code: '123456' }, fallback, config, ...more },
      {
        now: () => new Date(),
        connect: () => Promise.reject(new Error('no socket is wanted')),
        fetch: async (url, init) => {
          sent.push({ url: String(url), body: init?.body ?? '' });
          return Response.json(accepted, { status });
        },
      },
    )
    .catch((error: unknown) => error);
  return { outcome, url: sent[0]?.url, form: new URLSearchParams(sent[0]?.body), body: sent[0]?.body ?? '' };
}

describe('numbers', () => {
  it('in China are written as services there write them, others with their country code', async () => {
    const yunpianConfig = { apikey: SECRET, enableInternational: true };
    expect((await sentBy(yunpian, yunpianConfig)).form.get('mobile')).toBe('13812345678');
    const bao = await sentBy(smsBao, { username: 'books', passwordOrApiKey: SECRET });
    expect(bao.url).toMatch(/^https:\/\/api\.smsbao\.com\/sms\?.*m=13812345678/);
  });

  it('outside China are refused by Yunpian unless they are enabled, in the configured words', async () => {
    const config = { apikey: SECRET, unsupportedCountriesMsg: 'China only, sorry.' };
    const { outcome, url } = await sentBy(yunpian, config, { to: '819012345678' });
    expect(outcome).toMatchObject({ code: 'invalid_request_parameters', message: 'China only, sorry.' });
    expect(url).toBeUndefined();
  });

  it.each([
    ['a Chinese number', CHINESE, true, 'SMS_1'],
    ['eleven digits of the US, strictly', '13105551234', true, 'SMS_2'],
    ['eleven digits, not strictly', '13812345678', false, 'SMS_1'],
  ])('of Alibaba Cloud: %s', async (_title, to, strictPhoneRegionNumberCheck, code) => {
    const templates = [{ usageType: 'Generic', templateCode: { china: 'SMS_1', overseas: 'SMS_2' } }];
    const config = { ...aliyunAccount, templates, strictPhoneRegionNumberCheck };
    expect((await sentBy(aliyunSms, config, { to })).form.get('TemplateCode')).toBe(code);
  });
});

describe('SMS authentication of Alibaba Cloud', () => {
  const config = {
    ...aliyunAccount,
    templates: [
      { usageType: 'Generic', templateCode: '100001' },
      { usageType: 'SignIn', templateCode: '100002', minutes: '5' },
    ],
  };

  it('sends a code with the national number, the template of the usage type and its minutes', async () => {
    const accepted = { Code: 'OK', Success: true, Model: { BizId: '112231' } };
    const { outcome, url, form } = await sentBy(aliyunSmsAuth, config, { accepted });
    expect(outcome).toEqual({ answer: 'HTTP 200', messageId: '112231' });
    expect(url).toBe('https://dypnsapi.aliyuncs.com/');
    expectAliyunSignature(form, SECRET);
    expect(Object.fromEntries(form)).toMatchObject({
      Action: 'SendSmsVerifyCode',
      PhoneNumber: '13812345678',
      TemplateCode: '100002',
      TemplateParam: '{"code":"123456","min":"5"}',
    });
  });

  it.each([
    ['a number outside China', { to: '819012345678' }, 'invalid_request_parameters'],
    ['a message without a code', { payload: { link: 'https://example.com/' } }, 'template_not_supported'],
  ])('%s is refused unsent', async (_title, more, code) => {
    const { outcome, url } = await sentBy(aliyunSmsAuth, config, more);
    expect(outcome).toMatchObject({ code });
    expect(url).toBeUndefined();
  });

  it.each([
    ['has had enough', { Code: 'biz.FREQUENCY' }, 'rate_limit_exceeded'],
    ['refuses the signature', { Code: 'SignatureDoesNotMatch' }, 'authorization_failed'],
    ['makes no sense', { Success: true }, 'invalid_response'],
  ])('a service that %s', async (_title, accepted, code) => {
    expect((await sentBy(aliyunSmsAuth, config, { accepted })).outcome).toMatchObject({ code });
  });
});

describe('texts', () => {
  it('outside the phones’ own alphabet are sent as Unicode', async () => {
    const templates = [{ usageType: 'SignIn', content: '認証コード {{code}}' }];
    const { form } = await sentBy(vonage, { apiKey: 'a', apiSecret: SECRET, brandName: 'B', templates });
    expect([form.get('type'), form.get('text')]).toEqual(['unicode', '認証コード 123456']);
    const gateway = { endpoint: 'https://gatewayapi.com/rest/mtsms', apiToken: SECRET, sender: 'B', templates };
    expect(JSON.parse((await sentBy(gatewayApi, gateway)).body)).toMatchObject({ encoding: 'UCS2' });
  });

  it('template_not_found where the provider keeps the texts and nothing stands for the type', async () => {
    const templates = [{ usageType: 'Register', templateName: 'code', language: 'en' }];
    const { outcome } = await sentBy(whatsApp, { accessToken: SECRET, phoneNumberId: '1', templates });
    expect(outcome).toMatchObject({ code: 'template_not_found' });
  });

  it('template_not_supported for a link by WhatsApp', async () => {
    const templates = [{ usageType: 'Generic', templateName: 'code', language: 'en' }];
    const config = { accessToken: SECRET, phoneNumberId: '1', templates };
    const { outcome } = await sentBy(whatsApp, config, { payload: { link: 'https://example.com/' } });
    expect(outcome).toMatchObject({ code: 'template_not_supported' });
  });
});

describe('what the provider says', () => {
  it('is kept for administrators: its code and sentence, on one line, without secrets', async () => {
    const accepted = { code: 20003, message: `No such\r\nINFO forged: ${SECRET}` };
    const config = { accountSID: 'AC1', authToken: SECRET, fromMessagingServiceSID: 'MG1' };
    const { outcome } = await sentBy(twilio, config, { accepted, status: 401 });
    expect(outcome).toMatchObject({
      code: 'authorization_failed',
      message: 'The provider refuses the credentials.',
      dialogue: 'HTTP 401\n20003: No such INFO forged: ******',
    });
  });
});
