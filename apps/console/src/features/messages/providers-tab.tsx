import type { Channel, Connector, ConnectorFactory } from '@latchkey/server/contract';
import { Alert, Button, Grid, Group, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { ConfigFields } from '../connectors/config-fields.tsx';
import { useConnectorName, useSetUpGuide } from '../connectors/connector-texts.ts';
import { SetUpGuide } from '../connectors/set-up-guide.tsx';
import { useConfigForm } from '../connectors/use-config-form.ts';
import classes from './messages.module.css';
import {
  useInboxStatus,
  useProvider,
  useProviderFactories,
  useRemoveProvider,
  useSaveProvider,
  useTestSend,
} from './messages.queries.ts';

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

type TestProps = { channel: Channel; factoryId: string; read: () => Record<string, unknown> | null };

/** Tries the settings in the form out, and shows what the provider said. */
function TestSend({ channel, factoryId, read }: TestProps) {
  const { providers: t } = usePhrases().messages;
  const [to, setTo] = useState('');
  const send = useTestSend(factoryId);

  function submit() {
    const config = read();
    if (config) send.mutate({ [channel === 'Email' ? 'email' : 'phone']: to.trim(), config });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <Text fw={600}>{t.test}</Text>
        <Group align="flex-end" gap="sm">
          <TextInput
            flex="1 1 16rem"
            label={channel === 'Email' ? t.testEmail : t.testPhone}
            description={t.testLead}
            type={channel === 'Email' ? 'email' : 'tel'}
            value={to}
            required
            withAsterisk={false}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={send.isPending}>
            {t.send}
          </Button>
        </Group>
        {send.isSuccess && (
          <Alert color="green" icon={<IconCheck aria-hidden />} role="status">
            {t.sent}
          </Alert>
        )}
        {send.isError && <SendFailure error={send.error} />}
      </Stack>
    </form>
  );
}

function SendFailure({ error }: { error: unknown }) {
  const { providers: t } = usePhrases().messages;
  const data = error instanceof ApiError ? (error.data as { dialogue?: unknown } | undefined) : undefined;
  return (
    <Stack gap="xs">
      <FailureAlert error={error} title={t.failed} />
      {typeof data?.dialogue === 'string' && data.dialogue !== '' && (
        <>
          <Text size="sm">{t.dialogue}</Text>
          <pre className={classes.source}>{data.dialogue}</pre>
        </>
      )}
    </Stack>
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
