import type { Channel, Connector, ConnectorFactory } from '@latchkey/server/contract';
import { Alert, Button, Grid, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { ConfigFields } from '../connectors/config-fields.tsx';
import { useConnectorName, useSetUpGuide } from '../connectors/connector-texts.ts';
import { SetUpGuide } from '../connectors/set-up-guide.tsx';
import { useConfigForm } from '../connectors/use-config-form.ts';
import {
  useInboxStatus,
  useProvider,
  useProviderFactories,
  useRemoveProvider,
  useSaveProvider,
} from './messages.queries.ts';
import { TestSend } from './test-send.tsx';

/** The provider of each channel. */
export function ProvidersTab() {
  return (
    <Stack gap="lg">
      <ProviderSection channel="Email" />
      <ProviderSection channel="Sms" />
    </Stack>
  );
}

function ProviderSection({ channel }: { channel: Channel }) {
  const provider = useProvider(channel);
  const factories = useProviderFactories(channel);
  if (provider.isPending || factories.isPending) return <Skeleton height={160} />;
  const failed = [provider, factories].find(({ isError }) => isError);
  if (failed) return <FailureAlert error={failed.error} onRetry={() => failed.refetch()} />;
  const existing = provider.data ?? undefined;
  return (
    <ChosenProvider
      key={existing?.id ?? 'none'}
      channel={channel}
      existing={existing}
      factories={factories.data ?? []}
    />
  );
}

type ChosenProps = { channel: Channel; existing?: Connector; factories: ConnectorFactory[] };

function ChosenProvider({ channel, existing, factories }: ChosenProps) {
  const { providers: t, channels } = usePhrases().messages;
  const nameOf = useConnectorName();
  const status = useInboxStatus().data;
  const [chosen, setChosen] = useState(existing?.connectorId ?? '');
  const factory = factories.find(({ id }) => id === chosen);
  const replaces = existing !== undefined && existing.connectorId !== chosen;
  const guide = useSetUpGuide(chosen);

  const section = (
    <Section title={channels[channel]} actions={existing && <RemoveProvider id={existing.id} />}>
      {!existing && (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title={t.none({ channel: channels[channel] })}>
          {status?.enabled ? t.noneInbox : t.noneOff}
        </Alert>
      )}
      <NativeSelect
        label={t.choose}
        description={t.chooseHint}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={[
          ...(existing ? [] : [{ value: '', label: t.select }]),
          ...factories.map((one) => ({ value: one.id, label: nameOf(one) })),
        ]}
      />
      {replaces && <Text size="sm">{t.replaceNote}</Text>}
      {factory && (
        <ProviderForm
          key={factory.id}
          channel={channel}
          factory={factory}
          existing={existing?.connectorId === factory.id ? existing : undefined}
        />
      )}
    </Section>
  );
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>{section}</Grid.Col>
      {factory && guide && (
        <Grid.Col span={{ base: 12, md: 5 }}>
          <SetUpGuide guide={guide} />
        </Grid.Col>
      )}
    </Grid>
  );
}

type FormProps = { channel: Channel; factory: ConnectorFactory; existing?: Connector };

function ProviderForm({ channel, factory, existing }: FormProps) {
  const { providers: t } = usePhrases().messages;
  const items = factory.formItems ?? [];
  const form = useConfigForm(items, existing?.config);
  const save = useSaveProvider(existing?.id);
  const [failure, setFailure] = useState<unknown>(null);

  function submit() {
    const config = form.read();
    setFailure(null);
    if (!config) return;
    save.mutate(
      { connectorId: factory.id, config },
      {
        onSuccess: () => notifyDone(t.saved),
        onError: (error) => !form.showRefusal(error) && setFailure(error),
      },
    );
  }

  return (
    <>
      <form
        ref={form.formRef}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <ConfigFields items={items} values={form.values} errors={form.errors} onChange={form.change} />
          {failure !== null && <FailureAlert error={failure} />}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={existing !== undefined && !form.dirty}>
              {t.save}
            </Button>
          </Group>
        </Stack>
      </form>
      <TestSend channel={channel} factoryId={factory.id} read={form.read} />
    </>
  );
}

function RemoveProvider({ id }: { id: string }) {
  const { providers: t } = usePhrases().messages;
  const [asking, { open, close }] = useDisclosure();
  const remove = useRemoveProvider(() => {
    close();
    notifyDone(t.removed);
  });
  return (
    <>
      <Button variant="subtle" color="red" size="xs" onClick={open}>
        {t.remove}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t.removeTitle}
        confirmLabel={t.remove}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(id)}
        onClose={close}
      >
        {t.removeBody}
      </ConfirmDialog>
    </>
  );
}
