import { expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const path = '/api/custom-profile-fields';
const text = (name: string) => ({ name, type: 'Text', label: name, required: true, config: { maxLength: 20 } });
const names = async (): Promise<string[]> =>
  (await app.api('GET', path)).body.map(({ name }: { name: string }) => name);

test('201 adds fields at the end of the catalogue', async () => {
  const answer = await app.api('POST', path, text('company'));
  expect(answer).toMatchObject({
    status: 201,
    body: { tenantId: 'default', name: 'company', type: 'Text', description: null, required: true, sieOrder: 1 },
  });
  expect(answer.body.config).toEqual({ maxLength: 20 });
  const more = await app.api('POST', `${path}/batch`, [
    { name: 'plan', type: 'Select', required: false, config: { options: [{ value: 'free' }, { value: 'paid' }] } },
    { name: 'address', type: 'Address', required: true, config: { parts: [part('country')] } },
  ]);
  expect(more.status).toBe(201);
  expect(await names()).toEqual(['company', 'plan', 'address']);
  expect((await app.api('GET', `${path}/plan`)).body.label).toBe('plan');
});

const part = (name: string, more: object = {}) => ({ enabled: true, name, type: 'Text', required: true, ...more });

test('422 for a name that is taken, and then none of a batch is there', async () => {
  expect(await app.api('POST', `${path}/batch`, [text('team'), text('company')])).toMatchObject({
    status: 422,
    body: { code: 'custom_profile_fields.name_exists' },
  });
  expect(await names()).not.toContain('team');
});

test.each([
  [text(' '), 'name_required'],
  [text('first name'), 'invalid_name'],
  [text('__proto__'), 'invalid_name'],
  [text('username'), 'name_conflict_sign_in_identifier'],
  [text('customData'), 'name_conflict_built_in_prop'],
  [text('address'), 'name_conflict_built_in_prop'],
  [text('constructor'), 'name_conflict_custom_data'],
  [{ ...text('a'), config: { minLength: 5, maxLength: 4 } }, 'invalid_min_max_input'],
  [{ ...text('a'), type: 'Number', config: { minValue: 5, maxValue: 4 } }, 'invalid_min_max_input'],
  [{ ...text('a'), type: 'Select', config: { options: [] } }, 'invalid_options'],
  [{ ...text('a'), type: 'Select', config: { options: [{ value: 'x' }, { value: 'x' }] } }, 'invalid_options'],
  [{ ...text('a'), type: 'Regex', config: { format: '(' } }, 'invalid_regex_format'],
  [{ ...text('a'), type: 'Address', config: { parts: [] } }, 'invalid_address_parts'],
  [
    { ...text('a'), type: 'Fullname', config: { parts: [part('givenName'), part('givenName')] } },
    'invalid_fullname_parts',
  ],
  [
    { ...text('a'), type: 'Fullname', config: { parts: [part('givenName', { type: 'Address' })] } },
    'invalid_sub_component_type',
  ],
])('400 for %j', async (body, code) => {
  expect(await app.api('POST', path, body)).toMatchObject({
    status: 400,
    body: { code: `custom_profile_fields.${code}` },
  });
});

test('400 guard.invalid_input for a required checkbox and for an unknown type', async () => {
  for (const body of [
    { ...text('a'), type: 'Checkbox', config: undefined },
    { ...text('a'), type: 'Colour' },
  ]) {
    expect(await app.api('POST', path, body)).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
  }
});

test('200 replaces everything but the name and the place', async () => {
  const answer = await app.api('PUT', `${path}/company`, { type: 'Url', required: false });
  expect(answer).toMatchObject({ status: 200, body: { name: 'company', type: 'Url', label: 'company', sieOrder: 1 } });
  expect(answer.body.config).toEqual({});
  expect((await app.api('PUT', `${path}/nothing`, { type: 'Url', required: false })).status).toBe(404);
});

test('200 orders; 400 for two in one place and for unknown names', async () => {
  const order = (...entries: [string, number][]) =>
    app.api('POST', `${path}/properties/sie-order`, {
      order: entries.map(([name, sieOrder]) => ({ name, sieOrder })),
    });
  expect((await order(['address', 1], ['company', 2], ['plan', 3])).status).toBe(200);
  expect(await names()).toEqual(['address', 'company', 'plan']);
  expect((await order(['plan', 2])).body.code).toBe('custom_profile_fields.conflicted_sie_order');
  expect((await order(['nothing', 9])).body.code).toBe('custom_profile_fields.entity_not_exists_with_names');
  expect(await names()).toEqual(['address', 'company', 'plan']);
});

test('204 deletes, and 404 afterwards', async () => {
  expect((await app.api('DELETE', `${path}/plan`)).status).toBe(204);
  expect((await app.api('GET', `${path}/plan`)).status).toBe(404);
  expect((await app.api('DELETE', `${path}/plan`)).status).toBe(404);
});
