import { Badge, Group, SegmentedControl, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { AddButton } from '../../components/add-button.tsx';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { NameLink } from '../../components/link.tsx';
import { ListPanel } from '../../components/list-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { rolesQuery, useCreateRole } from './roles.queries.ts';

const route = getRouteApi('/signed-in/roles');
const types = ['User', 'MachineToMachine'] as const;

/** The tenant's roles and how many hold each. */
export function RolesPage() {
  const { roles: t, lists } = usePhrases();
  const { api } = useConsole();
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(rolesQuery(api, view));
  const [creating, { open, close }] = useDisclosure(false);
  const create = <AddButton onClick={open}>{t.create}</AddButton>;
  return (
    <>
      <PageHeader title={t.title} description={t.lead} actions={create} />
      <ListPanel
        query={query}
        view={view}
        onView={(search) => navigate({ search, replace: search.page === view.page })}
        rowKey={({ id }) => id}
        search={t.search}
        empty={{ icon: <IconUserShield size={28} />, title: t.emptyTitle, description: t.empty, action: create }}
        columns={[
          {
            header: lists.name,
            cell: ({ id, name, description, isDefault }) => (
              <>
                <Group gap="xs">
                  <NameLink to="/roles/$roleId/$tab" params={{ roleId: id, tab: 'permissions' }}>
                    {name}
                  </NameLink>
                  {isDefault && <Badge variant="light">{t.default}</Badge>}
                </Group>
                <Text size="sm" className="quiet" lineClamp={2}>
                  {description}
                </Text>
              </>
            ),
          },
          { header: lists.type, from: 'sm', cell: ({ type }) => t.types[type] },
          {
            header: t.holders,
            from: 'sm',
            cell: ({ type, usersCount, applicationsCount }) =>
              type === 'User' ? t.usersCount({ count: usersCount }) : t.applicationsCount({ count: applicationsCount }),
          },
        ]}
      />
      <Dialog opened={creating} title={t.create} onClose={close}>
        <CreateForm onClose={close} />
      </Dialog>
    </>
  );
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const { roles: t, lists, shell } = usePhrases();
  const navigate = useNavigate();
  const create = useCreateRole();
  const required = (value: string) => (value.trim() === '' ? shell.form.required : null);
  const form = useForm<{ name: string; description: string; type: (typeof types)[number]; isDefault: boolean }>({
    initialValues: { name: '', description: '', type: 'User', isDefault: false },
    validate: { name: required, description: required },
  });
  const submit = form.onSubmit(({ name, description, type, isDefault }) =>
    create.mutate(
      { name: name.trim(), description: description.trim(), type, isDefault: type === 'User' && isDefault },
      { onSuccess: ({ id }) => navigate({ to: '/roles/$roleId/$tab', params: { roleId: id, tab: 'permissions' } }) },
    ),
  );
  return (
    <DialogForm
      submitLabel={shell.actions.create}
      pending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput label={lists.name} required maxLength={128} data-autofocus {...form.getInputProps('name')} />
      <Textarea
        label={lists.description}
        description={t.descriptionHint}
        required
        autosize
        minRows={2}
        maxLength={128}
        {...form.getInputProps('description')}
      />
      <Stack gap={4}>
        <SegmentedControl
          fullWidth
          aria-label={lists.type}
          data={types.map((value) => ({ value, label: t.types[value] }))}
          {...form.getInputProps('type')}
        />
        <Text size="xs" className="quiet">
          {t.typeHint}
        </Text>
      </Stack>
      {form.values.type === 'User' && (
        <Switch
          label={t.isDefault}
          description={t.isDefaultHint}
          {...form.getInputProps('isDefault', { type: 'checkbox' })}
        />
      )}
    </DialogForm>
  );
}
