import { ColorInput, Input, SegmentedControl, SimpleGrid } from '@mantine/core';
import { CodeField } from '../../components/code-field.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { ImageField } from './image-field.tsx';
import { imageFields, type OverrideValues } from './override-form.ts';

type Props = {
  values: OverrideValues;
  /** The message at each field that cannot be saved. */
  errors: Partial<Record<string, unknown>>;
  onChange: (changes: Partial<OverrideValues>) => void;
};

const darkModes = ['tenant', 'on', 'off'] as const;

/** Colours of the sign-in pages for one application or organization. */
export function OverrideColours({ values, errors, onChange }: Props) {
  const { branding: t } = usePhrases().signInExperience;
  const { override } = usePhrases().applicationTabs;
  return (
    <Section title={t.colours} description={override.coloursHint}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(['primaryColor', 'darkPrimaryColor'] as const).map((field) => (
          <ColorInput
            key={field}
            label={t[field]}
            placeholder={override.asTenant}
            value={values[field]}
            error={errors[field] as string | undefined}
            eyeDropperButtonProps={{ 'aria-label': t.pickColour({ label: t[field] }) }}
            onChange={(color) => onChange({ [field]: color })}
          />
        ))}
      </SimpleGrid>
      <Input.Wrapper label={t.darkMode} labelElement="div">
        <div>
          <SegmentedControl
            aria-label={t.darkMode}
            data={darkModes.map((value) => ({ value, label: override.darkModes[value] }))}
            value={values.darkMode}
            onChange={(darkMode) => onChange({ darkMode: darkMode as OverrideValues['darkMode'] })}
          />
        </div>
      </Input.Wrapper>
    </Section>
  );
}

type LogosProps = Props & { fields?: readonly (typeof imageFields)[number][]; hint?: string };

/** Logos of the pages for one application or organization. */
export function OverrideLogos({ values, errors, fields = imageFields, hint, onChange }: LogosProps) {
  const { branding: t } = usePhrases().signInExperience;
  return (
    <Section title={t.logos} description={hint ?? t.logosLead}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        {fields.map((field) => (
          <ImageField
            key={field}
            label={t[field]}
            value={values[field]}
            error={errors[field] as string | undefined}
            onDark={field === 'darkLogoUrl' || field === 'darkFavicon'}
            onChange={(url) => onChange({ [field]: url })}
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}

/** Style rules in place of the tenant's. */
export function OverrideCss({ values, onChange }: Omit<Props, 'errors'>) {
  const { branding: t } = usePhrases().signInExperience;
  const { override } = usePhrases().applicationTabs;
  return (
    <Section title={t.css} description={override.cssHint}>
      <CodeField
        bare
        language="css"
        label={t.cssLabel}
        value={values.customCss}
        onChange={(customCss) => onChange({ customCss })}
      />
    </Section>
  );
}
