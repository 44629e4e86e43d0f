import type { AuditStream } from '@latchkey/server/contract';
import { Group, NumberInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifyDone } from '../../components/notify.ts';
import { SecretInput } from '../../components/secret-input.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useSaveHttpStream, useSaveSyslogStream } from './settings.queries.ts';
import { StreamSection } from './stream-section.tsx';

type StreamOf<Type extends AuditStream['type']> = Extract<AuditStream, { type: Type }>;

const SYSLOG_TLS_PORT = 6514;

/** Sends entries to a syslog receiver. */
export function SyslogStreamSection({ stream }: { stream: StreamOf<'syslog'> | undefined }) {
  const { auditLogs, shell } = usePhrases();
  const t = auditLogs.settings;
  const save = useSaveSyslogStream();
  const form = useForm({
    initialValues: {
      host: stream?.host ?? '',
      port: stream?.port ?? SYSLOG_TLS_PORT,
      tls: stream?.tls ?? true,
      certificate: stream?.certificate ?? '',
      enabled: stream?.enabled ?? true,
    },
    validate: {
      host: (value) => (value.trim() === '' ? shell.form.required : null),
      port: (value) => (typeof value === 'number' ? null : shell.form.required),
    },
  });
  const submit = form.onSubmit(({ host, certificate, ...values }) =>
    save.mutate(
      { ...values, host: host.trim(), certificate: certificate.trim() || null },
      {
        onSuccess: () => {
          form.resetDirty();
          notifyDone(shell.form.saved);
        },
      },
    ),
  );
  return (
    <StreamSection
      type="syslog"
      stream={stream}
      title={t.syslog}
      description={t.syslogHint}
      saving={save}
      dirty={form.isDirty()}
      onSubmit={submit}
      onEnded={form.reset}
    >
      <Group align="start">
        <TextInput
          flex="3 1 14rem"
          label={t.host}
          placeholder="syslog.example.com"
          required
          {...form.getInputProps('host')}
        />
        <NumberInput
          flex="1 1 7rem"
          label={t.port}
          required
          min={1}
          max={65_535}
          allowDecimal={false}
          {...form.getInputProps('port')}
        />
      </Group>
      <Switch label={t.tls} description={t.tlsHint} {...form.getInputProps('tls', { type: 'checkbox' })} />
      {form.values.tls && (
        <Textarea
          label={`${t.certificate} (${shell.form.optional})`}
          description={t.certificateHint}
          placeholder="-----BEGIN CERTIFICATE-----"
          autosize
          minRows={2}
          maxRows={8}
          classNames={{ input: 'mono' }}
          {...form.getInputProps('certificate')}
        />
      )}
      <Switch label={t.enabled} description={t.enabledHint} {...form.getInputProps('enabled', { type: 'checkbox' })} />
    </StreamSection>
  );
}

/** Sends entries to an address. */
export function HttpStreamSection({ stream }: { stream: StreamOf<'http'> | undefined }) {
  const { auditLogs, shell } = usePhrases();
  const t = auditLogs.settings;
  const save = useSaveHttpStream();
  const form = useForm({
    initialValues: { url: stream?.url ?? '', token: '', enabled: stream?.enabled ?? true },
    validate: {
      url: (value) => (URL.canParse(value.trim()) && /^https?:/i.test(value.trim()) ? null : t.urlInvalid),
    },
  });
  const submit = form.onSubmit(({ url, token, enabled }) =>
    save.mutate(
      { url: url.trim(), enabled, ...(token !== '' && { token }) },
      {
        onSuccess: () => {
          form.setFieldValue('token', '');
          form.resetDirty({ url, token: '', enabled });
          notifyDone(shell.form.saved);
        },
      },
    ),
  );
  return (
    <StreamSection
      type="http"
      stream={stream}
      title={t.http}
      description={t.httpHint}
      saving={save}
      dirty={form.isDirty()}
      onSubmit={submit}
      onEnded={form.reset}
    >
      <TextInput
        label={t.url}
        placeholder="https://logs.example.com/latchkey"
        required
        {...form.getInputProps('url')}
      />
      <SecretInput
        label={`${t.token} (${shell.form.optional})`}
        description={t.tokenHint}
        placeholder={stream?.hasToken ? t.tokenKept : undefined}
        {...form.getInputProps('token')}
      />
      <Switch label={t.enabled} description={t.enabledHint} {...form.getInputProps('enabled', { type: 'checkbox' })} />
    </StreamSection>
  );
}
