import { Container } from '@mantine/core';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { ApiError } from '../api/api-error.ts';
import { usePhrases } from '../i18n/language.tsx';
import { FailureAlert } from './failure-alert.tsx';
import { NotFound } from './not-found.tsx';

/** Shown in place of a page that could not be loaded or drawn. */
export function RouteFailure({ error, reset }: ErrorComponentProps) {
  const { shell: t } = usePhrases();
  const router = useRouter();
  if (error instanceof ApiError && error.status === 404) return <NotFound />;

  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Container size="sm" py="xl">
      <FailureAlert error={error} title={t.failure.page} onRetry={retry} />
    </Container>
  );
}
