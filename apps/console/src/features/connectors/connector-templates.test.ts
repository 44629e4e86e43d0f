import type { ConnectorFormItem } from '@latchkey/server/contract';
import { describe, expect, it } from 'vitest';
import {
  memberText,
  missingMembers,
  readTemplates,
  templateKind,
  templateMembers,
  withMember,
  writeTemplates,
} from './connector-templates.ts';

const itemOf = (example: object): ConnectorFormItem => ({
  key: 'templates',
  type: 'Json',
  label: 'Templates',
  placeholder: JSON.stringify([{ usageType: 'Generic', ...example }]),
});
const email = itemOf({ contentType: 'text/plain', subject: '…', content: '{{code}}' });
const named = itemOf({ templateCode: '100001', minutes: '' });

describe('templateMembers', () => {
  it.each([
    [email, 'Email'],
    [itemOf({ content: '{{code}}' }), 'Sms'],
    [named, 'Named'],
  ])('reads the fields of a row off the example', (item, kind) => {
    const members = templateMembers(item) ?? [];
    expect(members.length).toBeGreaterThan(0);
    expect(templateKind(members)).toBe(kind);
  });

  it('is undefined for any other item', () => {
    expect(templateMembers({ ...email, key: 'customHeaders' })).toBeUndefined();
    expect(templateMembers({ ...email, placeholder: '[ { "usageType"' })).toBeUndefined();
    expect(templateMembers({ ...email, type: 'Text' })).toBeUndefined();
  });
});

describe('readTemplates', () => {
  it('gives back what writeTemplates wrote', () => {
    const templates = [{ usageType: 'SignIn', subject: 'Code', content: '{{code}}' }] as const;
    expect(readTemplates(writeTemplates(templates))).toEqual(templates);
    expect(readTemplates(writeTemplates([]))).toEqual([]);
  });

  it.each(['{}', '[1]', '[{"usageType":"Nope"}]', '[{"usageType":"Generic"},{"usageType":"Generic"}]', '[{'])(
    'is undefined for %s, which no form could show',
    (text) => {
      expect(readTemplates(text)).toBeUndefined();
    },
  );
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
    const text = writeTemplates([{ usageType: 'SignIn', subject: 'Code', content: 'x' }, { usageType: 'Generic' }]);
    expect(missingMembers(email, text)).toEqual(['templates.1.subject', 'templates.1.content']);
  });

  it('lets a member out whose example is empty', () => {
    expect(missingMembers(named, writeTemplates([{ usageType: 'Generic', templateCode: '1' }]))).toEqual([]);
  });
});
