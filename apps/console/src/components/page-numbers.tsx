import { Pagination } from '@mantine/core';
import { usePhrases } from '../i18n/language.tsx';

type Props = { total: number; value: number; onChange: (page: number) => void };

/** The way to the other pages of a list; each number and arrow says where it leads. */
export function PageNumbers(props: Props) {
  const { table: t } = usePhrases().shell;
  return (
    <Pagination
      {...props}
      size="sm"
      aria-label={t.pages}
      getItemProps={(page) => ({ 'aria-label': t.page({ page }) })}
      getControlProps={(control) => ({ 'aria-label': control === 'next' ? t.next : t.previous })}
    />
  );
}
