import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { PreviewPageName } from './preview-pages.ts';
import type { SettingsTabProps } from './settings-tab.types.ts';

/** Pages that have something to say to most people; others have text when it was set by the API. */
const usualPages: Readonly<Record<string, PreviewPageName>> = {
  '/sign-in': 'sign-in',
  '/sign-in/password': 'enter-password',
  '/verification-code': 'enter-code',
  '/register': 'register',
  '/forgot-password': 'forgot-password',
  '/consent': 'consent',
};

/** The server's limit. */
const maxLength = 16_384;

/** Text of the tenant's own below the form of a page. */
export function OwnContent({ settings, onChange }: SettingsTabProps) {
  const { content: t, preview } = usePhrases().signInExperience;
  const { ownContent } = settings;
  const [path, setPath] = useState('/sign-in');
  const nameOf = (each: string) => {
    const page = usualPages[each];
    const name = page ? preview.pages[page] : each;
    return ownContent[each] ? t.ownContentWritten({ page: name }) : name;
  };

  function write(html: string) {
    const { [path]: _before, ...others } = ownContent;
    onChange({ ownContent: html ? { ...others, [path]: html } : others });
  }

  return (
    <Section title={t.ownContent} description={t.ownContentLead}>
      <NativeSelect
        label={t.ownContentPage}
        maw={360}
        value={path}
        data={[...new Set([...Object.keys(usualPages), ...Object.keys(ownContent)])].map((value) => ({
          value,
          label: nameOf(value),
        }))}
        onChange={({ currentTarget }) => setPath(currentTarget.value)}
      />
      <Textarea
        label={t.ownContentHtml}
        description={t.ownContentHint}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={maxLength}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={ownContent[path] ?? ''}
        onChange={({ currentTarget }) => write(currentTarget.value)}
      />
    </Section>
  );
}
