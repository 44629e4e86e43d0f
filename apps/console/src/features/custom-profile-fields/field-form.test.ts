import type { CreateField, CustomProfileField } from '@latchkey/server/contract';
import { describe, expect, it } from 'vitest';
import { partsOf, toField, toFieldDraft } from './field-form.ts';

const base = { name: 'team', label: 'Team', description: 'Your team', required: true };
const kept = ({ config = {}, ...field }: CreateField): CustomProfileField =>
  ({ tenantId: 'default', id: 'f', createdAt: 0, sieOrder: 1, ...field, config }) as CustomProfileField;

const fields: CreateField[] = [
  { ...base, type: 'Text', config: { placeholder: 'Owls', minLength: 2, maxLength: 20 } },
  { ...base, type: 'Number', config: { minValue: 0, maxValue: 9.5 } },
  { ...base, type: 'Date', config: { format: 'dd/MM/yyyy' } },
  { ...base, type: 'Date', config: { format: 'Custom', customFormat: 'yyyy MM dd' } },
  { ...base, type: 'Checkbox', required: false, config: { defaultValue: 'true' } },
  { ...base, type: 'Select', config: { options: [{ value: 'a', label: 'A' }, { value: 'b' }] } },
  { ...base, type: 'Url', config: { placeholder: 'https://' } },
  { ...base, type: 'Regex', config: { format: '[A-Z]{2}' } },
];

describe('a profile field as it is edited', () => {
  it.each(fields)('$type comes back as it was kept', (field) => {
    expect(JSON.parse(JSON.stringify(toField(toFieldDraft(kept(field)))))).toEqual(field);
  });

  it('a full name keeps which parts are used and which are required', () => {
    const draft = { ...toFieldDraft(undefined), ...base, type: 'Fullname' as const };
    const parts = partsOf('Fullname', undefined).map((part) => ({ ...part, required: part.name === 'familyName' }));
    const field = toField({ ...draft, parts });
    expect(field).toMatchObject({
      type: 'Fullname',
      config: {
        parts: [
          { name: 'givenName', enabled: true, required: false },
          { name: 'middleName', enabled: false, required: false },
          { name: 'familyName', enabled: true, required: true },
        ],
      },
    });
    expect(toFieldDraft(kept(field)).parts).toEqual(parts);
  });

  it('options without a value are left out', () => {
    const draft = { ...toFieldDraft(undefined), type: 'Select' as const, options: [{ value: ' ', label: 'none' }] };
    expect(toField(draft)).toMatchObject({ config: { options: [] } });
  });
});
