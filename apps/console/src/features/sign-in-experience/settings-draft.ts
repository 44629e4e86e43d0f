import type { SignInExperience } from '@latchkey/server/contract';

type Settings = Omit<SignInExperience, 'tenantId' | 'id'>;

/** Settings as they would be when saved, what of them was edited, and the way to edit more. */
export type SettingsDraft = {
  settings: SignInExperience;
  edits: Partial<Settings>;
  onChange: (changes: Partial<Settings>) => void;
};

/** The edited fields that differ from what is stored. */
export function changesOf(stored: SignInExperience, edits: Partial<Settings>): Partial<Settings> {
  return Object.fromEntries(
    Object.entries(edits).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(stored[name as keyof Settings]),
    ),
  );
}
