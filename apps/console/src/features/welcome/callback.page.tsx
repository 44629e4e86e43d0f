import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { WelcomeFrame } from './welcome-frame.tsx';

/** Where the sign-in page sends the operator back to; the SDK then goes on to the page asked for first. */
export function CallbackPage() {
  const { session } = useConsole();
  const { error } = useQuery({
    queryKey: ['sign-in-callback'],
    // The authorization code is good for one use, so neither a retry nor a refetch may spend it again.
    queryFn: async () => {
      await session.finishSignIn(window.location.href);
      return null;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

  return <WelcomeFrame>{error ? <Failed /> : <Working />}</WelcomeFrame>;
}

function Working() {
  const { callback: t, productName } = usePhrases().shell;
  useDocumentTitle(`${t.working} · ${productName}`);
  return (
    <Group role="status">
      <Loader size="sm" />
      <Text>{t.working}</Text>
    </Group>
  );
}

function Failed() {
  const { callback: t, productName } = usePhrases().shell;
  const { session } = useConsole();
  useDocumentTitle(`${t.failedTitle} · ${productName}`);
  const reported = new URLSearchParams(window.location.search).get('error_description');
  return (
    <Stack gap="lg">
      <Title order={1}>{t.failedTitle}</Title>
      <Text>{reported === null ? t.failed : t.denied}</Text>
      {reported !== null && <Text className="mono">{reported}</Text>}
      <Button onClick={() => session.signIn(`${window.location.origin}/console/get-started`)}>{t.again}</Button>
    </Stack>
  );
}
