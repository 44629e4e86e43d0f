import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileUpload, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { BackLink } from '../../components/back-link.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ListPanel } from '../../components/list-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConsole } from '../../console-context.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { ImportActions } from './import-actions.tsx';
import { ImportForm } from './import-form.tsx';
import { ImportProgress } from './import-progress.tsx';
import { importsQuery } from './user-imports.queries.ts';

const route = getRouteApi('/signed-in/user-imports');

/** Files of users that were brought in, and how far each is. */
export function UserImportsPage() {
  const { userImports: t, users, lists } = usePhrases();
  const { api } = useConsole();
  const { language } = useLanguage();
  const time = useTimeFormat('minute');
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(importsQuery(api, view));
  const [starting, { open, close }] = useDisclosure(false);
  const start = (
    <Button leftSection={<IconUpload size={18} aria-hidden />} onClick={open}>
      {t.start}
    </Button>
  );
  return (
    <>
      <PageHeader
        above={<BackLink to="/users">{users.back}</BackLink>}
        title={t.title}
        description={t.lead}
        actions={start}
      />
      <ListPanel
        query={query}
        view={view}
        onView={(search) => navigate({ search })}
        rowKey={({ id }) => id}
        empty={{ icon: <IconFileUpload size={28} />, title: t.emptyTitle, description: t.empty, action: start }}
        columns={[
          { header: t.started, cell: ({ createdAt }) => time.format(createdAt) },
          { header: t.progress, cell: (job) => <ImportProgress job={job} /> },
          { header: t.created, from: 'sm', cell: ({ created }) => created.toLocaleString(language) },
          { header: t.refused, from: 'sm', cell: ({ refused }) => refused.toLocaleString(language) },
          { header: lists.actions, narrow: true, cell: (job) => <ImportActions job={job} /> },
        ]}
      />
      <Dialog opened={starting} title={t.start} size="lg" onClose={close}>
        <ImportForm onClose={close} />
      </Dialog>
    </>
  );
}
