import type { ConnectorFormItem } from '@latchkey/server/contract';
import { describe, expect, it } from 'vitest';
import {
  fromLines,
  memberText,
  missingMembers,
  newTemplate,
  templateFormat,
  toLines,
  wayTaken,
  withMember,
} from './connector-templates.ts';

const itemOf = (example: object): ConnectorFormItem => ({
  key: 'templates',
  type: 'Json',
  label: 'Templates',
  placeholder: JSON.stringify([{ usageType: 'Generic', ...example }]),
});
const email = itemOf({ contentType: 'text/plain', subject: '…', content: '{{code}}' });
const named = itemOf({ templateCode: '100001', minutes: '' });

const mailgun: ConnectorFormItem = {
  key: 'deliveries',
  type: 'Json',
  label: 'Deliveries',
  placeholder: JSON.stringify({
    Generic: { subject: '…', html: '<p>{{code}}</p>', text: '' },
    SignIn: { template: 'verification-code', subject: '', variables: {} },
  }),
};
const formatOf = (item: ConnectorFormItem) => {
  const format = templateFormat(item);
  if (!format) throw new Error('the item holds no templates');
  return format;
};

describe('templateFormat', () => {
  it.each([
    [email, ['Email']],
    [itemOf({ content: '{{code}}' }), ['Sms']],
    [named, ['Named']],
    [mailgun, ['Email', 'Named']],
  ])('reads the ways and their fields off the example', (item, kinds) => {
    const { ways } = formatOf(item);
    expect(ways.map(({ kind }) => kind)).toEqual(kinds);
    for (const { members } of ways) expect(members.length).toBeGreaterThan(0);
  });

  it('is undefined for any other item', () => {
    expect(templateFormat({ ...email, key: 'customHeaders' })).toBeUndefined();
    expect(templateFormat({ ...email, placeholder: '[ { "usageType"' })).toBeUndefined();
    expect(templateFormat({ ...mailgun, placeholder: '{}' })).toBeUndefined();
    expect(templateFormat({ ...email, type: 'Text' })).toBeUndefined();
  });

  it.each([
    [email, [{ usageType: 'SignIn', subject: 'Code', content: '{{code}}' }]],
    [
      mailgun,
      [
        { usageType: 'SignIn', template: 'code', variables: { brand: 'Acme' } },
        { usageType: 'Generic', html: '{{code}}', subject: 'Code', own: 1 },
      ],
    ],
  ] as const)('reads what it wrote', (item, templates) => {
    const { read, write } = formatOf(item);
    expect(read(write(templates))).toEqual(templates);
    expect(read(write([]))).toEqual([]);
  });

  it.each([
    [email, '{}'],
    [email, '[1]'],
    [email, '[{"usageType":"Nope"}]'],
    [email, '[{"usageType":"Generic"},{"usageType":"Generic"}]'],
    [email, '[{'],
    [mailgun, '[]'],
    [mailgun, '{"Nope":{"html":"x"}}'],
    [mailgun, '{"Generic":"x"}'],
    [mailgun, '{"Generic":{"template":"x","variables":{"deep":{"a":1}}}}'],
  ])('%#: undefined for what no form could show', (item, text) => {
    expect(formatOf(item).read(text)).toBeUndefined();
  });
});

describe('two ways', () => {
  const format = formatOf(mailgun);
  const [written, kept] = format.ways;

  it('a template goes the way that it has the marks of, also while its field is emptied', () => {
    if (!kept) throw new Error('there is no second way');
    const begun = newTemplate(format, kept, 'SignIn');
    expect(wayTaken(format, begun)).toBe(kept);
    const filled = withMember(begun, 'template', 'code', format);
    expect(wayTaken(format, withMember(filled, 'template', '', format))).toBe(kept);
    expect(wayTaken(format, { usageType: 'SignIn', html: 'x' })).toBe(written);
    expect(withMember(filled, 'subject', '', format)).toEqual({ usageType: 'SignIn', template: 'code' });
  });

  it('what is missing is named at the purpose', () => {
    const text = format.write([{ usageType: 'SignIn', template: '' }]);
    expect(missingMembers(mailgun, text)).toEqual(['deliveries.SignIn.template']);
  });

  it('values by names are lines, of which one without a name says nothing yet', () => {
    expect(fromLines('brand=Acme\n\nteam\nurl=https://a.example/?b=c')).toEqual({
      brand: 'Acme',
      url: 'https://a.example/?b=c',
    });
    expect(toLines({ brand: 'Acme', team: '' })).toBe('brand=Acme\nteam=');
  });
});

describe('withMember', () => {
  it('keeps members that have no field, and leaves an emptied one out', () => {
    const before = { usageType: 'SignIn', subject: 'Code', own: { a: 1 } } as const;
    expect(withMember(before, 'content', 'x')).toEqual({ ...before, content: 'x' });
    expect(withMember(before, 'subject', '')).toEqual({ usageType: 'SignIn', own: { a: 1 } });
  });
});

describe('memberText', () => {
  it('reads the format of connectors older than `contentType`, and HTML where none is said', () => {
    expect(memberText({ usageType: 'SignIn', type: 'text/plain' }, 'contentType')).toBe('text/plain');
    expect(memberText({ usageType: 'SignIn' }, 'contentType')).toBe('text/html');
  });
});

describe('missingMembers', () => {
  it('names what has to be filled in by its path', () => {
    const text = formatOf(email).write([
      { usageType: 'SignIn', subject: 'Code', content: 'x' },
      { usageType: 'Generic' },
    ]);
    expect(missingMembers(email, text)).toEqual(['templates.1.subject', 'templates.1.content']);
  });

  it('lets a member out whose example is empty', () => {
    expect(missingMembers(named, formatOf(named).write([{ usageType: 'Generic', templateCode: '1' }]))).toEqual([]);
  });
});
