import type { EmailConnector } from '@latchkey/connector-kit';
import { type MessageConnectorCase, testEmailConnector } from '@latchkey/connector-kit/testing';
import { describe, expect, it } from 'vitest';
import { aliyunDirectMail } from './aliyun-direct-mail.ts';
import { awsSes } from './aws-ses.ts';
import { mailgun } from './mailgun.ts';
import { mailJunky } from './mailjunky.ts';
import { postmark } from './postmark.ts';
import { resend } from './resend.ts';
import { sendGrid } from './sendgrid.ts';
import { expectAliyunSignature, expectAwsSignature } from './signatures-testing.ts';
import { smtp2go } from './smtp2go.ts';

type Case = MessageConnectorCase<EmailConnector>;

const SECRET = 'very-secret-key-of-the-account';
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const sender = { fromEmail: 'no-reply@example.com', fromName: 'Books, Ltd.' };
const FROM = '"Books, Ltd." <no-reply@example.com>';

const cases: Case[] = [
  {
    connector: sendGrid,
    config: { apiKey: SECRET, ...sender },
    secrets: [SECRET],
    accepted: { status: 202, body: '' },
    receipt: { answer: 'HTTP 202' },
    expectRequest({ method, url, headers, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://api.sendgrid.com/v3/mail/send']);
      expect(headers).toMatchObject({ authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' });
      expect(JSON.parse(body)).toEqual({
        personalizations: [{ to: [{ email: to }] }],
        from: { email: 'no-reply@example.com', name: 'Books, Ltd.' },
        subject: 'Your code',
        content: [{ type: 'text/plain', value: text }],
      });
    },
    refusals: [
      ['refuses the key', { status: 401, body: { errors: [{ message: 'The key is wrong' }] } }, 'authorization_failed'],
      ['does not know the sender', { status: 403, body: { errors: [{ field: 'from' }] } }, 'authorization_failed'],
      ['has had enough', { status: 429, body: { errors: [{ message: 'too many' }] } }, 'rate_limit_exceeded'],
      ['refuses the message', { status: 400, body: { errors: [{ message: 'no' }] } }, 'invalid_request_parameters'],
      ['says nothing of use', { status: 400, body: { errors: [] } }, 'invalid_response'],
    ],
  },
  {
    connector: mailgun,
    config: { domain: 'mg.example.com', apiKey: SECRET, from: 'Books <no-reply@mg.example.com>' },
    secrets: [SECRET],
    accepted: { status: 200, body: { id: '<20260101.1@mg.example.com>', message: 'Queued. Thank you.' } },
    receipt: { answer: 'HTTP 200', messageId: '<20260101.1@mg.example.com>' },
    readsAnswer: true,
    expectRequest({ method, url, headers, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://api.mailgun.net/v3/mg.example.com/messages']);
      expect(headers.authorization).toBe(basic('api', SECRET));
      expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
        to,
        from: '"Books" <no-reply@mg.example.com>',
        subject: 'Your code',
        text,
      });
    },
    refusals: [
      ['refuses the key', { status: 401, body: 'Forbidden' }, 'authorization_failed'],
      ['does not know the domain', { status: 404, body: { message: 'Domain not found' } }, 'invalid_config'],
      ['refuses the message', { status: 400, body: { message: 'to is wrong' } }, 'invalid_request_parameters'],
      ['has had enough', { status: 429, body: { message: 'slow down' } }, 'rate_limit_exceeded'],
    ],
  },
  {
    connector: postmark,
    config: { serverToken: SECRET, fromEmail: 'no-reply@example.com' },
    secrets: [SECRET],
    accepted: { status: 200, body: { ErrorCode: 0, Message: 'OK', MessageID: 'b7bc2f4a', To: 'x' } },
    receipt: { answer: 'HTTP 200', messageId: 'b7bc2f4a' },
    readsAnswer: true,
    expectRequest({ method, url, headers, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://api.postmarkapp.com/email']);
      expect(headers['x-postmark-server-token']).toBe(SECRET);
      expect(JSON.parse(body)).toEqual({
        From: 'no-reply@example.com',
        To: to,
        Subject: 'Your code',
        TextBody: text,
      });
    },
    refusals: [
      ['refuses the token', { status: 401, body: { ErrorCode: 10, Message: 'bad token' } }, 'authorization_failed'],
      ['does not know the sender', { status: 422, body: { ErrorCode: 400, Message: 'no' } }, 'invalid_config'],
      ['wants money', { status: 422, body: { ErrorCode: 405, Message: 'no credits' } }, 'usage_limit_exceeded'],
      ['refuses the recipient', { status: 422, body: { ErrorCode: 406 } }, 'invalid_request_parameters'],
      ['lacks the template', { status: 422, body: { ErrorCode: 1101 } }, 'template_not_found'],
    ],
  },
  {
    connector: awsSes,
    config: {
      accessKeyId: 'AKIDEXAMPLE',
      accessKeySecret: SECRET,
      region: 'eu-west-1',
      emailAddress: 'Books <no-reply@example.com>',
      configurationSetName: 'codes',
    },
    secrets: [SECRET],
    accepted: { status: 200, body: { MessageId: '0102018e' } },
    receipt: { answer: 'HTTP 200', messageId: '0102018e' },
    readsAnswer: true,
    expectRequest(request, { to, text }) {
      const { method, url, body } = request;
      expect([method, url.href]).toEqual(['POST', 'https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails']);
      expectAwsSignature(request, {
        accessKeyId: 'AKIDEXAMPLE',
        secret: SECRET,
        region: 'eu-west-1',
        service: 'ses',
      });
      expect(JSON.parse(body)).toEqual({
        FromEmailAddress: '"Books" <no-reply@example.com>',
        Destination: { ToAddresses: [to] },
        ConfigurationSetName: 'codes',
        Content: {
          Simple: {
            Subject: { Data: 'Your code', Charset: 'UTF-8' },
            Body: { Text: { Data: text, Charset: 'UTF-8' } },
          },
        },
      });
    },
    refusals: [
      ['refuses the signature', { status: 403, body: { message: 'signature differs' } }, 'authorization_failed'],
      ['has had enough', { status: 429, body: { message: 'Too many requests' } }, 'rate_limit_exceeded'],
      ['refuses the message', { status: 400, body: { message: 'not verified' } }, 'invalid_request_parameters'],
    ],
  },
  {
    connector: aliyunDirectMail,
    config: {
      accessKeyId: 'LTAIexample',
      accessKeySecret: SECRET,
      regionId: 'ap-southeast-1',
      accountName: 'no-reply@mail.example.com',
      fromAlias: '本屋*(1)',
    },
    secrets: [SECRET],
    accepted: { status: 200, body: { EnvId: '600000014', RequestId: '12D086F6' } },
    receipt: { answer: 'HTTP 200', messageId: '600000014' },
    readsAnswer: true,
    expectRequest({ method, url, body }, { to, text }) {
      const form = new URLSearchParams(body);
      expect([method, url.href]).toEqual(['POST', 'https://dm.ap-southeast-1.aliyuncs.com/']);
      expectAliyunSignature(form, SECRET);
      expect(Object.fromEntries(form)).toMatchObject({
        Action: 'SingleSendMail',
        Version: '2015-11-23',
        RegionId: 'ap-southeast-1',
        AccessKeyId: 'LTAIexample',
        AccountName: 'no-reply@mail.example.com',
        AddressType: '1',
        ReplyToAddress: 'true',
        FromAlias: '本屋*(1)',
        ToAddress: to,
        Subject: 'Your code',
        TextBody: text,
      });
    },
    refusals: [
      [
        'does not know the key',
        { status: 404, body: { Code: 'InvalidAccessKeyId.NotFound', Message: 'not found' } },
        'authorization_failed',
      ],
      ['refuses the signature', { status: 400, body: { Code: 'SignatureDoesNotMatch' } }, 'authorization_failed'],
      ['does not know the sender', { status: 400, body: { Code: 'InvalidMailAddress.NotFound' } }, 'invalid_config'],
      ['has had enough', { status: 400, body: { Code: 'Throttling.User' } }, 'rate_limit_exceeded'],
      ['refuses the recipient', { status: 400, body: { Code: 'InvalidToAddress' } }, 'invalid_request_parameters'],
    ],
  },
  {
    connector: mailJunky,
    config: { apiKey: SECRET, ...sender },
    secrets: [SECRET],
    accepted: { status: 200, body: { id: 'msg_123', status: 'sent' } },
    receipt: { answer: 'HTTP 200', messageId: 'msg_123' },
    readsAnswer: true,
    expectRequest({ method, url, headers, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://mailjunky.ai/api/v1/emails/send']);
      expect(headers.authorization).toBe(`Bearer ${SECRET}`);
      expect(JSON.parse(body)).toEqual({ from: FROM, to, subject: 'Your code', text });
    },
    refusals: [
      ['refuses the key', { status: 401, body: { error: 'Invalid API key' } }, 'authorization_failed'],
      ['refuses the message', { status: 422, body: { message: 'from is wrong' } }, 'invalid_request_parameters'],
      ['has had enough', { status: 429, body: {} }, 'rate_limit_exceeded'],
    ],
  },
  {
    connector: smtp2go,
    config: { apiKey: SECRET, sender: 'no-reply@example.com', senderName: 'Books, Ltd.' },
    secrets: [SECRET],
    accepted: {
      status: 200,
      body: { request_id: 'a1', data: { succeeded: 1, failed: 0, failures: [], email_id: '1er8bV-6Tw0Mi-7h' } },
    },
    receipt: { answer: 'HTTP 200', messageId: '1er8bV-6Tw0Mi-7h' },
    readsAnswer: true,
    expectRequest({ method, url, headers, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://api.smtp2go.com/v3/email/send']);
      expect(headers['x-smtp2go-api-key']).toBe(SECRET);
      expect(JSON.parse(body)).toEqual({ sender: FROM, to: [to], subject: 'Your code', text_body: text });
    },
    refusals: [
      [
        'refuses the key',
        {
          status: 400,
          body: { data: { error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED', error: 'not permitted' } },
        },
        'authorization_failed',
      ],
      [
        'refuses the recipient',
        { status: 200, body: { data: { succeeded: 0, failed: 1, failures: ['not allowed'] } } },
        'invalid_request_parameters',
      ],
      ['has had enough', { status: 429, body: { data: {} } }, 'rate_limit_exceeded'],
    ],
  },
  {
    connector: resend,
    config: { apiKey: SECRET, ...sender },
    secrets: [SECRET],
    accepted: { status: 200, body: { id: '49a3999c' } },
    receipt: { answer: 'HTTP 200', messageId: '49a3999c' },
    readsAnswer: true,
    expectRequest({ method, url, headers, body }, { to, text }) {
      expect([method, url.href]).toEqual(['POST', 'https://api.resend.com/emails']);
      expect(headers.authorization).toBe(`Bearer ${SECRET}`);
      expect(JSON.parse(body)).toEqual({ from: FROM, to: [to], subject: 'Your code', text });
    },
    refusals: [
      ['lacks the key', { status: 401, body: { name: 'missing_api_key', message: 'no' } }, 'authorization_failed'],
      ['refuses the key', { status: 403, body: { name: 'invalid_api_key', message: 'no' } }, 'authorization_failed'],
      ['does not know the domain', { status: 403, body: { name: 'validation_error' } }, 'invalid_config'],
      ['has had enough today', { status: 429, body: { name: 'daily_quota_exceeded' } }, 'usage_limit_exceeded'],
      ['has had enough', { status: 429, body: { name: 'rate_limit_exceeded' } }, 'rate_limit_exceeded'],
    ],
  },
];

describe.each(cases.map((one) => [one.connector.metadata.name.en, one] as const))(
  'the rules of every e-mail connector, on %s',
  (_name, one) => testEmailConnector(one),
);

describe('templates', () => {
  const fallback = { subject: 'Your code', content: 'Your code is {{code}}.', contentType: 'text/plain' } as const;
  /** The body of what a connector sends to a provider that takes it. */
  async function sentBy(connector: EmailConnector, config: object, accepted: unknown, more: object = {}) {
    let sent: { url: string; body: string } | undefined;
    const message = {
      to: 'hana@example.com',
      type: 'SignIn',
      payload: { code: '123456', user: { name: '<Hana>' } },
    } as const;
    await connector.sendMessage(
      { ...message, fallback, config, ...more },
      {
        now: () => new Date(),
        connect: () => Promise.reject(new Error('no socket is wanted')),
        fetch: async (url, init) => {
          sent = { url: String(url), body: init?.body ?? '' };
          return Response.json(accepted);
        },
      },
    );
    if (!sent) throw new Error('nothing was sent');
    return sent;
  }
  const template = {
    subject: 'Hello',
    content: '<b>{{code}}</b>',
    contentType: 'text/html',
    sendFrom: 'Library',
  } as const;

  it('Postmark fills in a template that is kept there, by the alias of the usage type', async () => {
    const templates = [
      { usageType: 'Generic', templateAlias: 'any' },
      { usageType: 'SignIn', templateAlias: 'sign-in' },
    ];
    const config = { serverToken: SECRET, fromEmail: 'no-reply@example.com', templates };
    const { url, body } = await sentBy(postmark, config, { ErrorCode: 0, MessageID: '1' });
    expect(url).toBe('https://api.postmarkapp.com/email/withTemplate');
    expect(JSON.parse(body)).toMatchObject({ TemplateAlias: 'sign-in', TemplateModel: { code: '123456' } });
  });

  it('Mailgun sends the HTML and text of a delivery, escaped where they are HTML', async () => {
    const deliveries = {
      SignIn: { html: '<p>{{user.name}} {{code}}', text: '{{user.name}}', subject: 'For {{user.name}}' },
    };
    const config = { domain: 'example.com', apiKey: SECRET, from: 'a@example.com', deliveries };
    const { body } = await sentBy(mailgun, config, { id: '1' });
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      html: '<p>&lt;Hana&gt; 123456',
      text: '<Hana>',
      subject: 'For <Hana>',
    });
  });

  it('Mailgun fills in a template that is kept there, and Generic stands in for a missing type', async () => {
    const deliveries = { Generic: { template: 'code', variables: { shop: 'Books' }, replyTo: 'help@example.com' } };
    const config = { domain: 'example.com', apiKey: SECRET, from: 'a@example.com', deliveries };
    const form = new URLSearchParams((await sentBy(mailgun, config, { id: '1' })).body);
    expect(form.get('template')).toBe('code');
    expect(form.get('h:Reply-To')).toBe('help@example.com');
    expect(JSON.parse(form.get('t:variables') ?? '')).toMatchObject({ shop: 'Books', code: '123456' });
  });

  it('the tenant’s own template goes before what the connector is configured with', async () => {
    const postmarkConfig = {
      serverToken: SECRET,
      fromEmail: 'no-reply@example.com',
      templates: [{ usageType: 'SignIn', templateAlias: 'sign-in' }],
    };
    const { body } = await sentBy(postmark, postmarkConfig, { ErrorCode: 0 }, { template });
    expect(JSON.parse(body)).toMatchObject({
      From: '"Library" <no-reply@example.com>',
      Subject: 'Hello',
      HtmlBody: '<b>123456</b>',
    });
  });

  it.each([
    [mailJunky, { apiKey: SECRET, ...sender }],
    [resend, { apiKey: SECRET, ...sender }],
  ])('$metadata.name.en sends the text of the configured usage type', async (connector, config) => {
    const templates = [{ usageType: 'SignIn', subject: 'Sign in', content: '<i>{{code}}</i>', type: 'text/html' }];
    const { body } = await sentBy(connector, { ...config, templates }, { id: '1' });
    expect(JSON.parse(body)).toMatchObject({ subject: 'Sign in', html: '<i>123456</i>' });
  });

  it('SES asks for a sender when neither the configuration nor the template has one', async () => {
    const config = { accessKeyId: 'AKIDEXAMPLE', accessKeySecret: SECRET, region: 'us-east-1' };
    await expect(sentBy(awsSes, config, { MessageId: '1' })).rejects.toMatchObject({ code: 'invalid_config' });
    const named = { template: { ...template, sendFrom: 'Library <library@example.com>' } };
    expect(JSON.parse((await sentBy(awsSes, config, { MessageId: '1' }, named)).body)).toMatchObject({
      FromEmailAddress: '"Library" <library@example.com>',
    });
  });
});

describe('configuration', () => {
  it.each([
    ['a region that would lead to another host', awsSes, { accessKeyId: 'A', accessKeySecret: 'B', region: 'x.evil/' }],
    [
      'a region with an address',
      aliyunDirectMail,
      { accessKeyId: 'A', accessKeySecret: 'B', regionId: '@evil', accountName: 'a@b.co' },
    ],
    ['a key of two lines', sendGrid, { apiKey: 'a\r\nx: b', fromEmail: 'a@b.co' }],
    ['a domain with a path', mailgun, { domain: '../v4/x', apiKey: 'a', from: 'a@b.co' }],
    ['plain http', mailgun, { domain: 'b.co', apiKey: 'a', from: 'a@b.co', endpoint: 'http://api.mailgun.net' }],
  ])('%s is refused', (_title, { configSchema }, config) => {
    expect(configSchema.safeParse(config).success).toBe(false);
  });
});
