import { Button, ColorInput, Group, SimpleGrid, Stack, Switch } from '@mantine/core';
import { CodeField } from '../../components/code-field.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { deriveDarkColor } from './dark-color.ts';
import { ImageField } from './image-field.tsx';
import { OwnPages } from './own-pages.tsx';
import type { SettingsTabProps } from './settings-tab.types.ts';

const suggestedColors = ['#0b5d4d', '#1d4ed8', '#6d28d9', '#be185d', '#c2410c', '#4d7c0f', '#0f172a'];

/** Colours, logos and style rules of the sign-in pages. */
export function BrandingTab(props: SettingsTabProps) {
  return (
    <Stack gap="lg">
      <Colours {...props} />
      <Logos {...props} />
      <CustomCss {...props} />
      <OwnPages {...props} />
    </Stack>
  );
}

function Colours({ settings, errors, onChange }: SettingsTabProps) {
  const { branding: t } = usePhrases().signInExperience;
  return (
    <Section title={t.colours} description={t.coloursLead}>
      <ColorInput
        label={t.primaryColor}
        value={settings.primaryColor}
        error={errors.primaryColor}
        swatches={suggestedColors}
        eyeDropperButtonProps={{ 'aria-label': t.pickColour({ label: t.primaryColor }) }}
        onChange={(primaryColor) => onChange({ primaryColor })}
        maw={280}
      />
      <Switch
        label={t.darkMode}
        description={t.darkModeHint}
        checked={settings.isDarkModeEnabled}
        onChange={(event) => onChange({ isDarkModeEnabled: event.currentTarget.checked })}
      />
      {settings.isDarkModeEnabled && (
        <Group align="flex-end" gap="sm">
          <ColorInput
            label={t.darkPrimaryColor}
            value={settings.darkPrimaryColor}
            error={errors.darkPrimaryColor}
            eyeDropperButtonProps={{ 'aria-label': t.pickColour({ label: t.darkPrimaryColor }) }}
            onChange={(darkPrimaryColor) => onChange({ darkPrimaryColor })}
            w={280}
            maw="100%"
          />
          <Button
            variant="default"
            disabled={errors.primaryColor !== undefined}
            onClick={() => onChange({ darkPrimaryColor: deriveDarkColor(settings.primaryColor.trim()) })}
          >
            {t.derive}
          </Button>
        </Group>
      )}
    </Section>
  );
}

function Logos({ settings, errors, onChange }: SettingsTabProps) {
  const { branding: t } = usePhrases().signInExperience;
  const fields = settings.isDarkModeEnabled
    ? (['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const)
    : (['logoUrl', 'favicon'] as const);
  return (
    <Section title={t.logos} description={t.logosLead}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        {fields.map((field) => (
          <ImageField
            key={field}
            label={t[field]}
            value={settings[field]}
            error={errors[field]}
            onDark={field === 'darkLogoUrl' || field === 'darkFavicon'}
            onChange={(url) => onChange({ [field]: url })}
          />
        ))}
      </SimpleGrid>
      <Switch
        label={t.hideBranding}
        checked={settings.hideBranding}
        onChange={({ currentTarget }) => onChange({ hideBranding: currentTarget.checked })}
      />
    </Section>
  );
}

function CustomCss({ settings, onChange }: SettingsTabProps) {
  const { branding: t } = usePhrases().signInExperience;
  return (
    <Section title={t.css} description={t.cssLead}>
      <CodeField
        bare
        language="css"
        label={t.cssLabel}
        value={settings.customCss}
        onChange={(customCss) => onChange({ customCss })}
      />
    </Section>
  );
}
