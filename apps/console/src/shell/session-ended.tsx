import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { SignedOutError } from '../api/api-error.ts';
import { onSignedInAgain } from '../auth/signed-in-again.ts';
import { Dialog } from '../components/dialog.tsx';
import { usePhrases } from '../i18n/language.tsx';

/**
 * Asks to sign in again once the server no longer takes the session. It happens in a tab of its own, so that the page
 * under the dialog keeps what was typed into it.
 */
export function SessionEnded() {
  const { sessionEnded: t, actions } = usePhrases().shell;
  const queries = useQueryClient();
  const [ended, setEnded] = useState(false);

  useEffect(() => {
    const look = (error: unknown) => error instanceof SignedOutError && setEnded(true);
    const stops = [
      queries.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
      }),
      queries.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
      }),
      onSignedInAgain(() => {
        setEnded(false);
        void queries.invalidateQueries();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [queries]);

  return (
    <Dialog opened={ended} onClose={() => setEnded(false)} title={t.title}>
      <Stack>
        <Text size="sm">{t.body}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setEnded(false)}>
            {actions.close}
          </Button>
          {/* Opened by a script, so that it can close itself when it is done. */}
          <Button data-autofocus onClick={() => window.open('/console/sign-in-again')}>
            {actions.signInAgain}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
