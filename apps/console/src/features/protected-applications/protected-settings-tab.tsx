import type { ApplicationDetails } from '@latchkey/server/contract';
import { Anchor, Checkbox, Code, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useUpdateApplication } from '../applications/applications.queries.ts';
import { DangerSection } from '../applications/danger-section.tsx';
import { GeneralSection } from '../applications/general-section.tsx';
import { SecretsSection } from '../applications/secrets-section.tsx';
import { UriListField } from '../applications/uri-list-field.tsx';
import { addressAt } from '../domains/domain-status.tsx';
import { ProtectedDomainsSection } from './protected-domains-section.tsx';
import {
  additionalScopes,
  type ProtectedFormValues,
  protectedFormErrors,
  sessionSeconds,
  toProtectedPatch,
  toProtectedValues,
} from './protected-form.ts';

type Settings = NonNullable<ApplicationDetails['protectedAppMetadata']>;

/** Where the app is, what stands in front of it, and what it is told. */
export function ProtectedSettingsTab({ application }: { application: ApplicationDetails }) {
  const settings = application.protectedAppMetadata;
  if (!settings) return <DangerSection application={application} />;
  return (
    <Stack gap="lg">
      <AddressSection host={settings.host} />
      <ProtectedForm application={application} settings={settings} />
      <ProtectedDomainsSection applicationId={application.id} />
      <ToldSection application={application} />
      <SecretsSection applicationId={application.id} />
      <DangerSection application={application} />
    </Stack>
  );
}

function AddressSection({ host }: { host: string }) {
  const { protectedApplications: t } = usePhrases();
  const { config } = useConsole();
  const address = addressAt(host, config.tenantEndpoint);
  return (
    <Section title={t.address} description={t.addressHint}>
      <div>
        <CopyableValue label={t.appAddress} value={address} />
        <Anchor href={address} target="_blank" rel="noreferrer" size="sm">
          {t.openApp}
        </Anchor>
      </div>
      <CopyableValue label={t.signOutAddress} value={`${address}/sign-out`} />
    </Section>
  );
}

function ProtectedForm({ application, settings }: { application: ApplicationDetails; settings: Settings }) {
  const { protectedApplications: t, applications, shell } = usePhrases();
  const update = useUpdateApplication(application.id);
  const form = useForm<ProtectedFormValues>({
    initialValues: toProtectedValues(application, settings),
    validate: (values) =>
      protectedFormErrors(values, {
        required: shell.form.required,
        origin: t.originProblem,
        range: applications.details.tokens.range(sessionSeconds),
        pattern: t.patternProblem,
      }),
    validateInputOnBlur: true,
  });
  const submit = form.onSubmit((values) =>
    update.mutate(toProtectedPatch(values), {
      onSuccess: (saved) => {
        const values = toProtectedValues(saved, saved.protectedAppMetadata ?? settings);
        form.setInitialValues(values);
        form.setValues(values);
        notifyDone(shell.form.saved);
      },
    }),
  );
  const discard = () => {
    update.reset();
    form.reset();
  };
  const rules = form.values.pageRules;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <GeneralSection field={form.getInputProps} />
        <Section title={t.behaviour} description={t.behaviourHint}>
          <TextInput
            label={t.origin}
            description={t.originHint}
            type="url"
            inputMode="url"
            required
            maxLength={2048}
            {...form.getInputProps('origin')}
          />
          <NumberInput
            label={t.session}
            description={t.sessionHint}
            suffix={` ${applications.details.tokens.seconds}`}
            min={sessionSeconds.min}
            max={sessionSeconds.max}
            allowDecimal={false}
            clampBehavior="none"
            {...form.getInputProps('sessionDuration')}
          />
          <UriListField
            label={t.rules}
            description={t.rulesHint}
            placeholder="^/admin"
            inputType="text"
            values={rules}
            errors={rules.map((_, index) => form.errors[`pageRules.${index}`]?.toString() ?? null)}
            onChange={(values) => form.setFieldValue('pageRules', values)}
          />
          <Checkbox.Group label={t.scopes} description={t.scopesHint} {...form.getInputProps('additionalScopes')}>
            <Stack gap="xs" mt="xs">
              {additionalScopes.map((scope) => (
                <Checkbox key={scope} value={scope} label={t.scopeNames[scope]} />
              ))}
            </Stack>
          </Checkbox.Group>
        </Section>
        {update.error && <FailureAlert error={update.error} />}
        <SaveBar dirty={form.isDirty()} pending={update.isPending} onDiscard={discard} />
      </Stack>
    </form>
  );
}

/** The guide: what the app behind finds in each request, and how it knows that it is true. */
function ToldSection({ application }: { application: ApplicationDetails }) {
  const { protectedApplications: t } = usePhrases();
  const { config } = useConsole();
  const headers = Object.entries(t.headers);
  return (
    <Section title={t.told} description={t.toldHint}>
      <Table.ScrollContainer minWidth={480}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.header}</Table.Th>
              <Table.Th>{t.meaning}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {headers.map(([name, meaning]) => (
              <Table.Tr key={name}>
                <Table.Td>
                  <Code>{name}</Code>
                </Table.Td>
                <Table.Td>{meaning}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm">{t.verify}</Text>
      <CopyableValue label={t.issuer} value={`${config.tenantEndpoint}/oidc`} />
      <CopyableValue label={t.audience} value={application.id} />
      <CopyableValue label={t.keys} value={`${config.tenantEndpoint}/oidc/jwks`} />
    </Section>
  );
}
