import type { ConnectorFormItem } from '@latchkey/server/contract';
import { MultiSelect, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { SecretInput } from '../../components/secret-input.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { InlineMarkup } from '../applications/guide/inline-markup.tsx';
import { AdvancedFields } from './advanced-fields.tsx';
import { type ConfigValue, type ConfigValues, isFieldShown, toFieldValues } from './connector-config.ts';
import { templateFormat } from './connector-templates.ts';
import { TemplatesField } from './templates-field.tsx';

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

/**
 * The form of a connector's configuration, drawn from the items its factory declares.
 * What few need is folded away, until it is wrong or has been set.
 */
export function ConfigFields({ items, values, errors, onChange }: Props) {
  const shown = items.filter((item) => isFieldShown(item, values));
  const advanced = shown.filter(({ isAdvanced }) => isAdvanced);
  const draw = (item: ConnectorFormItem) => (
    <AnyField
      key={item.key}
      item={item}
      value={values[item.key] ?? ''}
      errors={errors}
      onChange={(value) => onChange(item.key, value)}
    />
  );
  return (
    <>
      {shown.filter(({ isAdvanced }) => !isAdvanced).map(draw)}
      {advanced.length > 0 && (
        <AdvancedFields openAtFirst={isAnySet(advanced, values)} isWrong={advanced.some(({ key }) => key in errors)}>
          {advanced.map(draw)}
        </AdvancedFields>
      )}
    </>
  );
}

/** Whether any field holds something else than it would in a new form. */
function isAnySet(items: readonly ConnectorFormItem[], values: ConfigValues): boolean {
  const fresh = toFieldValues(items);
  return items.some(({ key }) => JSON.stringify(values[key]) !== JSON.stringify(fresh[key]));
}

function AnyField({ errors, ...field }: Omit<FieldProps, 'error'> & Pick<Props, 'errors'>) {
  const { item, value, onChange } = field;
  const format = templateFormat(item);
  const templates = format?.read(String(value));
  if (!format || !templates) return <ConfigField {...field} error={errors[item.key]} />;
  return <TemplatesField item={item} format={format} templates={templates} errors={errors} onChange={onChange} />;
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
