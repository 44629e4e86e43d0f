import { type ConsoleLanguage, consoleLanguages } from '@latchkey/phrases/console';
import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { startTransition } from 'react';
import { useLanguage, usePhrases } from '../i18n/language.tsx';

/** Switches the language of the Console. */
export function LanguageMenu() {
  const { shell: t } = usePhrases();
  const { language, setLanguage } = useLanguage();
  // A transition keeps the page in the old language until the new texts have arrived.
  const choose = (next: ConsoleLanguage) => startTransition(() => setLanguage(next));

  return (
    <Menu position="bottom-end" withArrow checkIcon={<IconCheck size={16} aria-hidden />}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t.language.label}>
          <IconLanguage size={20} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={language} onChange={(tag) => choose(tag as ConsoleLanguage)}>
          {Object.entries(consoleLanguages).map(([tag, name]) => (
            <Menu.RadioItem key={tag} value={tag} lang={tag} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
