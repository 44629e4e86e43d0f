import { Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { usePhrases } from '../i18n/language.tsx';
import { LinkButton } from './link.tsx';

/** Shown for an address without a page, and for things that were deleted. */
export function NotFound() {
  const { shell: t } = usePhrases();
  useDocumentTitle(`${t.failure.notFoundTitle} · ${t.productName}`);
  return (
    <Stack align="center" ta="center" py={80} gap="sm">
      <Title order={1}>{t.failure.notFoundTitle}</Title>
      <Text className="quiet">{t.failure.notFoundBody}</Text>
      <LinkButton to="/get-started" mt="md">
        {t.failure.notFoundAction}
      </LinkButton>
    </Stack>
  );
}

/** The same for an address outside of the signed-in pages, where there is no frame around it. */
export function NotFoundPage() {
  return (
    <main>
      <NotFound />
    </main>
  );
}
