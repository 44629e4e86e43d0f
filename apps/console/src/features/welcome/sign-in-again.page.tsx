import { Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { announceSignedInAgain } from '../../auth/signed-in-again.ts';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { WelcomeFrame } from './welcome-frame.tsx';

const route = getRouteApi('/sign-in-again');

/** A tab beside the one whose session ended: it leads to the sign-in page, and back here it has done its work. */
export function SignInAgainPage() {
  const { done } = route.useSearch();
  return done ? <Done /> : <Leaving />;
}

function Leaving() {
  const { session } = useConsole();
  const { error, refetch } = useQuery({
    queryKey: ['sign-in-again'],
    queryFn: async () => {
      await session.signIn(`${window.location.origin}/console/sign-in-again?done=true`);
      return null;
    },
    retry: false,
  });
  if (!error) return <Waiting />;
  return (
    <WelcomeFrame>
      <FailureAlert error={error} onRetry={() => refetch()} />
    </WelcomeFrame>
  );
}

function Done() {
  const { sessionEnded: t, productName } = usePhrases().shell;
  useDocumentTitle(`${t.doneTitle} · ${productName}`);
  useEffect(() => {
    announceSignedInAgain();
    // A browser that does not let a tab close itself leaves it with the words below.
    window.close();
  }, []);
  return (
    <WelcomeFrame>
      <Stack gap="xs">
        <Title order={1}>{t.doneTitle}</Title>
        <Text>{t.done}</Text>
      </Stack>
    </WelcomeFrame>
  );
}
