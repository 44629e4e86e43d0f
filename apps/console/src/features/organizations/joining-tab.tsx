import { MultiSelect, Stack, TagsInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { ssoConnectorChoicesQuery } from '../enterprise-sso/enterprise-sso.queries.ts';
import { joiningQuery, organizationRolesQuery, useSetJoining } from './organizations.queries.ts';

/** Who joins the organization by themselves, and as what. */
export function JoiningTab({ organizationId }: { organizationId: string }) {
  const { api } = useConsole();
  const joining = useQuery(joiningQuery(api, organizationId));
  return <Loaded query={joining}>{(rules) => <JoiningForm organizationId={organizationId} rules={rules} />}</Loaded>;
}

type Rules = { domains: string[]; ssoConnectorIds: string[]; roleIds: string[] };

const isDomain = (text: string) => /^[^\s@.]+(\.[^\s@.]+)+$/.test(text);

function JoiningForm({ organizationId, rules }: { organizationId: string; rules: Rules }) {
  const { organizations, shell } = usePhrases();
  const { jit: t } = organizations;
  const { api } = useConsole();
  const roles = useQuery(organizationRolesQuery(api, organizationId));
  const save = useSetJoining(organizationId);
  const form = useForm<Rules>({
    initialValues: rules,
    validate: {
      domains: (domains) => {
        const wrong = domains.find((domain) => !isDomain(domain));
        return wrong === undefined ? null : t.domainInvalid({ domain: wrong });
      },
    },
  });
  const submit = form.onSubmit((values) =>
    save.mutate(values, {
      onSuccess: () => {
        form.setInitialValues(values);
        form.setValues(values);
        notifyDone(shell.form.saved);
      },
    }),
  );
  const choices = (roles.data ?? []).filter(({ type }) => type === 'User');
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Section title={t.title} description={t.hint}>
          <TagsInput
            label={t.domains}
            description={t.domainsHint}
            placeholder="example.com"
            {...form.getInputProps('domains')}
          />
          <SsoConnectorsField {...form.getInputProps('ssoConnectorIds')} />
          <MultiSelect
            label={t.roles}
            data={choices.map(({ id, name }) => ({ value: id, label: name }))}
            searchable
            {...form.getInputProps('roleIds')}
          />
          {roles.error && <FailureAlert error={roles.error} onRetry={() => roles.refetch()} />}
          {save.error && <FailureAlert error={save.error} />}
        </Section>
        <SaveBar dirty={form.isDirty()} pending={save.isPending} onDiscard={() => form.reset()} />
      </Stack>
    </form>
  );
}

type FieldProps = { value?: string[]; onChange?: (ids: string[]) => void };

function SsoConnectorsField(field: FieldProps) {
  const { jit: t } = usePhrases().organizations;
  const { api } = useConsole();
  const { data, error, refetch } = useQuery(ssoConnectorChoicesQuery(api));
  if (error) return <FailureAlert error={error} onRetry={() => refetch()} />;
  if (data?.length === 0) {
    return (
      <div>
        <Text size="sm" fw={500}>
          {t.ssoConnectors}
        </Text>
        <Text size="sm" className="quiet">
          {t.noSsoConnectors}{' '}
          <TextLink to="/enterprise-sso" inherit underline="always">
            {t.addSsoConnector}
          </TextLink>
        </Text>
      </div>
    );
  }
  return (
    <MultiSelect
      label={t.ssoConnectors}
      description={t.ssoConnectorsHint}
      data={data?.map(({ id, connectorName }) => ({ value: id, label: connectorName })) ?? []}
      searchable
      {...field}
    />
  );
}
