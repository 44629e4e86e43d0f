import { Badge, Group, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { ApiError } from '../../api/api-error.ts';
import { DeleteSection } from '../../components/delete-section.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { TextLink } from '../../components/link.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { type SsoConnector, useDeleteSsoConnector, useUpdateSsoConnector } from './enterprise-sso.queries.ts';

/** Whom the connector is for, how it looks to them, and what their sign-ins take over. */
export function ExperienceTab({ connector }: { connector: SsoConnector }) {
  const { enterpriseSso: t } = usePhrases();
  const navigate = useNavigate();
  const remove = useDeleteSsoConnector(connector.id);
  return (
    <Stack gap="lg">
      <ExperienceForm connector={connector} />
      <OrganizationsSection connector={connector} />
      <DeleteSection
        title={t.deleteSection}
        hint={t.deleteHint}
        name={connector.connectorName}
        onDelete={() => remove.mutateAsync(undefined)}
        onDeleted={() => navigate({ to: '/enterprise-sso', ignoreBlocker: true })}
      />
    </Stack>
  );
}

type Values = ReturnType<typeof valuesOf>;

const valuesOf = ({ connectorName, domains, branding, syncProfile, enableTokenStorage }: SsoConnector) => ({
  connectorName,
  domains,
  displayName: branding.displayName ?? '',
  logo: branding.logo ?? '',
  darkLogo: branding.darkLogo ?? '',
  syncProfile,
  enableTokenStorage,
});

const toBody = ({ connectorName, domains, displayName, logo, darkLogo, ...switches }: Values) => ({
  connectorName: connectorName.trim(),
  domains,
  branding: { displayName: displayName.trim(), logo: logo.trim(), darkLogo: darkLogo.trim() },
  ...switches,
});

/** The field that a refusal is about, by its code. */
function fieldOf({ code }: ApiError): keyof Values | undefined {
  if (code === 'single_sign_on.duplicate_connector_name') return 'connectorName';
  return /^single_sign_on\..*domain/.test(code) ? 'domains' : undefined;
}

const isWebAddress = (text: string) =>
  text.trim() === '' || (URL.canParse(text.trim()) && /^https?:$/.test(new URL(text.trim()).protocol));

function useExperienceForm(connector: SsoConnector) {
  const { connectors, shell } = usePhrases();
  const update = useUpdateSsoConnector(connector.id);
  const address = (value: string) => (isWebAddress(value) ? null : connectors.look.addressWrong);
  const form = useForm({
    initialValues: valuesOf(connector),
    validate: {
      connectorName: (value) => (value.trim() === '' ? shell.form.required : null),
      logo: address,
      darkLogo: address,
    },
  });
  const submit = form.onSubmit((values) =>
    update.mutate(toBody(values), {
      onSuccess: (saved) => {
        const stored = valuesOf({ ...connector, ...saved });
        form.setInitialValues(stored);
        form.setValues(stored);
        notifyDone(shell.form.saved);
      },
      onError: (error) => {
        const field = error instanceof ApiError ? fieldOf(error) : undefined;
        if (field) form.setFieldError(field, error.message);
      },
    }),
  );
  const isShownAtField = update.error instanceof ApiError && fieldOf(update.error) !== undefined;
  return { form, submit, pending: update.isPending, failure: isShownAtField ? null : update.error };
}

function ExperienceForm({ connector }: { connector: SsoConnector }) {
  const { enterpriseSso: t, connectors } = usePhrases();
  const { form, submit, pending, failure } = useExperienceForm(connector);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Section title={t.who}>
          <TagsInput
            label={t.domains}
            description={t.domainsHint}
            placeholder="example.com"
            splitChars={[',', ' ']}
            clearable={false}
            {...form.getInputProps('domains')}
          />
        </Section>
        <Section title={t.look}>
          <TextInput
            label={t.connectorName}
            description={t.connectorNameHint}
            required
            maxLength={128}
            {...form.getInputProps('connectorName')}
          />
          <TextInput
            label={t.displayName}
            description={t.displayNameHint}
            placeholder={form.values.connectorName}
            maxLength={128}
            {...form.getInputProps('displayName')}
          />
          <TextInput
            label={connectors.look.logo}
            description={t.logoHint}
            inputMode="url"
            {...form.getInputProps('logo')}
          />
          <TextInput
            label={connectors.look.logoDark}
            description={connectors.look.logoDarkHint}
            inputMode="url"
            {...form.getInputProps('darkLogo')}
          />
        </Section>
        <Section title={connectors.fields.behaviour}>
          <Switch
            label={connectors.fields.syncProfile}
            description={t.syncProfileHint}
            {...form.getInputProps('syncProfile', { type: 'checkbox' })}
          />
          {connector.providerType === 'oidc' && (
            <Switch
              label={connectors.fields.tokenStorage}
              description={connectors.fields.tokenStorageHint}
              {...form.getInputProps('enableTokenStorage', { type: 'checkbox' })}
            />
          )}
        </Section>
        {failure && <FailureAlert error={failure} />}
        <SaveBar dirty={form.isDirty()} pending={pending} onDiscard={form.reset} />
      </Stack>
    </form>
  );
}

/** Where people who come by the connector become members; it is chosen at the organization. */
function OrganizationsSection({ connector: { organizations, organizationCount } }: { connector: SsoConnector }) {
  const { enterpriseSso: t } = usePhrases();
  return (
    <Section title={t.organizations} description={t.organizationsHint}>
      {organizationCount === 0 ? (
        <Text size="sm" className="quiet">
          {t.noOrganizations}
        </Text>
      ) : (
        <Group gap="sm">
          {organizations.map(({ id, name }) => (
            <TextLink
              key={id}
              to="/organizations/$organizationId/$tab"
              params={{ organizationId: id, tab: 'joining' }}
              size="sm"
            >
              {name}
            </TextLink>
          ))}
          {organizationCount > organizations.length && (
            <Badge variant="light" color="gray" tt="none">
              {t.more({ count: organizationCount - organizations.length })}
            </Badge>
          )}
        </Group>
      )}
    </Section>
  );
}
