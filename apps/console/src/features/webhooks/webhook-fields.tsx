import { eventNames } from '@latchkey/server/events';
import { MultiSelect, Switch, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { usePhrases } from '../../i18n/language.tsx';
import type { WebhookFormValues } from './webhook-form.ts';

const groupOf = (name: string) => (name.startsWith('Post') ? 'SignIn' : (name.split('.')[0] ?? ''));

/** The events under the object that they tell of. */
const eventGroups = [...new Set(eventNames.map(groupOf))].map((group) => ({
  group,
  items: eventNames.filter((name) => groupOf(name) === group).map((name) => ({ value: name, label: name })),
}));

/** Name, address, events and headers of a webhook. */
export function WebhookFields({ form }: { form: UseFormReturnType<WebhookFormValues> }) {
  const { webhooks: t, shell } = usePhrases();
  return (
    <>
      <TextInput label={t.name} required maxLength={256} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={t.url}
        description={t.urlHint}
        placeholder="https://example.com/webhooks"
        required
        {...form.getInputProps('url')}
      />
      <MultiSelect
        label={t.events}
        description={t.eventsHint}
        data={eventGroups}
        searchable
        required
        hidePickedOptions
        {...form.getInputProps('events')}
      />
      <Textarea
        label={`${t.headers} (${shell.form.optional})`}
        description={t.headersHint}
        autosize
        minRows={2}
        {...form.getInputProps('headers')}
      />
      <Switch label={t.enabled} {...form.getInputProps('enabled', { type: 'checkbox' })} />
    </>
  );
}
