import { Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemOf } from '../../api/operations.ts';
import { AddButton } from '../../components/add-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { EditButton } from '../../components/edit-button.tsx';
import { type Column, ListPanel, type ListView } from '../../components/list-panel.tsx';
import { PermissionForm } from '../../components/permission-form.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { resourceScopesQuery, useDeleteScope, useSaveScope } from './resources.queries.ts';

type Scope = ItemOf<'GET /api/resources/:resourceId/scopes'>;

const maxLength = { name: 256, description: 2048 };

/** What tokens for the API may allow; `fixed` where the permissions are the product's own. */
export function PermissionsTab({ resourceId, fixed }: { resourceId: string; fixed: boolean }) {
  const { resources, lists, shell } = usePhrases();
  const { permissions: t } = resources;
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const query = useQuery(resourceScopesQuery(api, resourceId, view));
  const remove = useDeleteScope(resourceId);
  /** The permission in the dialog; `new` while one is made. */
  const [edited, setEdited] = useState<Scope | 'new' | null>(null);
  const create = <AddButton onClick={() => setEdited('new')}>{t.create}</AddButton>;
  const change: Column<Scope> = {
    header: lists.actions,
    narrow: true,
    cell: (scope) => (
      <Group gap={4} wrap="nowrap" justify="flex-end">
        <EditButton name={scope.name} onClick={() => setEdited(scope)} />
        <RemoveButton
          label={lists.deleteOf({ name: scope.name })}
          title={lists.deleteTitle({ name: scope.name })}
          confirmLabel={shell.actions.delete}
          done={lists.deleted({ name: scope.name })}
          onRemove={() => remove.mutateAsync(scope.id)}
        >
          {t.deleteBody}
        </RemoveButton>
      </Group>
    ),
  };

  return (
    <>
      {fixed && (
        <Text size="sm" className="quiet" mb="sm">
          {t.fixed}
        </Text>
      )}
      <ListPanel
        query={query}
        view={view}
        onView={setView}
        rowKey={({ id }) => id}
        search={t.search}
        tools={fixed ? undefined : create}
        empty={{ icon: <IconKey size={28} />, title: t.emptyTitle, description: t.empty, action: create }}
        columns={[
          { header: t.name, cell: ({ name }) => <span className="mono">{name}</span> },
          { header: lists.description, from: 'sm', cell: ({ description }) => description },
          ...(fixed ? [] : [change]),
        ]}
      />
      <Dialog opened={edited !== null} title={edited === 'new' ? t.create : t.edit} onClose={() => setEdited(null)}>
        <ScopeForm
          resourceId={resourceId}
          scope={edited === 'new' || edited === null ? undefined : edited}
          onClose={() => setEdited(null)}
        />
      </Dialog>
    </>
  );
}

type FormProps = { resourceId: string; scope: Scope | undefined; onClose: () => void };

function ScopeForm({ resourceId, scope, onClose }: FormProps) {
  const save = useSaveScope(resourceId, scope?.id);
  return <PermissionForm permission={scope} maxLength={maxLength} save={save} onClose={onClose} />;
}
