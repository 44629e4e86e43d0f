import type { Webhook } from '@latchkey/server/contract';
import { Badge, Box, Button, Group, Modal, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { AddButton } from '../../components/add-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { NameLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { SuccessRate } from './success-rate.tsx';
import { WebhookFields } from './webhook-fields.tsx';
import { emptyForm, toBody, validateForm } from './webhook-form.ts';
import { useCreateWebhook, webhooksQuery } from './webhooks.queries.ts';

/** The tenant's webhooks and how they do. */
export function WebhooksPage() {
  const { webhooks: t, shell } = usePhrases();
  const { api } = useConsole();
  const { data, error, refetch } = useQuery(webhooksQuery(api));
  const [creating, { open, close }] = useDisclosure(false);
  const create = <AddButton onClick={open}>{t.create}</AddButton>;
  return (
    <>
      <PageHeader title={t.title} description={t.lead} actions={create} />
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      <Box className="surface">
        {!error && !data && <Skeleton height={120} m="md" />}
        {data?.length === 0 && (
          <EmptyState icon={<IconWebhook size={28} />} title={t.emptyTitle} description={t.empty} action={create} />
        )}
        {data && data.length > 0 && <WebhooksTable webhooks={data} />}
      </Box>
      <Modal
        opened={creating}
        onClose={close}
        title={t.create}
        size="lg"
        closeButtonProps={{ 'aria-label': shell.actions.close }}
      >
        <CreateForm onClose={close} />
      </Modal>
    </>
  );
}

function WebhooksTable({ webhooks }: { webhooks: Webhook[] }) {
  const { webhooks: t } = usePhrases();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.name}</Table.Th>
          <Table.Th visibleFrom="md">{t.events}</Table.Th>
          <Table.Th>{t.successRate}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {webhooks.map((webhook) => (
          <Table.Tr key={webhook.id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <NameLink to="/webhooks/$webhookId" params={{ webhookId: webhook.id }}>
                {webhook.name}
              </NameLink>
              <Text size="sm" className="quiet">
                {webhook.config.url}
              </Text>
              {!webhook.enabled && <Badge color="gray">{t.disabled}</Badge>}
            </Table.Td>
            <Table.Td visibleFrom="md">{webhook.events.length}</Table.Td>
            <Table.Td>
              <SuccessRate webhook={webhook} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const phrases = usePhrases();
  const navigate = useNavigate();
  const create = useCreateWebhook();
  const form = useForm({ initialValues: emptyForm, validate: validateForm(phrases) });
  const submit = form.onSubmit((values) =>
    create.mutate(toBody(values), {
      onSuccess: ({ id }) => navigate({ to: '/webhooks/$webhookId', params: { webhookId: id } }),
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <WebhookFields form={form} />
        {create.error && <FailureAlert error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {phrases.shell.actions.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {phrases.shell.actions.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
