// Threat classes "header injection" and "HTML injection": names that strangers choose end up in mail.
import { expect, test } from 'vitest';
import { createTestApp } from '../harness.ts';

const app = await createTestApp();
const { api } = app;

const NAME = `<img src=x onerror=alert(1)>"'&\r\nBcc: victim@example.com`;

test('a name in a mail is text in HTML, and one line in the subject', async () => {
  const details = {
    subject: 'Hi {{user.name}}',
    content: '<p title="{{user.name}}">{{user.name}}</p>',
    sendFrom: '{{user.name}}',
    replyTo: '{{user.name}}',
  };
  await api('PUT', '/api/email-templates', { templates: [{ languageTag: 'en', templateType: 'BindMfa', details }] });
  const user = (await api('POST', '/api/users', { username: 'mallory', name: NAME })).body;
  await app.modules.messages.codes.send(app.scope(), {
    recipient: { type: 'email', value: 'a@example.com' },
    purpose: 'BindMfa',
    deliver: true,
    subject: { userId: user.id },
  });
  const [mail] = (await api('GET', '/api/development-inbox')).body;
  expect(mail.content).toContain('&lt;img src=x');
  expect(mail.content).not.toMatch(/<img|title="[^"]*"[^>]*"/);
  for (const line of [mail.subject, mail.sendFrom, mail.replyTo]) expect(line).not.toMatch(/[\r\n]/);
});

test('an organization’s name in an invitation is text', async () => {
  await app.modules.messages.send(app.scope(), {
    recipient: { type: 'email', value: 'b@example.com' },
    type: 'OrganizationInvitation',
    link: 'https://app.example.com/?a=1&b="><script>',
    context: { organization: { name: '<script>alert(1)</script>' } },
  });
  const [mail] = (await api('GET', '/api/development-inbox')).body;
  expect(mail.content).not.toContain('<script>');
});

test('a template reads nothing of a user but what it may', async () => {
  const content = '{{user.passwordDigest}}{{user.customData}}{{user.constructor.name}}{{user.logtoConfig}}|';
  await api('PUT', '/api/sms-templates', {
    templates: [{ languageTag: 'en', templateType: 'BindMfa', details: { content } }],
  });
  const user = (await api('POST', '/api/users', { username: 'victim', password: 'Paper-lamp-4-river' })).body;
  await app.modules.messages.codes.send(app.scope(), {
    recipient: { type: 'phone', value: '819012345678' },
    purpose: 'BindMfa',
    deliver: true,
    subject: { userId: user.id },
  });
  expect((await api('GET', '/api/development-inbox?channel=Sms')).body[0].content).toBe('|');
});
