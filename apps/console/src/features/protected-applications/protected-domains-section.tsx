import { ActionIcon, Badge, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { DomainStatus, isProven } from '../domains/domain-status.tsx';
import {
  type ProtectedDomain,
  protectedDomainsQuery,
  useAddProtectedDomain,
  useRemoveProtectedDomain,
} from './protected-applications.queries.ts';

/** Names of the tenant's own that lead to the application, with what their DNS has to say. */
export function ProtectedDomainsSection({ applicationId }: { applicationId: string }) {
  const { protectedApplications: t, domains } = usePhrases();
  const { api } = useConsole();
  const { data, error, refetch } = useQuery(protectedDomainsQuery(api, applicationId));
  const [adding, { open, close }] = useDisclosure(false);
  const [leaving, setLeaving] = useState<string | null>(null);
  const remove = useRemoveProtectedDomain(applicationId);
  const confirm = () =>
    remove.mutate(leaving ?? '', {
      onSuccess: () => {
        notifyDone(t.domainDeleted);
        setLeaving(null);
      },
    });
  return (
    <Section
      title={t.domains}
      description={t.domainsHint}
      actions={
        <Button variant="default" size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
          {domains.add}
        </Button>
      }
    >
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      {!error && !data && <Skeleton height={40} />}
      {data?.length === 0 && (
        <Text size="sm" className="quiet">
          {t.noDomains}
        </Text>
      )}
      {data?.map((domain) => (
        <DomainEntry key={domain.domain} domain={domain} onDelete={() => setLeaving(domain.domain)} />
      ))}
      <Dialog opened={adding} title={domains.add} onClose={close}>
        <AddForm applicationId={applicationId} onClose={close} />
      </Dialog>
      <ConfirmDialog
        opened={leaving !== null}
        title={t.deleteDomain}
        confirmLabel={t.deleteDomain}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={confirm}
        onClose={() => setLeaving(null)}
      >
        {t.deleteDomainBody({ domain: leaving ?? '' })}
      </ConfirmDialog>
    </Section>
  );
}

function DomainEntry({ domain, onDelete }: { domain: ProtectedDomain; onDelete: () => void }) {
  const { protectedApplications: t, domains } = usePhrases();
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" aria-live="polite">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {domain.domain}
          </Text>
          <DomainStatus domain={domain} />
        </Group>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          onClick={onDelete}
          aria-label={t.deleteDomainOf({ domain: domain.domain })}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {domain.status !== 'Active' && (
        <>
          <Text size="sm" className="quiet">
            {domains.whatItMeans[domain.status]}
          </Text>
          {domain.errorMessage && (
            <Text size="sm" c="red" lang="en">
              {domain.errorMessage}
            </Text>
          )}
        </>
      )}
      {!isProven(domain) &&
        domain.dnsRecords.map(({ type, name, value }) => (
          <Stack key={type} gap={4}>
            <Badge variant="light" color="gray" tt="none">
              {type}
            </Badge>
            <CopyableValue label={domains.recordName({ type })} value={name} />
            <CopyableValue label={domains.recordValue({ type })} value={value} />
          </Stack>
        ))}
    </Stack>
  );
}

function AddForm({ applicationId, onClose }: { applicationId: string; onClose: () => void }) {
  const { protectedApplications: t, domains, shell } = usePhrases();
  const add = useAddProtectedDomain(applicationId);
  const form = useForm({
    initialValues: { domain: '' },
    validate: { domain: (value) => (value.trim() === '' ? shell.form.required : null) },
  });
  return (
    <DialogForm
      submitLabel={shell.actions.add}
      pending={add.isPending}
      error={add.error}
      onSubmit={form.onSubmit(({ domain }) => add.mutate(domain.trim(), { onSuccess: onClose }))}
      onCancel={onClose}
    >
      <TextInput
        label={domains.domain}
        description={t.ownHostHint}
        placeholder="wiki.example.com"
        required
        maxLength={253}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('domain')}
      />
    </DialogForm>
  );
}
