import { Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { SecretInput } from '../../components/secret-input.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { InlineMarkup } from '../applications/guide/inline-markup.tsx';
import { toOidcConfig, toOidcValues } from './connection-form.ts';
import type { SsoConnector } from './enterprise-sso.queries.ts';
import { useSaveConnection } from './use-save-connection.ts';

const fields = ['issuer', 'clientId', 'clientSecret', 'scope'] as const;

/** Where the OpenID provider is, and who we are there. */
export function OidcForm({ connector }: { connector: SsoConnector }) {
  const { enterpriseSso: t, shell } = usePhrases();
  // Google has one issuer for all of its customers.
  const isGoogle = connector.providerName === 'GoogleWorkspace';
  const connection = useSaveConnection(connector.id);
  const needed = (value: string) => (value.trim() === '' ? shell.form.required : null);
  const form = useForm({
    initialValues: toOidcValues(connector.config),
    validate: { ...(!isGoogle && { issuer: needed }), clientId: needed, clientSecret: needed },
  });
  const submit = form.onSubmit((values) =>
    connection.save(toOidcConfig(values), {
      keys: fields,
      onSaved: (config) => {
        form.setInitialValues(toOidcValues(config));
        form.setValues(toOidcValues(config));
      },
      onRefused: form.setErrors,
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Section title={t.connection} description={t.connectionHint}>
          {!isGoogle && (
            <TextInput
              label={t.issuer}
              description={<InlineMarkup text={t.issuerHint} />}
              placeholder="https://idp.example.com"
              type="url"
              required
              {...form.getInputProps('issuer')}
            />
          )}
          <TextInput label={t.clientId} required autoComplete="off" {...form.getInputProps('clientId')} />
          <SecretInput label={t.clientSecret} required {...form.getInputProps('clientSecret')} />
          <TextInput
            label={t.scope}
            description={<InlineMarkup text={t.scopeHint} />}
            autoComplete="off"
            {...form.getInputProps('scope')}
          />
          <Switch
            label={t.trustUnverifiedEmail}
            description={t.trustUnverifiedEmailHint}
            {...form.getInputProps('trustUnverifiedEmail', { type: 'checkbox' })}
          />
          {isGoogle && (
            <Switch
              label={t.offlineAccess}
              description={t.offlineAccessHint}
              {...form.getInputProps('offlineAccess', { type: 'checkbox' })}
            />
          )}
          {connection.failure && <FailureAlert error={connection.failure} detailed />}
        </Section>
        <SaveBar dirty={form.isDirty()} pending={connection.pending} onDiscard={form.reset} />
      </Stack>
    </form>
  );
}
