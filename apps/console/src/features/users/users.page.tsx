import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconUpload, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { AddButton } from '../../components/add-button.tsx';
import { CopyableId } from '../../components/copyable-id.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { LinkButton } from '../../components/link.tsx';
import { ListPanel } from '../../components/list-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { UserCell } from '../../components/user-cell.tsx';
import { userName } from '../../components/user-name.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { ExportForm } from '../user-imports/export-form.tsx';
import { CreateUserForm } from './create-user-form.tsx';
import { usersQuery } from './users.queries.ts';

const route = getRouteApi('/signed-in/users');

/** The tenant's users. */
export function UsersPage() {
  const { users: t, userImports, lists } = usePhrases();
  const { api } = useConsole();
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(usersQuery(api, view));
  const [creating, { open, close }] = useDisclosure(false);
  const [exporting, exporter] = useDisclosure(false);
  const time = useTimeFormat('minute');
  const create = <AddButton onClick={open}>{t.create}</AddButton>;
  return (
    <>
      <PageHeader
        title={t.title}
        description={t.lead}
        actions={
          <>
            <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />} onClick={exporter.open}>
              {userImports.export}
            </Button>
            <LinkButton to="/user-imports" variant="default" leftSection={<IconUpload size={18} aria-hidden />}>
              {userImports.open}
            </LinkButton>
            {create}
          </>
        }
      />
      <ListPanel
        query={query}
        view={view}
        onView={(search) => navigate({ search, replace: search.page === view.page })}
        rowKey={({ id }) => id}
        search={t.search}
        empty={{ icon: <IconUsers size={28} />, title: t.emptyTitle, description: t.empty, action: create }}
        columns={[
          { header: t.user, cell: (user) => <UserCell user={user} /> },
          {
            header: lists.id,
            from: 'md',
            whole: true,
            cell: (user) => <CopyableId id={user.id} of={userName(user)} />,
          },
          {
            header: t.lastSignIn,
            from: 'sm',
            whole: true,
            cell: ({ lastSignInAt }) => (lastSignInAt === null ? t.neverSignedIn : time.format(lastSignInAt)),
          },
        ]}
      />
      <Dialog opened={exporting} title={userImports.exportTitle} onClose={exporter.close}>
        <ExportForm search={view.search} onClose={exporter.close} />
      </Dialog>
      <Dialog opened={creating} title={t.create} onClose={close}>
        <CreateUserForm onClose={close} />
      </Dialog>
    </>
  );
}
