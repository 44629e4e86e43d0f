import { ActionIcon, Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { freeClaims, type SamlFormValues } from './saml-form.ts';

/** Which claims an assertion tells, and what the service provider calls each. */
export function AttributeMappingSection({ form }: { form: UseFormReturnType<SamlFormValues> }) {
  const { samlApplications: t } = usePhrases();
  const { attributes } = form.values;
  const [next] = freeClaims(form.values);
  return (
    <Section
      title={t.attributes}
      description={t.attributesHint}
      actions={
        next && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => form.insertListItem('attributes', { claim: next, name: next })}
          >
            {t.addAttribute}
          </Button>
        )
      }
    >
      {attributes.length === 0 && (
        <Text size="sm" className="quiet">
          {t.noAttributes}
        </Text>
      )}
      {attributes.map(({ claim }, index) => (
        <Group key={claim} gap="sm" wrap="nowrap" align="flex-start">
          <NativeSelect
            flex={1}
            miw={0}
            aria-label={t.claim}
            data={[claim, ...freeClaims(form.values)]}
            {...form.getInputProps(`attributes.${index}.claim`)}
          />
          <TextInput
            flex={1}
            miw={0}
            aria-label={t.attributeOf({ claim })}
            maxLength={512}
            {...form.getInputProps(`attributes.${index}.name`)}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            size="input-sm"
            aria-label={t.removeAttribute({ claim })}
            onClick={() => form.removeListItem('attributes', index)}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
    </Section>
  );
}
