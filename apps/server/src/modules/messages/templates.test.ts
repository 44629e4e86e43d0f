import { afterEach, describe, expect, test } from 'vitest';
import { call, createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const { api } = app;

const details = { subject: 'Code for {{application.name}}', content: '<b>{{code}}</b>', contentType: 'text/html' };
const put = (languageTag: string, templateType: string, more: object = {}) =>
  api('PUT', '/api/email-templates', { templates: [{ languageTag, templateType, details: { ...details, ...more } }] });

afterEach(async () => {
  for (const { id } of (await api('GET', '/api/email-templates')).body)
    await api('DELETE', `/api/email-templates/${id}`);
});

describe('/api/email-templates', () => {
  test('200 in the wire’s shape; a second one of the same language and purpose replaces the first under its id', async () => {
    const first = await put('en', 'SignIn', { sendFrom: 'Acme', replyTo: 'help@acme.example' });
    expect(first).toMatchObject({
      status: 200,
      body: [
        {
          tenantId: 'default',
          languageTag: 'en',
          templateType: 'SignIn',
          details: { ...details, sendFrom: 'Acme' },
          createdAt: expect.any(Number),
        },
      ],
    });
    const second = await put('en', 'SignIn', { subject: 'Changed' });
    expect(second.body[0]).toMatchObject({ id: first.body[0].id, details: { subject: 'Changed' } });
    expect(second.body[0].details).not.toHaveProperty('sendFrom');
    await put('ja', 'SignIn');
    await put('ja', 'Register');
    expect((await api('GET', '/api/email-templates')).body).toHaveLength(3);
    expect((await api('GET', '/api/email-templates?languageTag=ja&templateType=SignIn')).body).toHaveLength(1);
  });

  test.each([
    [{ languageTag: 'en', templateType: 'Nope', details }],
    [{ languageTag: '../..', templateType: 'SignIn', details }],
    [{ languageTag: 'en', templateType: 'SignIn', details: { ...details, contentType: 'text/markdown' } }],
    [{ languageTag: 'en', templateType: 'SignIn', details: { subject: '' } }],
  ])('400 for %j, and nothing of the request is written', async (wrong) => {
    const good = { languageTag: 'fr', templateType: 'SignIn', details };
    expect(await api('PUT', '/api/email-templates', { templates: [good, wrong] })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input' },
    });
    expect((await api('GET', '/api/email-templates')).body).toEqual([]);
  });
});

describe.each([
  ['/api/email-templates', details],
  ['/api/sms-templates', { content: 'Your code: {{code}}' }],
])('%s, one and many', (path, text) => {
  const write = async (languageTag: string, templateType: string) =>
    (await api('PUT', path, { templates: [{ languageTag, templateType, details: text }] })).body[0];

  test('one is read, changed in part and deleted; 404 after that', async () => {
    const { id } = await write('en', 'Generic');
    const changed = await api('PATCH', `${path}/${id}/details`, { content: 'Changed: {{code}}' });
    expect(changed).toMatchObject({ status: 200, body: { id, details: { ...text, content: 'Changed: {{code}}' } } });
    expect((await api('GET', `${path}/${id}`)).body).toEqual(changed.body);
    expect((await api('PATCH', `${path}/${id}/details`, { content: '' })).status).toBe(400);
    expect((await api('DELETE', `${path}/${id}`)).status).toBe(204);
    for (const [method, end, body] of [
      ['GET', ''],
      ['DELETE', ''],
      ['PATCH', '/details', {}],
    ] as const) {
      expect(await api(method, `${path}/${id}${end}`, body)).toMatchObject({
        status: 404,
        body: { code: 'entity.not_exists_with_id' },
      });
    }
  });

  test('a text of one channel is unknown to the other', async () => {
    const { id } = await write('en', 'Generic');
    const other = path === '/api/sms-templates' ? '/api/email-templates' : '/api/sms-templates';
    expect((await api('GET', `${other}/${id}`)).status).toBe(404);
    expect((await api('DELETE', `${other}/${id}`)).status).toBe(404);
    expect((await api('DELETE', `${path}/${id}`)).status).toBe(204);
  });

  test('bulk deletion counts, and 422 without a filter', async () => {
    const { id } = await write('en', 'SignIn');
    await write('ja', 'SignIn');
    await write('ja', 'Register');
    expect(await api('DELETE', path)).toMatchObject({
      status: 422,
      body: { code: 'connector.email_connector.bulk_deletion_no_filter' },
    });
    expect(await api('DELETE', `${path}?languageTag=ja`)).toMatchObject({ status: 200, body: { rowCount: 2 } });
    expect((await api('GET', path)).body).toMatchObject([{ id }]);
    expect(await api('DELETE', `${path}?templateType=SignIn`)).toMatchObject({ status: 200, body: { rowCount: 1 } });
  });

  test('401 without a token', async () => {
    for (const [method, end] of [
      ['GET', ''],
      ['DELETE', '?languageTag=ja'],
      ['GET', '/nothing'],
      ['PATCH', '/nothing/details'],
    ] as const) {
      expect((await call(app.origin + path + end, method, method === 'PATCH' ? {} : undefined)).status).toBe(401);
    }
  });
});

describe('POST …/preview', () => {
  test('200 fills a draft in with made-up values, escaped', async () => {
    const draft = { subject: '{{application.name}}', content: '<p>{{application.name}}: {{code}}</p>' };
    expect(await api('POST', '/api/email-templates/preview', { templateType: 'SignIn', details: draft })).toMatchObject(
      {
        status: 200,
        body: { rendered: { subject: 'Books & Co.', content: '<p>Books &amp; Co.: 123456</p>' } },
      },
    );
  });

  test('200 without a draft shows the text in use: the product’s, then the tenant’s', async () => {
    const preview = () => api('POST', '/api/email-templates/preview', { templateType: 'SignIn', languageTag: 'ja' });
    expect((await preview()).body.rendered.subject).toBe('サインインの確認');
    await put('ja', 'SignIn');
    expect((await preview()).body).toMatchObject({ source: details, rendered: { subject: 'Code for Books & Co.' } });
  });

  test('200 for a text message', async () => {
    const { body } = await api('POST', '/api/sms-templates/preview', { templateType: 'OrganizationInvitation' });
    expect(body.rendered.content).toContain('https://app.example.com/continue');
  });
});

test('/api/sms-templates: a text of the tenant’s own is sent in its language', async () => {
  const templates = [{ languageTag: 'ja', templateType: 'Generic', details: { content: 'コード {{code}}' } }];
  const [{ id }] = (await api('PUT', '/api/sms-templates', { templates })).body;
  await api('POST', '/api/verification-codes', { phone: '819012345678' }, { 'accept-language': 'ja' });
  expect((await api('GET', '/api/development-inbox?channel=Sms')).body[0].content).toMatch(/^コード \d{6}$/);
  expect((await api('GET', '/api/sms-templates?languageTag=ja')).body).toHaveLength(1);
  expect((await api('DELETE', `/api/sms-templates/${id}`)).status).toBe(204);
  expect((await api('DELETE', `/api/sms-templates/${id}`)).status).toBe(404);
});
