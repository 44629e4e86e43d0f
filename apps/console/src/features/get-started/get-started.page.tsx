import { PageHeader } from '../../components/page-header.tsx';
import { usePhrases } from '../../i18n/language.tsx';

export function GetStartedPage() {
  const { shell: t } = usePhrases();
  return <PageHeader title={t.navigation.getStarted} />;
}
