import { Group } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemOf } from '../../api/operations.ts';
import { AddButton } from '../../components/add-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { EditButton } from '../../components/edit-button.tsx';
import { ListPanel, type ListView } from '../../components/list-panel.tsx';
import { PermissionForm } from '../../components/permission-form.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { templateScopesQuery, useDeleteTemplateScope, useSaveTemplateScope } from './template.queries.ts';

type Scope = ItemOf<'GET /api/organization-scopes'>;

const maxLength = { name: 128, description: 256 };

/** What roles can allow within every organization. */
export function TemplatePermissionsTab() {
  const { organizations, lists, shell } = usePhrases();
  const { template: t } = organizations;
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const [edited, setEdited] = useState<Scope | 'new' | null>(null);
  const query = useQuery(templateScopesQuery(api, view));
  const remove = useDeleteTemplateScope();
  const close = () => setEdited(null);
  const create = <AddButton onClick={() => setEdited('new')}>{t.createPermission}</AddButton>;
  return (
    <>
      <ListPanel
        query={query}
        view={view}
        onView={setView}
        rowKey={({ id }) => id}
        search={t.searchPermissions}
        tools={create}
        empty={{
          icon: <IconKey size={28} />,
          title: t.permissionsEmptyTitle,
          description: t.permissionsEmpty,
          action: create,
        }}
        columns={[
          { header: t.permission, cell: ({ name }) => <span className="mono">{name}</span> },
          { header: lists.description, from: 'sm', cell: ({ description }) => description },
          {
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
                  {t.permissionDeleteBody}
                </RemoveButton>
              </Group>
            ),
          },
        ]}
      />
      <Dialog opened={edited !== null} title={edited === 'new' ? t.createPermission : t.editPermission} onClose={close}>
        <ScopeForm scope={edited === 'new' || edited === null ? undefined : edited} onClose={close} />
      </Dialog>
    </>
  );
}

function ScopeForm({ scope, onClose }: { scope: Scope | undefined; onClose: () => void }) {
  const save = useSaveTemplateScope(scope?.id);
  return <PermissionForm permission={scope} maxLength={maxLength} save={save} onClose={onClose} />;
}
