import type { ApplicationDetails } from '@latchkey/server/contract';
import { Anchor, NativeSelect, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { DangerSection } from '../applications/danger-section.tsx';
import { GeneralSection } from '../applications/general-section.tsx';
import { AttributeMappingSection } from './attribute-mapping-section.tsx';
import { type SamlApplication, samlApplicationQuery, useUpdateSamlApplication } from './saml-applications.queries.ts';
import { type SamlFormValues, samlFormErrors, toSamlFormValues, toSamlPatch } from './saml-form.ts';
import { SamlKeysSection } from './saml-keys-section.tsx';

const formats = [
  'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
] as const satisfies readonly SamlApplication['nameIdFormat'][];

/** What the service provider must be told, what we must know of it, and the keys that answers are signed with. */
export function SamlSettingsTab({ application }: { application: ApplicationDetails }) {
  const { api } = useConsole();
  const query = useQuery(samlApplicationQuery(api, application.id));
  return (
    <Loaded query={query}>
      {(saml) => (
        <Stack gap="lg">
          <IdentityProviderSection id={saml.id} />
          <SamlForm application={saml} />
          <SamlKeysSection applicationId={saml.id} />
          <DangerSection application={application} />
        </Stack>
      )}
    </Loaded>
  );
}

function IdentityProviderSection({ id }: { id: string }) {
  const { samlApplications: t } = usePhrases();
  const { config } = useConsole();
  const metadata = `${config.tenantEndpoint}/api/saml-applications/${id}/metadata`;
  return (
    <Section title={t.values} description={t.valuesHint}>
      <div>
        <CopyableValue label={t.metadataUrl} value={metadata} />
        <Anchor href={metadata} target="_blank" rel="noreferrer" size="sm">
          {t.openMetadata}
        </Anchor>
      </div>
      <CopyableValue label={t.identityProviderEntityId} value={`${config.tenantEndpoint}/saml/${id}`} />
      <CopyableValue label={t.singleSignOnUrl} value={`${config.tenantEndpoint}/api/saml/${id}/authn`} />
    </Section>
  );
}

function SamlForm({ application }: { application: SamlApplication }) {
  const { samlApplications: t, shell, signInExperience } = usePhrases();
  const update = useUpdateSamlApplication(application.id);
  const form = useForm<SamlFormValues>({
    initialValues: toSamlFormValues(application),
    validate: (values) => samlFormErrors(values, { required: shell.form.required, url: signInExperience.problems.url }),
  });
  const submit = form.onSubmit((values) =>
    update.mutate(toSamlPatch(values), {
      onSuccess: (saved) => {
        form.setInitialValues(toSamlFormValues(saved));
        form.setValues(toSamlFormValues(saved));
        notifyDone(shell.form.saved);
      },
    }),
  );
  const discard = () => {
    update.reset();
    form.reset();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <GeneralSection field={form.getInputProps} />
        <Section title={t.serviceProvider} description={t.serviceProviderHint}>
          <TextInput
            label={t.entityId}
            description={t.entityIdHint}
            maxLength={128}
            placeholder="https://app.example.com/metadata"
            {...form.getInputProps('entityId')}
          />
          <TextInput
            label={t.acsUrl}
            description={t.acsUrlHint}
            type="url"
            inputMode="url"
            maxLength={2048}
            placeholder="https://app.example.com/saml/acs"
            {...form.getInputProps('acsUrl')}
          />
          <NativeSelect
            label={t.nameIdFormat}
            description={t.nameIdFormatHint}
            data={formats.map((value) => ({ value, label: t.nameIdFormats[value] }))}
            {...form.getInputProps('nameIdFormat')}
          />
        </Section>
        <AttributeMappingSection form={form} />
        <Section title={t.encryption} description={t.encryptionHint}>
          <Switch label={t.encryptAssertion} {...form.getInputProps('encryptAssertion', { type: 'checkbox' })} />
          {form.values.encryptAssertion && (
            <>
              <Textarea
                label={t.encryptionCertificate}
                required
                autosize
                minRows={4}
                maxRows={12}
                maxLength={16_384}
                placeholder="-----BEGIN CERTIFICATE-----"
                classNames={{ input: 'mono' }}
                {...form.getInputProps('certificate')}
              />
              <Switch
                label={t.encryptThenSign}
                description={t.encryptThenSignHint}
                {...form.getInputProps('encryptThenSign', { type: 'checkbox' })}
              />
            </>
          )}
        </Section>
        {update.error && <FailureAlert error={update.error} />}
        <SaveBar dirty={form.isDirty()} pending={update.isPending} onDiscard={discard} />
      </Stack>
    </form>
  );
}
