import { Stack, Text, Title } from '@mantine/core';
import { usePhrases } from '../i18n/language.tsx';
import { LinkButton } from './link.tsx';

/** Shown for an address without a page, and for things that were deleted. */
export function NotFound() {
  const { shell: t } = usePhrases();
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
