import { describe, expect, it } from 'vitest';
import {
  type EmailTemplate,
  findTemplate,
  getTemplate,
  parseMailbox,
  renderEmail,
  renderSms,
  senderOf,
} from './templates.ts';

const html = (content: string, more: Partial<EmailTemplate> = {}): EmailTemplate => ({
  subject: 'Code',
  content,
  contentType: 'text/html',
  ...more,
});

describe('variables', () => {
  it('are filled in at any depth, however they are spaced', () => {
    const payload = { code: '123456', application: { branding: { logoUrl: 'https://a.example/l.png' } }, count: 3 };
    const template = { content: '{{code}} {{ application.branding.logoUrl }} {{count}}' };
    expect(renderSms(template, payload).content).toBe('123456 https://a.example/l.png 3');
  });

  it.each(['{{nothing}}', '{{application}}', '{{constructor.name}}', '{{__proto__.x}}', '{{code.length}}'])(
    '%s, which the payload does not hold as a value, is left empty',
    (content) => expect(renderSms({ content }, { code: '1', application: {} }).content).toBe(''),
  );

  it('are not read a second time: a value that looks like a variable stays text', () => {
    expect(renderSms({ content: '{{user.name}}' }, { user: { name: '{{code}}' }, code: '1' }).content).toBe('{{code}}');
  });

  it('are escaped in HTML, in plain text they are not', () => {
    const payload = { user: { name: `<img src=x onerror="alert('1')">&` } };
    expect(renderEmail(html('Hi {{user.name}}, {{{user.name}}}'), payload).content).not.toMatch(/<img|"|'/);
    expect(renderEmail(html('{{user.name}}', { contentType: 'text/plain' }), payload).content).toBe(payload.user.name);
  });

  it('cannot begin a header of their own', () => {
    const payload = { user: { name: 'Hana\r\nBcc: victim@example.com\u2028x\u0000' } };
    const template = html('', {
      subject: 'Hi {{user.name}}',
      replyTo: '{{user.name}}',
      sendFrom: '{{user.name}} team',
    });
    const { subject, replyTo, sendFrom } = renderEmail(template, payload);
    for (const line of [subject, replyTo, sendFrom])
      expect([...(line ?? '')].some((character) => '\r\n\u0000\u2028'.includes(character))).toBe(false);
  });
});

describe('the text of an e-mail', () => {
  it('says what its HTML says: paragraphs apart, addresses once, no markup and no pictures', () => {
    const content =
      '<h1>Hello {{user.name}}</h1><p>Open <a href="{{link}}">this page</a>, or copy:<br><a href="{{link}}">{{link}}</a></p><img src="https://a.example/p.png" alt="">';
    const payload = { user: { name: 'A <b>&</b>' }, link: 'https://a.example/x?a=1&b=2' };
    expect(renderEmail(html(content), payload).text.split(/\n+/)).toEqual([
      'Hello A <b>&</b>',
      'Open this page <https://a.example/x?a=1&b=2>, or copy:',
      'https://a.example/x?a=1&b=2',
    ]);
  });

  it('is its content where that is no HTML', () => {
    expect(renderEmail(html('a <b>', { contentType: 'text/plain' }), {}).text).toBe('a <b>');
  });
});

describe('the template of a type', () => {
  const templates = [
    { usageType: 'Generic', content: 'g' },
    { usageType: 'SignIn', content: 's' },
  ];

  it('is its own, else the generic one', () => {
    expect(findTemplate(templates, 'SignIn')?.content).toBe('s');
    expect(findTemplate(templates, 'BindMfa')?.content).toBe('g');
    expect(findTemplate(undefined, 'BindMfa')).toBeUndefined();
  });

  it('template_not_found when a provider has neither', () => {
    expect(() => getTemplate(templates.slice(1), 'BindMfa')).toThrow(
      expect.objectContaining({ code: 'template_not_found' }),
    );
  });
});

describe('senders', () => {
  it.each([
    ['a@b.example', { address: 'a@b.example' }],
    ['Hana Sato <a@b.example>', { name: 'Hana Sato', address: 'a@b.example' }],
    ['"Sato, Hana" <a@b.example>', { name: 'Sato, Hana', address: 'a@b.example' }],
    ['a@b.example, c@d.example', undefined],
    ['Hana', undefined],
    ['Hana <a@b.example> <c@d.example>', { name: 'Hana <a@b.example>', address: 'c@d.example' }],
  ])('%s', (text, expected) => expect(parseMailbox(text)).toEqual(expected));

  it('a name alone goes before the configured address', () => {
    const configured = { address: 'no-reply@acme.example' };
    expect(senderOf(configured, 'Acme <x')).toEqual({ name: 'Acme x', address: 'no-reply@acme.example' });
    expect(senderOf(configured, 'Ops <ops@acme.example>')).toEqual({ name: 'Ops', address: 'ops@acme.example' });
    expect(senderOf(configured, undefined)).toEqual(configured);
  });
});
