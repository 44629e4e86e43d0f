import {
  Autocomplete,
  Badge,
  Button,
  Grid,
  Group,
  NativeSelect,
  Skeleton,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { builtInLanguages, languageName } from '../sign-in-experience/built-in-texts.ts';
import { DraftPreview } from './draft-preview.tsx';
import { asTemplateType, templateTypes } from './message-types.ts';
import { TemplateVariables, useVariableInsertion } from './template-variables.tsx';
import {
  type Draft,
  type OwnTemplate,
  type TemplateChoice,
  useDeleteTemplates,
  useOwnTemplates,
  useSaveTemplate,
  useTemplatePreview,
} from './templates.queries.ts';

const languageTagPattern = /^[A-Za-z]{2,8}(-[A-Za-z\d]{1,8})*$/;

/** The texts of messages by channel, purpose and language, with a preview. */
export function TemplatesTab() {
  const { templates: t } = usePhrases().messages;
  const { language } = useLanguage();
  const [choice, setChoice] = useState<TemplateChoice>({
    channel: 'Email',
    templateType: 'SignIn',
    languageTag: language,
  });
  const own = useOwnTemplates(choice.channel);
  const existing = own.data?.find(
    ({ templateType, languageTag }) => templateType === choice.templateType && languageTag === choice.languageTag,
  );

  return (
    <Stack gap="lg">
      <Text size="sm" className="quiet">
        {t.lead}
      </Text>
      <ChoiceFields choice={choice} onChange={setChoice} own={own.data ?? []} />
      {own.isError && <FailureAlert error={own.error} onRetry={() => own.refetch()} />}
      {languageTagPattern.test(choice.languageTag) && own.isSuccess && (
        <TemplateEditor
          key={`${choice.channel} ${choice.templateType} ${choice.languageTag} ${existing?.id}`}
          choice={choice}
          existing={existing}
        />
      )}
    </Stack>
  );
}

type ChoiceProps = { choice: TemplateChoice; onChange: (choice: TemplateChoice) => void; own: OwnTemplate[] };

function ChoiceFields({ choice, onChange, own }: ChoiceProps) {
  const { templates: t, types: typeNames, channels } = usePhrases().messages;
  const inLanguage = own.filter(({ languageTag }) => languageTag === choice.languageTag).length;
  const languages = [...new Set([...builtInLanguages, ...own.map(({ languageTag }) => languageTag)])].toSorted();
  return (
    <Section title={t.existing}>
      <Group align="flex-start" gap="md">
        <NativeSelect
          label={t.channel}
          value={choice.channel}
          data={(['Email', 'Sms'] as const).map((value) => ({ value, label: channels[value] }))}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...choice, channel: value === 'Sms' ? 'Sms' : 'Email' })
          }
        />
        <NativeSelect
          flex="1 1 14rem"
          label={t.type}
          value={choice.templateType}
          data={templateTypes.map((value) => ({ value, label: typeNames[value] }))}
          onChange={({ currentTarget: { value } }) => {
            const templateType = asTemplateType(value);
            if (templateType) onChange({ ...choice, templateType });
          }}
        />
        <Autocomplete
          label={t.language}
          description={languageTagPattern.test(choice.languageTag) ? languageName(choice.languageTag) : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={languages}
          value={choice.languageTag}
          maxLength={16}
          error={!languageTagPattern.test(choice.languageTag) && t.languageHint}
          renderOption={({ option: { value } }) => (
            <span>
              {languageName(value)} <span className="quiet mono">{value}</span>
            </span>
          )}
          // All of them are offered, not only those that begin like the one that is chosen.
          filter={({ options }) => options}
          onChange={(languageTag) => onChange({ ...choice, languageTag: languageTag.trim() })}
        />
      </Group>
      {own.length === 0 ? (
        <Text size="sm" className="quiet">
          {t.none}
        </Text>
      ) : (
        <Group gap="xs">
          {own.map(({ id, templateType, languageTag }) => (
            <Button
              key={id}
              size="xs"
              variant={templateType === choice.templateType && languageTag === choice.languageTag ? 'light' : 'default'}
              onClick={() => onChange({ ...choice, templateType, languageTag })}
            >
              {typeNames[templateType]} · {languageTag}
            </Button>
          ))}
          {inLanguage > 1 && (
            <DeleteTemplates
              channel={choice.channel}
              of={{ languageTag: choice.languageTag }}
              label={t.resetAll({ language: languageName(choice.languageTag) })}
              title={t.resetAllTitle({ language: languageName(choice.languageTag) })}
              body={t.resetAllBody({ count: inLanguage })}
            />
          )}
        </Group>
      )}
    </Section>
  );
}

type EditorProps = { choice: TemplateChoice; existing?: OwnTemplate };

function TemplateEditor({ choice, existing }: EditorProps) {
  const inUse = useTemplatePreview(choice);
  if (inUse.isPending || inUse.isPlaceholderData) return <Skeleton height={320} />;
  if (inUse.isError) return <FailureAlert error={inUse.error} onRetry={() => inUse.refetch()} />;
  return <DraftEditor choice={choice} existing={existing} source={inUse.data.source} />;
}

function DraftEditor({ choice, existing, source }: EditorProps & { source: Draft }) {
  const { templates: t, types: typeNames } = usePhrases().messages;
  const [draft, setDraft] = useState(source);
  const save = useSaveTemplate(choice);
  const insertion = useVariableInsertion('content', ({ field, text }) =>
    setDraft((current) => ({ ...current, [field]: text })),
  );

  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Section
          title={typeNames[choice.templateType]}
          actions={
            <Badge variant="light" color={existing ? 'door' : 'gray'} tt="none">
              {existing ? t.own : t.builtIn}
            </Badge>
          }
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save.mutate(draft, { onSuccess: () => notifyDone(t.saved) });
            }}
          >
            <Stack>
              <Stack ref={insertion.container} onFocus={insertion.onFocus}>
                <DraftFields channel={choice.channel} draft={draft} onChange={setDraft} />
              </Stack>
              <TemplateVariables onPick={insertion.insert} />
              {save.isError && <FailureAlert error={save.error} />}
              <Group justify="space-between">
                {existing ? (
                  <DeleteTemplates
                    channel={choice.channel}
                    of={{ id: existing.id }}
                    label={t.reset}
                    title={t.resetTitle}
                    body={t.resetBody}
                  />
                ) : (
                  <span />
                )}
                <Button type="submit" loading={save.isPending}>
                  {t.save}
                </Button>
              </Group>
            </Stack>
          </form>
        </Section>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 6 }}>
        <Section title={t.preview}>
          <DraftPreview choice={choice} draft={draft} />
        </Section>
      </Grid.Col>
    </Grid>
  );
}

type FieldsProps = { channel: TemplateChoice['channel']; draft: Draft; onChange: (draft: Draft) => void };

function DraftFields({ channel, draft, onChange }: FieldsProps) {
  const { templates: t } = usePhrases().messages;
  const content = (
    <Textarea
      label={t.content}
      data-insertable="content"
      value={draft.content}
      required
      withAsterisk={false}
      rows={channel === 'Email' ? 14 : 4}
      styles={{ input: { fontFamily: 'monospace' } }}
      onChange={(event) => onChange({ ...draft, content: event.currentTarget.value })}
    />
  );
  if (channel === 'Sms') return content;
  return (
    <>
      <TextInput
        label={t.subject}
        data-insertable="subject"
        value={draft.subject}
        required
        withAsterisk={false}
        onChange={(event) => onChange({ ...draft, subject: event.currentTarget.value })}
      />
      <NativeSelect
        label={t.format}
        value={draft.contentType ?? 'text/html'}
        data={[
          { value: 'text/html', label: t.html },
          { value: 'text/plain', label: t.plain },
        ]}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...draft, contentType: value === 'text/plain' ? 'text/plain' : 'text/html' })
        }
      />
      {content}
      <TextInput
        label={t.sendFrom}
        description={t.sendFromHint}
        value={draft.sendFrom ?? ''}
        onChange={(event) => onChange({ ...draft, sendFrom: event.currentTarget.value || undefined })}
      />
      <TextInput
        label={t.replyTo}
        value={draft.replyTo ?? ''}
        onChange={(event) => onChange({ ...draft, replyTo: event.currentTarget.value || undefined })}
      />
    </>
  );
}

type DeleteProps = {
  channel: TemplateChoice['channel'];
  of: { id: string } | { languageTag: string };
  label: string;
  title: string;
  body: string;
};

function DeleteTemplates({ channel, of, label, title, body }: DeleteProps) {
  const { templates: t } = usePhrases().messages;
  const [asking, { open, close }] = useDisclosure();
  const remove = useDeleteTemplates(channel, () => {
    close();
    notifyDone('id' in of ? t.resetDone : t.resetAllDone);
  });
  return (
    <>
      <Button variant="subtle" color="red" onClick={open}>
        {label}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={title}
        confirmLabel={t.reset}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(of)}
        onClose={close}
      >
        {body}
      </ConfirmDialog>
    </>
  );
}
