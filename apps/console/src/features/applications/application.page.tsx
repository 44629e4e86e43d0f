import type { Application, ApplicationDetails } from '@latchkey/server/contract';
import { Stack, Textarea, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ApiError } from '../../api/api-error.ts';
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
import { AddressesSection } from './addresses-section.tsx';
import { type ApplicationFormValues, capabilitiesOf, formErrors, toFormValues, toPatch } from './application-form.ts';
import { applicationQuery, useUpdateApplication } from './applications.queries.ts';
import { DangerSection } from './danger-section.tsx';
import { EndpointsSection } from './endpoints-section.tsx';
import { GuidesSection } from './guides-section.tsx';
import { ManagementApiSection } from './management-api-section.tsx';
import { SecretsSection } from './secrets-section.tsx';
import { TokensSection } from './tokens-section.tsx';

const route = getRouteApi('/signed-in/applications/$applicationId');

export type ApplicationForm = UseFormReturnType<ApplicationFormValues>;

/** Everything about one application: credentials to copy, settings to save, and the way to delete it. */
export function ApplicationPage() {
  const { applicationId } = route.useParams();
  const { api } = useConsole();
  const { data, error, refetch } = useQuery(applicationQuery(api, applicationId));

  if (data) return <Details key={data.id} application={data} />;
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  if (error) return <FailureAlert error={error} onRetry={() => refetch()} />;
  return <PageLoading />;
}

function Details({ application }: { application: ApplicationDetails }) {
  const { applications: t } = usePhrases();
  const can = capabilitiesOf(application.type);

  return (
    <>
      <PageHeader
        above={
          <TextLink to="/applications" size="sm" display="inline-flex" mb="xs" style={{ alignItems: 'center', gap: 4 }}>
            <IconArrowLeft size={16} aria-hidden /> {t.details.back}
          </TextLink>
        }
        title={application.name}
        description={t.types[application.type]}
      />
      <Stack gap="lg">
        <EndpointsSection application={application} />
        {can.secrets && <SecretsSection applicationId={application.id} />}
        {application.type === 'MachineToMachine' && <ManagementApiSection application={application} />}
        <SettingsForm application={application} />
        <GuidesSection application={application} />
        <DangerSection application={application} />
      </Stack>
    </>
  );
}

function SettingsForm({ application }: { application: Application }) {
  const phrases = usePhrases();
  const { details: t } = phrases.applications;
  const can = capabilitiesOf(application.type);
  const update = useUpdateApplication(application.id);
  const form: ApplicationForm = useForm<ApplicationFormValues>({
    initialValues: toFormValues(application),
    validate: (values) => formErrors(application.type, values, phrases),
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
        <Section title={t.general}>
          <TextInput label={t.name} required maxLength={256} {...form.getInputProps('name')} />
          <Textarea
            label={`${t.description} (${phrases.shell.form.optional})`}
            autosize
            minRows={2}
            {...form.getInputProps('description')}
          />
        </Section>
        {can.interactive && <AddressesSection type={application.type} form={form} />}
        {can.interactive && <TokensSection type={application.type} form={form} />}
        {update.error && <FailureAlert error={update.error} />}
        <SaveBar dirty={form.isDirty()} pending={update.isPending} onDiscard={discard} />
      </Stack>
    </form>
  );
}
