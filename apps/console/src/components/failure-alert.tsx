import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { SignedOutError } from '../api/api-error.ts';
import { useConsole } from '../console-context.tsx';
import { usePhrases } from '../i18n/language.tsx';
import { errorMessage } from './error-message.ts';

type Props = { error: unknown; title?: string; onRetry?: () => void };

/** Says in place what went wrong, and offers the way on: try again, or sign in again. */
export function FailureAlert({ error, title, onRetry }: Props) {
  const { shell: t } = usePhrases();
  const { session } = useConsole();
  const signedOut = error instanceof SignedOutError;

  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={title ?? t.failure.title} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{errorMessage(error, t)}</Text>
        <Group>
          {signedOut && (
            <Button size="xs" onClick={() => session.signIn(window.location.href)}>
              {t.actions.signInAgain}
            </Button>
          )}
          {!signedOut && onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {t.actions.retry}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
