import type { Connector } from '@latchkey/server/contract';
import { ActionIcon, Alert, Badge, Grid, Group, Menu, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconDots, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { TextLink } from '../../components/link.tsx';
import { NotFound } from '../../components/not-found.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { PageLoading } from '../../components/page-loading.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { HistoryButton } from '../audit-logs/history-button.tsx';
import { signInExperienceQuery } from '../sign-in-experience/sign-in-experience.queries.ts';
import { BackToConnectors } from './back-to-connectors.tsx';
import { type Behaviour, BehaviourSwitches } from './behaviour-switches.tsx';
import { ConfigFields } from './config-fields.tsx';
import { useConnectorName, useSetUpGuide } from './connector-texts.ts';
import classes from './connectors.module.css';
import { useConnectors, useDeleteConnector, useUpdateConnector } from './connectors.queries.ts';
import { PresentationFields, usePresentationForm } from './presentation-fields.tsx';
import { SetUpGuide } from './set-up-guide.tsx';
import { useConfigForm } from './use-config-form.ts';

/** One connector: its identification, settings and deletion. */
export function ConnectorDetailsPage() {
  const { connectorId } = useParams({ from: '/signed-in/connectors/social/$connectorId' });
  const connectors = useConnectors();

  if (connectors.isPending) return <PageLoading />;
  if (connectors.isError) return <FailureAlert error={connectors.error} onRetry={() => connectors.refetch()} />;
  const connector = connectors.data.find(({ id }) => id === connectorId);
  if (!connector) {
    return <NotFound />;
  }
  return <Details key={connector.id} connector={connector} />;
}

function Details({ connector }: { connector: Connector }) {
  const { connectors: t } = usePhrases();
  const { config } = useConsole();
  const name = useConnectorName()(connector);
  const guide = useSetUpGuide(connector.connectorId);
  return (
    <>
      <PageHeader
        above={<BackToConnectors />}
        title={name}
        description={<SignInPageUse target={connector.target} />}
        actions={
          <>
            <HistoryButton of={{ targetType: 'Connector', targetId: connector.id }} name={name} />
            <DeleteConnector connector={connector} name={name} />
          </>
        }
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Section title={t.details.identity}>
              {connector.platform !== 'Native' && (
                <CopyableValue
                  label={t.fields.redirectUri}
                  value={`${config.tenantEndpoint}/callback/${connector.id}`}
                />
              )}
              <CopyableValue label={t.fields.id} value={connector.id} />
            </Section>
            <SettingsForm connector={connector} />
          </Stack>
        </Grid.Col>
        {guide !== null && (
          <Grid.Col span={{ base: 12, md: 5 }}>
            <div className={classes.beside}>
              <SetUpGuide guide={guide} name={name} />
            </div>
          </Grid.Col>
        )}
      </Grid>
    </>
  );
}

function useIsInUse(target: string): boolean | undefined {
  const { api } = useConsole();
  return useQuery(signInExperienceQuery(api)).data?.socialSignInConnectorTargets.includes(target);
}

function SignInPageUse({ target }: { target: string }) {
  const { details: t } = usePhrases().connectors;
  const inUse = useIsInUse(target);
  if (inUse === undefined) return null;
  return (
    <Group gap="sm" component="span">
      <Badge variant="light" color={inUse ? 'door' : 'gray'} tt="none">
        {inUse ? t.inUse : t.notInUse}
      </Badge>
      {!inUse && (
        <TextLink to="/sign-in-experience/$tab" params={{ tab: 'sign-up-and-sign-in' }} size="sm">
          {t.addToSignIn}
        </TextLink>
      )}
    </Group>
  );
}

const behaviourOf = ({ syncProfile, enableTokenStorage }: Connector): Behaviour => ({
  syncProfile,
  enableTokenStorage,
});

function SettingsForm({ connector }: { connector: Connector }) {
  const { connectors: t, shell } = usePhrases();
  const update = useUpdateConnector(connector.id);
  const items = connector.formItems ?? [];
  const form = useConfigForm(items, connector.config);
  const look = usePresentationForm(connector, connector);
  const [behaviour, setBehaviour] = useState(() => behaviourOf(connector));
  const [failure, setFailure] = useState<unknown>(null);
  const kept = behaviourOf(connector);
  const dirty = form.dirty || look.dirty || JSON.stringify(behaviour) !== JSON.stringify(kept);

  function discard() {
    form.reset(connector.config);
    look.reset(connector);
    setBehaviour(kept);
    setFailure(null);
  }

  function save() {
    const config = form.read();
    setFailure(null);
    if (!look.check() || !config) return;
    update.mutate(
      { config, ...behaviour, ...look.toBody() },
      {
        onSuccess: (saved) => {
          form.reset(saved.config);
          look.reset(saved);
          notifyDone(shell.form.saved);
        },
        onError: (error) => !form.showRefusal(error) && setFailure(error),
      },
    );
  }

  return (
    <form
      ref={form.formRef}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="lg">
        <PresentationFields form={look} />
        <Section title={t.details.settings}>
          <ConfigFields items={items} values={form.values} errors={form.errors} onChange={form.change} />
        </Section>
        <Section title={t.fields.behaviour}>
          <BehaviourSwitches factory={connector} value={behaviour} onChange={setBehaviour} />
        </Section>
        {failure !== null && <FailureAlert error={failure} />}
        <SaveBar dirty={dirty} pending={update.isPending} onDiscard={discard} />
      </Stack>
    </form>
  );
}

function DeleteConnector({ connector, name }: { connector: Connector; name: string }) {
  const { details: t } = usePhrases().connectors;
  const navigate = useNavigate();
  const [asking, { open, close }] = useDisclosure(false);
  const inUse = useIsInUse(connector.target);
  const remove = useDeleteConnector(connector.id, async () => {
    notifyDone(t.deleted({ name }));
    // The connector is gone, so unsaved changes to it are nothing to ask about.
    await navigate({ to: '/connectors/social', ignoreBlocker: true });
  });

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t.menu}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item c="var(--mantine-color-error)" leftSection={<IconTrash size={16} aria-hidden />} onClick={open}>
            {t.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        title={t.deleteTitle({ name })}
        confirmLabel={t.deleteConfirm}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={close}
      >
        <Stack gap="sm">
          <Text size="sm">{t.deleteBody}</Text>
          {inUse && (
            <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
              {t.deleteInUse({ name })}
            </Alert>
          )}
        </Stack>
      </ConfirmDialog>
    </>
  );
}
