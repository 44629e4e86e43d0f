import { Badge, Button, Group, NativeSelect, Skeleton, Stack, Switch, Table, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { builtInLanguages, languageName } from './built-in-texts.ts';
import { useCustomPhrases, useDeleteCustomPhrases } from './content.queries.ts';
import { OwnContent } from './own-content.tsx';
import type { SettingsTabProps } from './settings-tab.types.ts';
import { flatten } from './texts.ts';
import { TextsEditor } from './texts-editor.tsx';

const policies = ['Automatic', 'ManualRegistrationOnly', 'Manual'] as const;

/** Languages, words and links of the sign-in pages. */
export function ContentTab(props: SettingsTabProps) {
  return (
    <Stack gap="lg">
      <Languages {...props} />
      <Terms {...props} />
      <OwnContent {...props} />
      <Support {...props} />
    </Stack>
  );
}

function Languages({ settings, onChange }: SettingsTabProps) {
  const { content: t } = usePhrases().signInExperience;
  const own = useCustomPhrases();
  const [edited, setEdited] = useState<string>();
  if (own.isError) return <FailureAlert error={own.error} onRetry={() => own.refetch()} />;
  if (!own.data) return <Skeleton height={1000} />;

  const ownTexts = new Map(own.data.map(({ languageTag, translation }) => [languageTag, translation]));
  const tags = [...new Set([...builtInLanguages, ...ownTexts.keys()])].toSorted();
  return (
    <Section title={t.languages} description={t.languagesLead}>
      <Switch
        label={t.autoDetect}
        description={t.autoDetectHint}
        checked={settings.autoDetectLanguage}
        onChange={({ currentTarget }) => onChange({ autoDetectLanguage: currentTarget.checked })}
      />
      <NativeSelect
        label={t.fallback}
        maw={360}
        value={settings.fallbackLanguage}
        data={tags.map((value) => ({ value, label: languageName(value) }))}
        onChange={({ currentTarget }) => onChange({ fallbackLanguage: currentTarget.value })}
      />
      <Table>
        <Table.Tbody>
          {tags.map((tag) => (
            <LanguageRow key={tag} tag={tag} own={ownTexts.get(tag) ?? {}} onEdit={() => setEdited(tag)} />
          ))}
        </Table.Tbody>
      </Table>
      <AddLanguage onAdd={setEdited} />
      {edited !== undefined && (
        <TextsEditor tag={edited} own={ownTexts.get(edited) ?? {}} onClose={() => setEdited(undefined)} />
      )}
    </Section>
  );
}

type RowProps = { tag: string; own: Record<string, unknown>; onEdit: () => void };

function LanguageRow({ tag, own, onEdit }: RowProps) {
  const { content: t } = usePhrases().signInExperience;
  const isBuiltIn = builtInLanguages.includes(tag);
  const changed = flatten(own).length;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <span>
            {languageName(tag)} <span className="quiet mono">{tag}</span>
          </span>
          {changed > 0 && <Badge variant="light">{t.changed({ count: changed })}</Badge>}
        </Group>
      </Table.Td>
      <Table.Td>
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onEdit}>
            {t.edit}
          </Button>
          {/* A language of one's own is there as long as its entry, even without a text. */}
          {(changed > 0 || !isBuiltIn) && <ResetLanguage tag={tag} isBuiltIn={isBuiltIn} />}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

const isTag = (text: string) => text.length <= 16 && /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(text);

function AddLanguage({ onAdd }: { onAdd: (tag: string) => void }) {
  const { content: t } = usePhrases().signInExperience;
  const [tag, setTag] = useState('');
  const isWrong = tag !== '' && !isTag(tag);
  return (
    <Group align="flex-end">
      <TextInput
        label={t.add}
        description={t.addHint}
        placeholder="nl"
        error={isWrong ? t.tagWrong : undefined}
        value={tag}
        onChange={({ currentTarget }) => setTag(currentTarget.value.trim())}
      />
      <Button
        variant="light"
        disabled={!isTag(tag)}
        onClick={() => {
          onAdd(tag);
          setTag('');
        }}
      >
        {t.addAction}
      </Button>
      {isTag(tag) && <Text size="sm">{languageName(tag)}</Text>}
    </Group>
  );
}

function ResetLanguage({ tag, isBuiltIn }: { tag: string; isBuiltIn: boolean }) {
  const { content: t } = usePhrases().signInExperience;
  const [asking, { open, close }] = useDisclosure(false);
  const remove = useDeleteCustomPhrases(tag);
  const label = isBuiltIn ? t.reset : t.remove;
  return (
    <>
      <Button size="xs" variant="subtle" color="red" onClick={open}>
        {label}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t.resetTitle({ language: languageName(tag) })}
        confirmLabel={label}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => notifyDone(t.resetDone) })}
        onClose={close}
      >
        {isBuiltIn ? t.resetBody : t.removeBody}
      </ConfirmDialog>
    </>
  );
}

function Terms({ settings, errors, onChange }: SettingsTabProps) {
  const { terms: t } = usePhrases().signInExperience;
  const hasTerms = settings.termsOfUseUrl.trim() !== '' || settings.privacyPolicyUrl.trim() !== '';
  return (
    <Section title={t.title} description={t.lead}>
      {(['termsOfUseUrl', 'privacyPolicyUrl'] as const).map((field) => (
        <TextInput
          key={field}
          label={t[field]}
          type="url"
          inputMode="url"
          placeholder="https://"
          value={settings[field]}
          error={errors[field]}
          onChange={(event) => onChange({ [field]: event.currentTarget.value })}
        />
      ))}
      <NativeSelect
        label={t.agreement}
        description={hasTerms ? undefined : t.policyUnused}
        data={policies.map((value) => ({ value, label: t.policies[value] }))}
        value={settings.agreeToTermsPolicy}
        onChange={(event) => {
          const policy = policies.find((value) => value === event.currentTarget.value);
          if (policy) onChange({ agreeToTermsPolicy: policy });
        }}
      />
    </Section>
  );
}

function Support({ settings, errors, onChange }: SettingsTabProps) {
  const { content: t } = usePhrases().signInExperience;
  return (
    <Section title={t.support} description={t.supportLead}>
      {(['supportEmail', 'supportWebsiteUrl', 'unknownSessionRedirectUrl'] as const).map((field) => (
        <TextInput
          key={field}
          label={t[field]}
          description={field === 'unknownSessionRedirectUrl' ? t.unknownSessionHint : undefined}
          type={field === 'supportEmail' ? 'email' : 'url'}
          placeholder={field === 'supportEmail' ? 'help@example.com' : 'https://'}
          value={settings[field]}
          error={errors[field]}
          onChange={({ currentTarget }) => onChange({ [field]: currentTarget.value })}
        />
      ))}
    </Section>
  );
}
