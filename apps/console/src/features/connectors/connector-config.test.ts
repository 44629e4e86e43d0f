import type { ConnectorFormItem } from '@latchkey/server/contract';
import { describe, expect, it } from 'vitest';
import { findProblems, isFieldShown, toConfig, toFieldValues } from './connector-config.ts';

const items: ConnectorFormItem[] = [
  { key: 'clientId', type: 'Text', label: 'Client id', required: true },
  { key: 'retries', type: 'Number', label: 'Retries' },
  { key: 'signed', type: 'Switch', label: 'Signed', defaultValue: true },
  {
    key: 'algorithm',
    type: 'Select',
    label: 'Algorithm',
    required: true,
    selectItems: [{ value: 'rsa', title: 'RSA' }],
    showConditions: [{ targetKey: 'signed', expectValue: true }],
  },
  { key: 'prompts', type: 'MultiSelect', label: 'Prompts', selectItems: [{ value: 'login' }] },
  { key: 'extra', type: 'Json', label: 'Extra' },
];

describe('toFieldValues', () => {
  it('takes defaults where nothing is stored', () => {
    expect(toFieldValues(items)).toEqual({
      clientId: '',
      retries: '',
      signed: true,
      algorithm: '',
      prompts: [],
      extra: '',
    });
  });

  it('shows stored values as text', () => {
    const values = toFieldValues(items, { retries: 3, signed: false, prompts: ['login'], extra: { a: 1 } });
    expect(values).toMatchObject({ retries: '3', signed: false, prompts: ['login'], extra: '{\n  "a": 1\n}' });
  });
});

describe('toConfig', () => {
  it('gives back what was stored', () => {
    const stored = {
      clientId: 'id',
      retries: 3,
      signed: true,
      algorithm: 'rsa',
      prompts: ['login'],
      extra: { a: [1] },
    };
    expect(toConfig(items, toFieldValues(items, stored), stored)).toEqual(stored);
  });

  it('leaves out empty fields and fields that do not apply, and trims', () => {
    const values = { ...toFieldValues(items), clientId: ' id ', signed: false, algorithm: 'rsa' };
    expect(toConfig(items, values)).toEqual({ clientId: 'id', signed: false });
  });

  it('keeps stored keys that have no field', () => {
    const stored = { clientId: 'id', timeout: 5 };
    expect(toConfig(items, { ...toFieldValues(items, stored), clientId: 'new' }, stored)).toMatchObject({
      clientId: 'new',
      timeout: 5,
    });
  });
});

describe('findProblems', () => {
  it('names missing, unreadable and non-numeric values', () => {
    const values = { ...toFieldValues(items), retries: 'three', extra: '{' };
    expect(findProblems(items, values)).toEqual({
      clientId: 'required',
      retries: 'number',
      algorithm: 'required',
      extra: 'json',
    });
  });

  it('says nothing about fields that do not apply', () => {
    const values = { ...toFieldValues(items), clientId: 'id', signed: false };
    expect(findProblems(items, values)).toEqual({});
    expect(items.filter((item) => isFieldShown(item, values)).map(({ key }) => key)).not.toContain('algorithm');
  });
});

describe('members of members', () => {
  const nested: ConnectorFormItem[] = [
    {
      key: 'auth.type',
      type: 'Select',
      label: 'Kind',
      selectItems: [{ value: 'login', title: 'Login' }],
      defaultValue: 'login',
    },
    {
      key: 'auth.user',
      type: 'Text',
      label: 'User',
      showConditions: [{ targetKey: 'auth.type', expectValue: ['login', 'oauth2'] }],
    },
    {
      key: 'auth.pass',
      type: 'Text',
      label: 'Password',
      showConditions: [{ targetKey: 'auth.type', expectValue: 'login' }],
    },
  ];

  it('are read from where they are kept, and put together again', () => {
    const config = { auth: { type: 'login', user: 'hana', pass: 'secret' } };
    const values = toFieldValues(nested, config);
    expect(values).toEqual({ 'auth.type': 'login', 'auth.user': 'hana', 'auth.pass': 'secret' });
    expect(toConfig(nested, values, config)).toEqual(config);
  });

  it('that do not apply are left out', () => {
    const values = { 'auth.type': 'oauth2', 'auth.user': 'hana', 'auth.pass': 'secret' };
    expect(toConfig(nested, values)).toEqual({ auth: { type: 'oauth2', user: 'hana' } });
  });
});
