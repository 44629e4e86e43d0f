import { fillPhrase } from '@latchkey/phrases/sign-in';
import type { FormError, ProfileField } from '@latchkey/server/contract';
import type { InputHTMLAttributes } from 'preact';
import { fieldErrors } from '../form-errors.ts';
import { usePage } from '../page-context.ts';
import { FieldErrors } from './field-errors.tsx';

type Part = NonNullable<ProfileField['config']['parts']>[number];

/** One thing to fill in: a field, or a part of an address or a full name. */
interface Line {
  /** Name of the input. */
  name: string;
  type: ProfileField['type'];
  label: string;
  description: string | null | undefined;
  required: boolean;
  config: NonNullable<Part['config']>;
}

/** The prefix that keeps a tenant's own names apart from ours. */
const nameOf = (...path: string[]) => ['profile', ...path].join('.');

const enabledParts = ({ config }: ProfileField): Part[] => (config.parts ?? []).filter(({ enabled }) => enabled);

/** Names of the inputs that a field is made of. */
export function inputNames(field: ProfileField): string[] {
  if (field.type !== 'Address' && field.type !== 'Fullname') return [nameOf(field.name)];
  return enabledParts(field).map((part) => nameOf(field.name, part.name));
}

/** Names that browsers and password managers know what to fill in for (HTML, autofill field names). */
const autofill: Record<string, string> = {
  name: 'name',
  nickname: 'nickname',
  givenName: 'given-name',
  middleName: 'additional-name',
  familyName: 'family-name',
  streetAddress: 'street-address',
  locality: 'address-level2',
  region: 'address-level1',
  postalCode: 'postal-code',
  country: 'country-name',
  birthdate: 'bday',
  gender: 'sex',
  website: 'url',
};

interface InputProps {
  line: Line;
  value: string | undefined;
  isInvalid: boolean;
  focus: boolean;
}

function Options({ line, value }: Pick<InputProps, 'line' | 'value'>) {
  const { field } = usePage().phrases;
  return (
    <>
      <option value="">{line.config.placeholder ?? field.choose}</option>
      {(line.config.options ?? []).map((option) => (
        <option key={option.value} value={option.value} selected={option.value === value}>
          {option.label ?? option.value}
        </option>
      ))}
    </>
  );
}

/** The browser's own kind of field, and what it can check before the server does. */
function kindOf({ type, config }: Line): InputHTMLAttributes<HTMLInputElement> {
  const { minValue: min, maxValue: max, minLength, maxLength } = config;
  switch (type) {
    case 'Number':
      return { type: 'number', min, max, step: 'any', inputMode: 'decimal' };
    case 'Date':
      return { type: 'date' };
    case 'Url':
      return { type: 'url' };
    default:
      return { type: 'text', minLength, maxLength };
  }
}

function Input({ line, value, isInvalid, focus }: InputProps) {
  const { phrases } = usePage();
  const shared = {
    id: line.name,
    name: line.name,
    required: line.required,
    autofocus: focus,
    'data-required-message': phrases.formErrors['form.required'],
    'aria-invalid': isInvalid ? ('true' as const) : undefined,
    'aria-describedby': `${line.name}-error${line.description ? ` ${line.name}-hint` : ''}`,
  };
  if (line.type === 'Select') {
    return (
      <select class="lk-input lk-select" {...shared}>
        <Options line={line} value={value ?? line.config.defaultValue} />
      </select>
    );
  }
  return (
    <input
      class="lk-input"
      {...kindOf(line)}
      value={value ?? line.config.defaultValue}
      placeholder={line.config.placeholder}
      autocomplete={autofill[line.name.split('.').at(-1) ?? ''] ?? 'off'}
      {...shared}
    />
  );
}

function Box({ line, value }: Pick<InputProps, 'line' | 'value'>) {
  return (
    <div class="lk-field">
      <label class="lk-checkbox">
        <input
          type="checkbox"
          id={line.name}
          name={line.name}
          value="true"
          checked={(value ?? line.config.defaultValue) === 'true'}
          aria-describedby={`${line.name}-error`}
        />
        <span>{line.label}</span>
      </label>
      <FieldErrors field={line.name} messages={[]} />
    </div>
  );
}

function ProfileLine({ line, value, errors, focus }: Omit<InputProps, 'isInvalid'> & { errors: readonly FormError[] }) {
  const { phrases } = usePage();
  if (line.type === 'Checkbox') return <Box line={line} value={value} />;
  const messages = fieldErrors(phrases, errors, line.name);
  return (
    <div class="lk-field">
      <label class="lk-label" for={line.name}>
        {line.required ? line.label : fillPhrase(phrases.field.optional, { label: line.label })}
      </label>
      {line.description && (
        <p class="lk-hint" id={`${line.name}-hint`}>
          <bdi>{line.description}</bdi>
        </p>
      )}
      <Input line={line} value={value} isInvalid={messages.length > 0} focus={focus} />
      <FieldErrors field={line.name} messages={messages} />
    </div>
  );
}

interface ProfileFieldsProps {
  fields: readonly ProfileField[];
  /** What was typed before, by input. */
  values: Readonly<Record<string, string>>;
  errors: readonly FormError[];
  /** Name of the input that the focus belongs to. */
  first: string | undefined;
}

/** What the tenant wants to know beside the standard things: its words, its order. */
export function ProfileFields({ fields, values, errors, first }: ProfileFieldsProps) {
  const draw = (line: Line) => (
    <ProfileLine key={line.name} line={line} value={values[line.name]} errors={errors} focus={first === line.name} />
  );
  return (
    <>
      {fields.map((field) => {
        if (field.type !== 'Address' && field.type !== 'Fullname') {
          return draw({ ...field, name: nameOf(field.name) });
        }
        return (
          <fieldset class="lk-fieldset" key={field.name}>
            <legend>{field.label}</legend>
            {field.description && (
              <p class="lk-hint">
                <bdi>{field.description}</bdi>
              </p>
            )}
            {enabledParts(field).map((part) =>
              draw({
                name: nameOf(field.name, part.name),
                type: part.type,
                label: part.label ?? part.name,
                description: part.description,
                required: part.required,
                config: part.config ?? {},
              }),
            )}
          </fieldset>
        );
      })}
    </>
  );
}
