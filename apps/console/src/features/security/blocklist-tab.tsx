import { Switch } from '@mantine/core';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { SettingsForm } from '../sign-in-experience/settings-form.tsx';
import { LinesField } from './lines-field.tsx';

const toggles = [
  ['blockDisposableAddresses', 'disposable'],
  ['blockSubaddressing', 'subaddressing'],
] as const;

const lists = [
  ['customBlocklist', 'block'],
  ['customAllowlist', 'allow'],
] as const;

/** Which e-mail addresses nobody may register with. */
export function BlocklistTab() {
  const { blocklist: t } = usePhrases().security;
  return (
    <SettingsForm>
      {({ settings: { emailBlocklistPolicy: policy }, onChange }) => (
        <Section title={t.title} description={t.lead}>
          {toggles.map(([field, text]) => (
            <Switch
              key={field}
              label={t[text]}
              description={t[`${text}Hint`]}
              checked={policy[field] === true}
              onChange={({ currentTarget }) =>
                onChange({ emailBlocklistPolicy: { ...policy, [field]: currentTarget.checked } })
              }
            />
          ))}
          {lists.map(([field, text]) => (
            <LinesField
              key={field}
              label={t[text]}
              description={t[`${text}Hint`]}
              value={policy[field] ?? []}
              onChange={(lines) => onChange({ emailBlocklistPolicy: { ...policy, [field]: lines } })}
            />
          ))}
        </Section>
      )}
    </SettingsForm>
  );
}
