import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { usePhrases } from '../i18n/language.tsx';
import { DialogForm } from './dialog.tsx';
import { notifyDone } from './notify.ts';

type Fields = { name: string; description: string };

type Props = {
  /** The permission as it is; undefined while one is made. */
  permission: { name: string; description: string | null } | undefined;
  maxLength: { name: number; description: number };
  save: {
    mutate: (fields: Fields, options: { onSuccess: () => void }) => void;
    isPending: boolean;
    error: unknown;
  };
  onClose: () => void;
};

/** Name and description of a permission, of an API or of organizations. */
export function PermissionForm({ permission, maxLength, save, onClose }: Props) {
  const { resources, lists, shell } = usePhrases();
  const { permissions: t } = resources;
  const form = useForm({
    initialValues: { name: permission?.name ?? '', description: permission?.description ?? '' },
    validate: {
      name: (value) => {
        if (value.trim() === '') return shell.form.required;
        return /\s/.test(value.trim()) ? t.nameSpace : null;
      },
    },
  });
  const done = () => {
    notifyDone(permission ? shell.form.saved : t.created);
    onClose();
  };
  const submit = form.onSubmit(({ name, description }) =>
    save.mutate({ name: name.trim(), description: description.trim() }, { onSuccess: done }),
  );
  return (
    <DialogForm
      submitLabel={permission ? shell.actions.save : shell.actions.create}
      pending={save.isPending}
      error={save.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t.name}
        description={t.nameHint}
        placeholder="read:orders"
        required
        maxLength={maxLength.name}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Textarea
        label={`${lists.description} (${shell.form.optional})`}
        autosize
        minRows={2}
        maxLength={maxLength.description}
        {...form.getInputProps('description')}
      />
    </DialogForm>
  );
}
