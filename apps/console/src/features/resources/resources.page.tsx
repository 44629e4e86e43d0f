import { Badge, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconServer } from '@tabler/icons-react';
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
import { resourcesQuery, useCreateResource } from './resources.queries.ts';

const route = getRouteApi('/signed-in/api-resources');

/** The tenant's APIs. */
export function ResourcesPage() {
  const { resources: t, lists } = usePhrases();
  const { api, config } = useConsole();
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(resourcesQuery(api, view));
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
        empty={{ icon: <IconServer size={28} />, title: t.emptyTitle, description: t.empty, action: create }}
        columns={[
          {
            header: lists.name,
            cell: ({ id, name, isDefault, indicator }) => (
              <Group gap="xs">
                <NameLink to="/api-resources/$resourceId/$tab" params={{ resourceId: id, tab: 'permissions' }}>
                  {name}
                </NameLink>
                {isDefault && <Badge variant="light">{t.default}</Badge>}
                {indicator === config.managementResource && (
                  <Badge variant="light" color="gray">
                    {t.management}
                  </Badge>
                )}
              </Group>
            ),
          },
          {
            header: t.indicator,
            from: 'sm',
            cell: ({ indicator, name }) => <CopyableId id={indicator} of={name} />,
          },
          {
            header: t.tokenLifetime,
            from: 'md',
            cell: ({ accessTokenTtl }) => t.duration({ seconds: accessTokenTtl }),
          },
        ]}
      />
      <Dialog opened={creating} title={t.create} onClose={close}>
        <CreateForm onClose={close} />
      </Dialog>
    </>
  );
}

const isIndicator = (value: string) => URL.canParse(value.trim()) && !value.includes('#');

function CreateForm({ onClose }: { onClose: () => void }) {
  const { resources: t, lists, shell } = usePhrases();
  const navigate = useNavigate();
  const create = useCreateResource();
  const form = useForm({
    initialValues: { name: '', indicator: '' },
    validate: {
      name: (value) => (value.trim() === '' ? shell.form.required : null),
      indicator: (value) => (isIndicator(value) ? null : t.indicatorInvalid),
    },
  });
  const submit = form.onSubmit(({ name, indicator }) =>
    create.mutate(
      { name: name.trim(), indicator: indicator.trim() },
      {
        onSuccess: ({ id }) =>
          navigate({ to: '/api-resources/$resourceId/$tab', params: { resourceId: id, tab: 'permissions' } }),
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
      <TextInput label={lists.name} required maxLength={256} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={t.indicator}
        description={t.indicatorHint}
        placeholder="https://api.example.com"
        type="url"
        required
        maxLength={2048}
        {...form.getInputProps('indicator')}
      />
    </DialogForm>
  );
}
