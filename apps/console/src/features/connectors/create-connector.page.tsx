import type { Connector, ConnectorFactory } from '@latchkey/server/contract';
import { Button, Grid, Group, Stack } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { LinkButton } from '../../components/link.tsx';
import { NotFound } from '../../components/not-found.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { PageLoading } from '../../components/page-loading.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { BackToConnectors } from './back-to-connectors.tsx';
import { type Behaviour, BehaviourSwitches } from './behaviour-switches.tsx';
import { ConfigFields } from './config-fields.tsx';
import { releaseConnectorId, reserveConnectorId } from './connector-id.ts';
import { useConnectorName, useSetUpGuide } from './connector-texts.ts';
import classes from './connectors.module.css';
import { useConnectorFactories, useConnectors, useCreateConnector } from './connectors.queries.ts';
import { PresentationFields, usePresentationForm } from './presentation-fields.tsx';
import { SetUpGuide } from './set-up-guide.tsx';
import { useConfigForm } from './use-config-form.ts';

/** Creates a connector: what to do at the provider on one side, the form on the other. */
export function CreateConnectorPage() {
  const { factoryId } = useParams({ from: '/signed-in/connectors/social/create/$factoryId' });
  const factories = useConnectorFactories();
  const connectors = useConnectors();

  if (factories.isPending || connectors.isPending) return <PageLoading />;
  const failed = [factories, connectors].find(({ isError }) => isError);
  if (failed) return <FailureAlert error={failed.error} onRetry={() => failed.refetch()} />;

  const factory = factories.data?.find(({ id }) => id === factoryId);
  if (!factory) {
    return <NotFound />;
  }
  return (
    <NewConnector
      key={factory.id}
      factory={factory}
      existing={factory.isStandard ? undefined : connectors.data?.find(({ connectorId }) => connectorId === factory.id)}
    />
  );
}

function NewConnector({ factory, existing }: { factory: ConnectorFactory; existing?: Connector }) {
  const { connectors: t } = usePhrases();
  const { config } = useConsole();
  const name = useConnectorName()(factory);
  const guide = useSetUpGuide(factory.id);
  const [id] = useState(() => reserveConnectorId(factory.id));

  if (guide === undefined) return <PageLoading />;
  if (existing) return <AlreadyAdded name={name} connectorId={existing.id} />;
  return (
    <>
      <PageHeader
        above={<BackToConnectors />}
        title={t.create.title({ name })}
        description={guide !== null && t.create.lead}
      />
      <Grid gap="lg">
        {guide !== null && (
          // On a phone it is read before the form; beside it, it stands where it will stand later, too.
          <Grid.Col span={{ base: 12, md: 5 }} order={{ md: 2 }}>
            <div className={classes.beside}>
              <SetUpGuide guide={guide} name={name} />
            </div>
          </Grid.Col>
        )}
        <Grid.Col span={{ base: 12, md: guide === null ? 8 : 7 }}>
          <Stack gap="lg">
            <Section title={t.create.values} description={t.create.valuesLead}>
              {factory.platform !== 'Native' && (
                <CopyableValue label={t.fields.redirectUri} value={`${config.tenantEndpoint}/callback/${id}`} />
              )}
              <CopyableValue label={t.fields.id} value={id} />
            </Section>
            <NewConnectorForm id={id} factory={factory} name={name} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

function AlreadyAdded({ name, connectorId }: { name: string; connectorId: string }) {
  const { create: t } = usePhrases().connectors;
  return (
    <>
      <PageHeader above={<BackToConnectors />} title={t.alreadyAddedTitle({ name })} description={t.alreadyAddedBody} />
      <LinkButton to="/connectors/social/$connectorId" params={{ connectorId }}>
        {t.openExisting}
      </LinkButton>
    </>
  );
}

function NewConnectorForm({ id, factory, name }: { id: string; factory: ConnectorFactory; name: string }) {
  const { connectors: t } = usePhrases();
  const navigate = useNavigate();
  const create = useCreateConnector(async () => {
    releaseConnectorId(factory.id);
    notifyDone(t.create.saved({ name }));
    await navigate({ to: '/connectors/social' });
  });
  const items = factory.formItems ?? [];
  const form = useConfigForm(items);
  const look = usePresentationForm(factory);
  const [behaviour, setBehaviour] = useState<Behaviour>({ syncProfile: false, enableTokenStorage: false });
  const [failure, setFailure] = useState<unknown>(null);

  function save() {
    const config = form.read();
    setFailure(null);
    if (!look.check() || !config) return;
    create.mutate(
      { connectorId: factory.id, id, config, ...behaviour, ...look.toBody() },
      { onError: (error) => !form.showRefusal(error) && setFailure(error) },
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
        <PresentationFields form={look} isNew />
        <Section title={t.create.settings}>
          <ConfigFields items={items} values={form.values} errors={form.errors} onChange={form.change} />
          <BehaviourSwitches factory={factory} value={behaviour} onChange={setBehaviour} />
          {failure !== null && <FailureAlert error={failure} />}
          <Group justify="flex-end">
            <Button type="submit" loading={create.isPending}>
              {t.create.save}
            </Button>
          </Group>
        </Section>
      </Stack>
    </form>
  );
}
