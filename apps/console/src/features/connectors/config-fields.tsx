import type { ConnectorFormItem } from '@latchkey/server/contract';
import { MultiSelect, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { SecretInput } from '../../components/secret-input.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { InlineMarkup } from '../applications/guide/inline-markup.tsx';
import { type ConfigValue, type ConfigValues, isFieldShown } from './connector-config.ts';

type FieldProps<Value extends ConfigValue = ConfigValue> = {
  item: ConnectorFormItem;
  value: Value;
  error?: string;
  onChange: (value: Value) => void;
};

type Props = {
  items: readonly ConnectorFormItem[];
  values: ConfigValues;
  errors: Record<string, string>;
  onChange: (key: string, value: ConfigValue) => void;
};

/** The form of a connector's configuration, drawn from the items its factory declares. */
export function ConfigFields({ items, values, errors, onChange }: Props) {
  return items
    .filter((item) => isFieldShown(item, values))
    .map((item) => (
      <ConfigField
        key={item.key}
        item={item}
        value={values[item.key] ?? ''}
        error={errors[item.key]}
        onChange={(value) => onChange(item.key, value)}
      />
    ));
}

/** What a value is for; values and names of members stand in it as code. */
const describe = ({ description }: ConnectorFormItem) => description && <InlineMarkup text={description} />;

function ConfigField(props: FieldProps) {
  const { item, value, error, onChange } = props;
  const { label } = item;
  const description = describe(item);
  if (item.type === 'Switch') {
    return (
      <Switch
        label={label}
        description={description}
        checked={value === true}
        error={error}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (item.type === 'MultiSelect') {
    return (
      <MultiSelect
        label={label}
        description={description}
        required={item.required}
        data={item.selectItems.map(({ value: option }) => option)}
        value={Array.isArray(value) ? value : []}
        error={error}
        onChange={onChange}
      />
    );
  }
  return <TextField {...props} value={String(value)} />;
}

function TextField({ item, value, error, onChange }: FieldProps<string>) {
  const { connectors: t } = usePhrases();
  const shared = {
    label: item.label,
    description: describe(item),
    value,
    error,
    required: item.required,
    // Provider credentials are not the reader's own sign-in, so browsers should neither fill nor keep them.
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };

  if (item.type === 'Select') {
    const options = item.selectItems.map(({ value: option, title }) => ({ value: option, label: title }));
    return <NativeSelect {...shared} data={[{ value: '', label: t.fields.select }, ...options]} />;
  }
  if (item.type === 'MultilineText' || item.type === 'Json') {
    return (
      <Textarea {...shared} placeholder={item.placeholder} rows={5} styles={{ input: { fontFamily: 'monospace' } }} />
    );
  }
  if (item.isConfidential)
    return <SecretInput {...shared} placeholder={item.placeholder} autoComplete="new-password" />;
  return (
    <TextInput {...shared} placeholder={item.placeholder} inputMode={item.type === 'Number' ? 'decimal' : undefined} />
  );
}
