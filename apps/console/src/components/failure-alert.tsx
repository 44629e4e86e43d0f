import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError, SignedOutError } from '../api/api-error.ts';
import { useConsole } from '../console-context.tsx';
import { usePhrases } from '../i18n/language.tsx';
import { errorMessage } from './error-message.ts';

type Props = {
  error: unknown;
  title?: string;
  onRetry?: () => void;
  /** Shows what the server adds for those who can mend it, such as what a provider answered. */
  detailed?: boolean;
};

/** Says in place what went wrong, and offers the way on: try again, or sign in again. */
export function FailureAlert({ error, title, onRetry, detailed = false }: Props) {
  const { shell: t } = usePhrases();
  const { session } = useConsole();
  const signedOut = error instanceof SignedOutError;

  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={title ?? t.failure.title} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{errorMessage(error, t)}</Text>
        {detailed && error instanceof ApiError && error.details && (
          <Code block lang="en" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {error.details}
          </Code>
        )}
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
