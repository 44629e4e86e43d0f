import { Textarea, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';

/** What an application of any kind is called, and what it is for. `field` binds an input to the form. */
export function GeneralSection({ field }: { field: (name: 'name' | 'description') => GetInputPropsReturnType }) {
  const { applications, shell } = usePhrases();
  const t = applications.details;
  return (
    <Section title={t.general}>
      <TextInput label={t.name} required maxLength={256} {...field('name')} />
      <Textarea
        label={`${t.description} (${shell.form.optional})`}
        autosize
        minRows={2}
        maxLength={2048}
        {...field('description')}
      />
    </Section>
  );
}
