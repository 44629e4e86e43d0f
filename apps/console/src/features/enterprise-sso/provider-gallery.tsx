import { Group, SimpleGrid, Skeleton, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { useConsole } from '../../console-context.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { ConnectorLogo } from '../connectors/connector-logo.tsx';
import { type SsoProvider, ssoProvidersQuery, useCreateSsoConnector } from './enterprise-sso.queries.ts';

/** Creates a connector: the kind of provider first, then the customer's name. */
export function ProviderGallery({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { enterpriseSso: t } = usePhrases();
  return (
    <Dialog opened={opened} title={t.create} size="lg" grows onClose={onClose}>
      <Steps />
    </Dialog>
  );
}

/** Apart from the dialog so that what was chosen is forgotten when it closes. */
function Steps() {
  const [provider, setProvider] = useState<SsoProvider>();
  return provider ? (
    <NameForm provider={provider} onBack={() => setProvider(undefined)} />
  ) : (
    <Providers onChoose={setProvider} />
  );
}

const placeholders = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

function Providers({ onChoose }: { onChoose: (provider: SsoProvider) => void }) {
  const { enterpriseSso: t } = usePhrases();
  const { api } = useConsole();
  const { language } = useLanguage();
  const { data, error, refetch } = useQuery(ssoProvidersQuery(api, language));
  return (
    <Stack>
      <Text size="sm" className="quiet">
        {t.chooseProvider}
      </Text>
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      <SimpleGrid component="ul" cols={{ base: 1, xs: 2 }} spacing="sm" p={0} m={0} style={{ listStyle: 'none' }}>
        {!data &&
          !error &&
          placeholders.map((card) => (
            <li key={card}>
              <Skeleton height={110} />
            </li>
          ))}
        {data?.map((provider) => (
          <li key={provider.providerName}>
            <UnstyledButton className="surface card-button" w="100%" h="100%" onClick={() => onChoose(provider)}>
              <Group wrap="nowrap" align="flex-start" gap="sm">
                <ConnectorLogo logo={provider.logo} logoDark={provider.logoDark} />
                <Stack gap={2} miw={0}>
                  <Text fw={600}>{provider.name}</Text>
                  <Text size="sm" className="quiet">
                    {provider.description}
                  </Text>
                </Stack>
              </Group>
            </UnstyledButton>
          </li>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function NameForm({ provider, onBack }: { provider: SsoProvider; onBack: () => void }) {
  const { enterpriseSso: t, shell } = usePhrases();
  const navigate = useNavigate();
  const create = useCreateSsoConnector();
  const form = useForm({
    initialValues: { connectorName: '' },
    validate: { connectorName: (value) => (value.trim() === '' ? shell.form.required : null) },
  });
  const submit = form.onSubmit(({ connectorName }) =>
    create.mutate(
      { providerName: provider.providerName, connectorName: connectorName.trim() },
      {
        onSuccess: ({ id }) =>
          navigate({ to: '/enterprise-sso/$connectorId/$tab', params: { connectorId: id, tab: 'connection' } }),
      },
    ),
  );
  return (
    <DialogForm
      submitLabel={shell.actions.create}
      cancelLabel={shell.actions.back}
      pending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onCancel={onBack}
    >
      <Group gap="sm">
        <ConnectorLogo logo={provider.logo} logoDark={provider.logoDark} />
        <Text fw={600}>{provider.name}</Text>
      </Group>
      <TextInput
        label={t.connectorName}
        description={t.connectorNameHint}
        required
        maxLength={128}
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('connectorName')}
      />
    </DialogForm>
  );
}
