import type { CustomProfileField } from '@latchkey/server/contract';
import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { usePhrases } from '../../i18n/language.tsx';
import { FieldConfig } from './field-config.tsx';
import { type FieldDraft, fieldTypes, partsOf, toField, toFieldDraft } from './field-form.ts';
import { useSaveField } from './profile-fields.queries.ts';

type Props = { existing: CustomProfileField | undefined; opened: boolean; onClose: () => void };

/** Makes a question, or changes everything of one but its name. */
export function FieldDialog({ existing, opened, onClose }: Props) {
  const { customProfileFields: t } = usePhrases();
  const title = existing ? t.editTitle({ name: existing.name }) : t.create;
  return (
    <Dialog opened={opened} title={title} size="lg" onClose={onClose}>
      <FieldForm existing={existing} onClose={onClose} />
    </Dialog>
  );
}

const isName = (name: string) => /^[A-Za-z]\w*$/.test(name);

function problemsOf({ name, type, options, pattern, parts }: FieldDraft, t: Texts): Partial<Record<string, string>> {
  return {
    ...(!isName(name.trim()) && { name: t.nameWrong }),
    ...(type === 'Select' && !options.some(({ value }) => value.trim() !== '') && { options: t.optionsMissing }),
    ...(type === 'Regex' && pattern === '' && { pattern: t.patternMissing }),
    ...(parts.length > 0 && !parts.some(({ enabled }) => enabled) && { parts: t.partsMissing }),
  };
}

type Texts = ReturnType<typeof usePhrases>['customProfileFields'];

function FieldForm({ existing, onClose }: Omit<Props, 'opened'>) {
  const { customProfileFields: t, lists, shell } = usePhrases();
  const save = useSaveField(existing);
  const [draft, setDraft] = useState(() => toFieldDraft(existing));
  const [tried, setTried] = useState(false);
  const change = (next: Partial<FieldDraft>) => setDraft((current) => ({ ...current, ...next }));
  const problems = problemsOf(draft, t);
  const shown = tried ? problems : {};
  return (
    <DialogForm
      submitLabel={existing ? shell.actions.save : shell.actions.create}
      pending={save.isPending}
      error={save.error}
      onSubmit={(event) => {
        event?.preventDefault();
        setTried(true);
        if (Object.keys(problems).length > 0) return;
        save.mutate(toField(draft), {
          onSuccess: () => {
            notifyDone(shell.form.saved);
            onClose();
          },
        });
      }}
      onCancel={onClose}
    >
      <NativeSelect
        label={lists.type}
        description={t.typeHints[draft.type]}
        data={fieldTypes.map((value) => ({ value, label: t.types[value] }))}
        value={draft.type}
        onChange={({ currentTarget: { value } }) => {
          const type = fieldTypes.find((known) => known === value) ?? draft.type;
          change({ type, parts: partsOf(type, existing?.type === type ? existing : undefined) });
        }}
      />
      {!existing && (
        <TextInput
          label={t.name}
          description={t.nameHint}
          required
          maxLength={128}
          data-autofocus
          spellCheck={false}
          error={shown.name}
          value={draft.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
      )}
      <TextInput
        label={t.label}
        description={t.labelHint}
        maxLength={128}
        value={draft.label}
        onChange={({ currentTarget }) => change({ label: currentTarget.value })}
      />
      <TextInput
        label={`${lists.description} (${shell.form.optional})`}
        maxLength={256}
        value={draft.description}
        onChange={({ currentTarget }) => change({ description: currentTarget.value })}
      />
      <FieldConfig draft={draft} problems={shown} onChange={change} />
      {draft.type !== 'Checkbox' && (
        <Switch
          label={t.required}
          checked={draft.required}
          onChange={({ currentTarget }) => change({ required: currentTarget.checked })}
        />
      )}
    </DialogForm>
  );
}
