import type { CheckedField, EditedSettings } from './sign-in-settings.ts';

/** What each tab of the page gets: the settings as edited, and the text to show at each wrong field. */
export type SettingsTabProps = {
  settings: EditedSettings;
  errors: Partial<Record<CheckedField, string>>;
  onChange: (changes: Partial<EditedSettings>) => void;
};
