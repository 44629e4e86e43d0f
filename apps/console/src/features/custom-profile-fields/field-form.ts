import type { CreateField, CustomProfileField, FieldType } from '@latchkey/server/contract';

/** Kinds of questions, in the order in which they are offered. */
export const fieldTypes = [
  'Text',
  'Number',
  'Date',
  'Checkbox',
  'Select',
  'Url',
  'Regex',
  'Fullname',
  'Address',
] as const satisfies FieldType[];

const partNames = {
  Fullname: ['givenName', 'middleName', 'familyName'],
  Address: ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'],
} as const;
export type PartName = (typeof partNames)['Fullname' | 'Address'][number];

/** Formats of dates that are offered; another one is written by hand. */
export const dateFormats = ['yyyy-MM-dd', 'dd/MM/yyyy', 'MM/dd/yyyy', 'yyyy/MM/dd', 'dd.MM.yyyy'] as const;

/** A field as it is edited: what its type does not use is left alone, so that changing the type loses nothing. */
export type FieldDraft = {
  type: FieldType;
  name: string;
  label: string;
  description: string;
  required: boolean;
  placeholder: string;
  /** Shortest and longest text, or smallest and largest number. */
  min: number | string;
  max: number | string;
  format: string;
  pattern: string;
  ticked: boolean;
  options: { value: string; label: string }[];
  parts: { name: PartName; enabled: boolean; required: boolean; label: string }[];
};

const isWhole = (type: FieldType): type is 'Fullname' | 'Address' => type === 'Fullname' || type === 'Address';

/** The parts of a full name or an address, those that are used as they are kept. */
export function partsOf(type: FieldType, existing: CustomProfileField | undefined): FieldDraft['parts'] {
  if (!isWhole(type)) return [];
  return partNames[type].map((name) => {
    const kept = existing?.config.parts?.find((part) => part.name === name);
    const usual = name !== 'middleName' && name !== 'formatted';
    return {
      name,
      enabled: existing ? kept?.enabled === true : usual,
      required: kept?.required ?? false,
      label: kept?.label ?? '',
    };
  });
}

export function toFieldDraft(existing: CustomProfileField | undefined): FieldDraft {
  const config = existing?.config ?? {};
  const type = existing?.type ?? 'Text';
  return {
    type,
    name: existing?.name ?? '',
    label: existing?.label ?? '',
    description: existing?.description ?? '',
    required: existing?.required ?? false,
    placeholder: config.placeholder ?? '',
    min: (type === 'Number' ? config.minValue : config.minLength) ?? '',
    max: (type === 'Number' ? config.maxValue : config.maxLength) ?? '',
    format: (config.format === 'Custom' ? config.customFormat : config.format) ?? dateFormats[0],
    pattern: type === 'Regex' ? (config.format ?? '') : '',
    ticked: config.defaultValue === 'true',
    options: (config.options ?? []).map(({ value, label = '' }) => ({ value, label })),
    parts: partsOf(type, existing),
  };
}

const numberOf = (value: number | string) => (value === '' ? undefined : Number(value));

/** The field as the server takes it. */
export function toField(draft: FieldDraft): CreateField {
  const { min, max } = draft;
  const placeholder = draft.placeholder.trim() || undefined;
  const common = {
    name: draft.name.trim(),
    label: draft.label.trim() || undefined,
    description: draft.description.trim() || undefined,
    required: draft.required,
  };
  switch (draft.type) {
    case 'Text':
      return { ...common, type: 'Text', config: { placeholder, minLength: numberOf(min), maxLength: numberOf(max) } };
    case 'Number':
      return { ...common, type: 'Number', config: { placeholder, minValue: numberOf(min), maxValue: numberOf(max) } };
    case 'Date': {
      const known = dateFormats.some((format) => format === draft.format);
      const format = known ? { format: draft.format } : { format: 'Custom', customFormat: draft.format };
      return { ...common, type: 'Date', config: { placeholder, ...format } };
    }
    case 'Checkbox':
      return {
        ...common,
        type: 'Checkbox',
        required: false,
        config: { defaultValue: draft.ticked ? 'true' : 'false' },
      };
    case 'Select': {
      const options = draft.options
        .filter(({ value }) => value.trim() !== '')
        .map(({ value, label }) => ({ value: value.trim(), ...(label.trim() && { label: label.trim() }) }));
      return { ...common, type: 'Select', config: { placeholder, options } };
    }
    case 'Url':
      return { ...common, type: 'Url', config: { placeholder } };
    case 'Regex':
      return { ...common, type: 'Regex', config: { placeholder, format: draft.pattern } };
    case 'Fullname':
      return { ...common, type: 'Fullname', config: { parts: partsFor(draft, partNames.Fullname) } };
    case 'Address':
      return { ...common, type: 'Address', config: { parts: partsFor(draft, partNames.Address) } };
  }
}

const partsFor = <Name extends PartName>({ parts }: FieldDraft, names: readonly Name[]) =>
  names.flatMap((name) => {
    const part = parts.find((candidate) => candidate.name === name);
    if (!part) return [];
    const { enabled, required, label } = part;
    return [{ name, enabled, required: enabled && required, type: 'Text' as const, label: label.trim() || undefined }];
  });
