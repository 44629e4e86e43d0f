import { Box, Button, Divider, List, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowRight } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { WelcomeFrame } from './welcome-frame.tsx';

const route = getRouteApi('/welcome');

/** Prints a fresh one-time link when it runs on the server's machine. */
const recoverCommand = 'npm run --silent cli -- admin recover';

/** The page behind the set-up link: makes the first administrator, or says how to get a link. */
export function WelcomePage() {
  const { token } = route.useSearch();
  const { shell } = usePhrases();
  useDocumentTitle(shell.welcome.title);
  return <WelcomeFrame>{token === undefined ? <WithoutToken /> : <WithToken token={token} />}</WelcomeFrame>;
}

function WithToken({ token }: { token: string }) {
  const { welcome: t } = usePhrases().shell;
  const { session } = useConsole();
  const register = useMutation({ mutationFn: () => session.register(token) });
  return (
    <Stack gap="lg">
      <Box>
        <Title order={1}>{t.title}</Title>
        <Text className="quiet" mt={4}>
          {t.lead}
        </Text>
      </Box>
      <Box>
        <Title order={2} size="h5" mb="xs">
          {t.whatHappens}
        </Title>
        <List type="ordered" spacing="xs">
          {t.steps.map((step) => (
            <List.Item key={step}>{step}</List.Item>
          ))}
        </List>
      </Box>
      {register.error && <FailureAlert error={register.error} />}
      <Button
        size="md"
        onClick={() => register.mutate()}
        loading={register.isPending || register.isSuccess}
        rightSection={<IconArrowRight size={18} aria-hidden />}
      >
        {t.create}
      </Button>
      <Divider />
      <Box>
        <Title order={2} size="h5">
          {t.usedTitle}
        </Title>
        <Text className="quiet">{t.used}</Text>
      </Box>
      <FreshLink />
    </Stack>
  );
}

function WithoutToken() {
  const { welcome: t } = usePhrases().shell;
  return (
    <Stack gap="lg">
      <Box>
        <Title order={1}>{t.noTokenTitle}</Title>
        <Text className="quiet" mt={4}>
          {t.noToken}
        </Text>
      </Box>
      <FreshLink />
    </Stack>
  );
}

/** What to do when there is no link or it was used: sign in, or print a fresh one on the server's machine. */
function FreshLink() {
  const { welcome: t } = usePhrases().shell;
  const { session } = useConsole();
  const signIn = useMutation({ mutationFn: () => session.signIn(`${window.location.origin}/console/get-started`) });
  return (
    <>
      <Box>
        <Text mb="xs">{t.recover}</Text>
        <CopyableValue label={recoverCommand} value={recoverCommand} bare />
      </Box>
      {signIn.error && <FailureAlert error={signIn.error} />}
      <Button variant="default" onClick={() => signIn.mutate()} loading={signIn.isPending || signIn.isSuccess}>
        {t.signIn}
      </Button>
    </>
  );
}
