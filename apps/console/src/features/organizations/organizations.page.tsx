import { Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconBuilding } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { AddButton } from '../../components/add-button.tsx';
import { CopyableId } from '../../components/copyable-id.tsx';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { NameLink } from '../../components/link.tsx';
import { ListPanel } from '../../components/list-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { organizationsQuery, useCreateOrganization } from './organizations.queries.ts';

const route = getRouteApi('/signed-in/organizations');

/** The tenant's organizations. */
export function OrganizationsPage() {
  const { organizations: t, lists } = usePhrases();
  const { api } = useConsole();
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(organizationsQuery(api, view));
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
        empty={{ icon: <IconBuilding size={28} />, title: t.emptyTitle, description: t.empty, action: create }}
        columns={[
          {
            header: lists.name,
            cell: ({ id, name, description }) => (
              <>
                <NameLink to="/organizations/$organizationId/$tab" params={{ organizationId: id, tab: 'settings' }}>
                  {name}
                </NameLink>
                <Text size="sm" className="quiet" lineClamp={1}>
                  {description}
                </Text>
              </>
            ),
          },
          { header: lists.id, from: 'md', whole: true, cell: ({ id, name }) => <CopyableId id={id} of={name} /> },
          { header: t.members, from: 'sm', cell: ({ usersCount }) => usersCount },
        ]}
      />
      <Dialog opened={creating} title={t.create} onClose={close}>
        <CreateForm onClose={close} />
      </Dialog>
    </>
  );
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const { lists, shell } = usePhrases();
  const navigate = useNavigate();
  const create = useCreateOrganization();
  const form = useForm({
    initialValues: { name: '', description: '' },
    validate: { name: (value) => (value.trim() === '' ? shell.form.required : null) },
  });
  const submit = form.onSubmit(({ name, description }) =>
    create.mutate(
      { name: name.trim(), description: description.trim() || null },
      {
        onSuccess: ({ id }) =>
          navigate({ to: '/organizations/$organizationId/$tab', params: { organizationId: id, tab: 'members' } }),
      },
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
        label={`${lists.description} (${shell.form.optional})`}
        autosize
        minRows={2}
        maxLength={256}
        {...form.getInputProps('description')}
      />
    </DialogForm>
  );
}
