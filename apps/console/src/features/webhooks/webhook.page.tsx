import type { Webhook } from '@latchkey/server/contract';
import { Alert, Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ApiError } from '../../api/api-error.ts';
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
import { useTimeFormat } from '../../i18n/time-format.ts';
import { HistoryButton } from '../audit-logs/history-button.tsx';
import { DeliveriesSection, RequestsSection } from './deliveries-sections.tsx';
import { WebhookFields } from './webhook-fields.tsx';
import { toBody, toFormValues, validateForm } from './webhook-form.ts';
import { useDeleteWebhook, useRotateKey, useTestWebhook, useUpdateWebhook, webhookQuery } from './webhooks.queries.ts';

const route = getRouteApi('/signed-in/webhooks/$webhookId');

/** One webhook: its settings, its key, and what became of its deliveries. */
export function WebhookPage() {
  const { webhookId } = route.useParams();
  const { api } = useConsole();
  const { data, error, refetch } = useQuery(webhookQuery(api, webhookId));
  if (data) return <Details key={data.id} webhook={data} />;
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  if (error) return <FailureAlert error={error} onRetry={() => refetch()} />;
  return <PageLoading />;
}

function Details({ webhook }: { webhook: Webhook }) {
  const { webhooks: t } = usePhrases();
  const time = useTimeFormat('second');
  return (
    <>
      <PageHeader
        above={
          <TextLink to="/webhooks" size="sm" display="inline-flex" mb="xs" style={{ alignItems: 'center', gap: 4 }}>
            <IconArrowLeft size={16} aria-hidden /> {t.back}
          </TextLink>
        }
        title={webhook.name}
        description={webhook.config.url}
        actions={<HistoryButton of={{ targetType: 'Webhook', targetId: webhook.id }} name={webhook.name} />}
      />
      <Stack gap="lg">
        {webhook.retryAt !== null && <Alert color="orange">{t.retryAt({ time: time.format(webhook.retryAt) })}</Alert>}
        <SettingsForm webhook={webhook} />
        <SigningSection webhook={webhook} />
        <DeliveriesSection webhook={webhook} />
        <RequestsSection webhook={webhook} />
        <DangerSection webhook={webhook} />
      </Stack>
    </>
  );
}

function SettingsForm({ webhook }: { webhook: Webhook }) {
  const phrases = usePhrases();
  const { webhooks: t } = phrases;
  const update = useUpdateWebhook(webhook.id);
  const test = useTestWebhook(webhook.id);
  const form = useForm({ initialValues: toFormValues(webhook), validate: validateForm(phrases) });
  const submit = form.onSubmit((values) =>
    update.mutate(toBody(values), {
      onSuccess: (saved) => {
        form.setInitialValues(toFormValues(saved));
        form.setValues(toFormValues(saved));
        notifyDone(phrases.shell.form.saved);
      },
    }),
  );
  const send = () => {
    const { events, config } = toBody(form.values);
    test.mutate({ events: events ?? [], config }, { onSuccess: () => notifyDone(t.testSent) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Section
          title={t.settings}
          actions={
            <Button variant="default" size="xs" loading={test.isPending} onClick={send}>
              {t.test}
            </Button>
          }
        >
          <WebhookFields form={form} />
          {test.error && <FailureAlert error={test.error} />}
        </Section>
        {update.error && <FailureAlert error={update.error} />}
        <SaveBar dirty={form.isDirty()} pending={update.isPending} onDiscard={() => form.reset()} />
      </Stack>
    </form>
  );
}

function SigningSection({ webhook }: { webhook: Webhook }) {
  const { webhooks: t } = usePhrases();
  const [asking, { open, close }] = useDisclosure(false);
  const rotate = useRotateKey(webhook.id);
  const confirm = () =>
    rotate.mutate(undefined, {
      onSuccess: () => {
        close();
        notifyDone(t.rotated);
      },
    });
  return (
    <Section
      title={t.signing}
      description={t.signingHint}
      actions={
        <Button variant="default" size="xs" onClick={open}>
          {t.rotate}
        </Button>
      }
    >
      <CopyableValue label={t.signingKey} value={webhook.signingKey} secret />
      <ConfirmDialog
        opened={asking}
        title={t.rotateTitle}
        confirmLabel={t.rotate}
        pending={rotate.isPending}
        error={rotate.error}
        onConfirm={confirm}
        onClose={close}
      >
        {t.rotateBody}
      </ConfirmDialog>
    </Section>
  );
}

function DangerSection({ webhook }: { webhook: Webhook }) {
  const { webhooks: t, shell } = usePhrases();
  const navigate = useNavigate();
  const [asking, { open, close }] = useDisclosure(false);
  const remove = useDeleteWebhook(webhook.id);
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notifyDone(t.deleted);
        void navigate({ to: '/webhooks', ignoreBlocker: true });
      },
    });
  return (
    <Section
      title={t.danger}
      description={t.dangerHint}
      actions={
        <Button color="red" variant="outline" onClick={open}>
          {shell.actions.delete}
        </Button>
      }
    >
      <ConfirmDialog
        opened={asking}
        title={t.deleteTitle}
        confirmLabel={shell.actions.delete}
        typedName={webhook.name}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={confirm}
        onClose={close}
      >
        {t.deleteBody}
      </ConfirmDialog>
    </Section>
  );
}
