import type { ApplicationDetails } from '@latchkey/server/contract';
import { Checkbox, JsonInput, Stack, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { AddressesSection } from './addresses-section.tsx';
import { type ApplicationFormValues, capabilitiesOf, formErrors, toFormValues, toPatch } from './application-form.ts';
import { useUpdateApplication } from './applications.queries.ts';
import { DangerSection } from './danger-section.tsx';
import { EndpointsSection } from './endpoints-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { GuidesSection } from './guides-section.tsx';
import { SecretsSection } from './secrets-section.tsx';
import { TokensSection } from './tokens-section.tsx';

export type ApplicationForm = UseFormReturnType<ApplicationFormValues>;

/** Credentials to copy, settings to save, and the way to delete the application. */
export function SettingsTab({ application }: { application: ApplicationDetails }) {
  return (
    <Stack gap="lg">
      <EndpointsSection application={application} />
      {capabilitiesOf(application).secrets && <SecretsSection applicationId={application.id} />}
      <SettingsForm application={application} />
      <GuidesSection application={application} />
      <DangerSection application={application} />
    </Stack>
  );
}

function SettingsForm({ application }: { application: ApplicationDetails }) {
  const phrases = usePhrases();
  const can = capabilitiesOf(application);
  const update = useUpdateApplication(application.id);
  const form: ApplicationForm = useForm<ApplicationFormValues>({
    initialValues: toFormValues(application),
    validate: (values) => formErrors(application, values, phrases),
    validateInputOnBlur: true,
  });

  const submit = form.onSubmit((values) =>
    update.mutate(toPatch(application, values), {
      onSuccess: (saved) => {
        const savedValues = toFormValues(saved);
        form.setInitialValues(savedValues);
        form.setValues(savedValues);
        notifyDone(phrases.shell.form.saved);
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
        {can.interactive && <AddressesSection type={application.type} form={form} />}
        {(can.interactive || can.tokenExchange) && <TokensSection application={application} form={form} />}
        {can.interactive && <BackChannelSection form={form} />}
        <CustomDataSection form={form} />
        {update.error && <FailureAlert error={update.error} />}
        <SaveBar dirty={form.isDirty()} pending={update.isPending} onDiscard={discard} />
      </Stack>
    </form>
  );
}

/** OpenID Connect Back-Channel Logout 1.0: the application is told on its server when somebody signs out. */
function BackChannelSection({ form }: { form: ApplicationForm }) {
  const { backChannel: t } = usePhrases().applications.details;
  return (
    <Section title={t.title} description={t.hint}>
      <TextInput
        label={t.uri}
        type="url"
        inputMode="url"
        placeholder="https://app.example.com/signed-out"
        maxLength={2048}
        {...form.getInputProps('backchannelLogoutUri')}
      />
      <Checkbox
        label={t.session}
        description={t.sessionHint}
        {...form.getInputProps('backchannelLogoutSessionRequired', { type: 'checkbox' })}
      />
    </Section>
  );
}

function CustomDataSection({ form }: { form: ApplicationForm }) {
  const { lists } = usePhrases();
  return (
    <Section title={lists.json} description={lists.jsonHint}>
      <JsonInput
        aria-label={lists.json}
        autosize
        minRows={4}
        maxRows={20}
        formatOnBlur
        classNames={{ input: 'mono' }}
        {...form.getInputProps('customData')}
      />
    </Section>
  );
}
