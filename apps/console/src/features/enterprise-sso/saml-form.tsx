import {
  Button,
  FileButton,
  Input,
  NativeSelect,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { IconUpload } from '@tabler/icons-react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { InlineMarkup } from '../applications/guide/inline-markup.tsx';
import { type SamlSource, type SamlValues, toSamlConfig, toSamlValues } from './connection-form.ts';
import type { SsoConnector } from './enterprise-sso.queries.ts';
import { useSaveConnection } from './use-save-connection.ts';

type SamlFormState = UseFormReturnType<SamlValues>;

const sources = ['url', 'xml', 'fields'] as const;
/** What has to be filled in for each of the ways to describe the provider. */
const members = {
  url: ['metadataUrl'],
  xml: ['metadata'],
  fields: ['entityId', 'signInEndpoint', 'x509Certificate'],
} as const satisfies Record<SamlSource, readonly (keyof SamlValues)[]>;

/** Who the SAML provider is, what its attributes are called, and whether requests to it are signed. */
export function SamlForm({ connector }: { connector: SsoConnector }) {
  const { enterpriseSso: t, shell } = usePhrases();
  const connection = useSaveConnection(connector.id);
  const form = useForm<SamlValues>({
    initialValues: toSamlValues(connector.config),
    validate: (values) =>
      Object.fromEntries(
        members[values.source]
          .filter((member) => values[member].trim() === '')
          .map((member) => [member, shell.form.required]),
      ),
  });
  const submit = form.onSubmit((values) =>
    connection.save(toSamlConfig(values), {
      keys: members[values.source],
      onSaved: (config) => {
        form.setInitialValues(toSamlValues(config));
        form.setValues(toSamlValues(config));
      },
      onRefused: form.setErrors,
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Section title={t.connection} description={t.connectionHint}>
          <Input.Wrapper label={t.source} labelElement="div">
            <SegmentedControl
              fullWidth
              aria-label={t.source}
              data={sources.map((value) => ({ value, label: t.sources[value] }))}
              {...form.getInputProps('source')}
            />
          </Input.Wrapper>
          <Description form={form} />
          {connection.failure && <FailureAlert error={connection.failure} detailed />}
        </Section>
        <Section title={t.attributes} description={t.attributesHint}>
          <TextInput label={t.attributeId} placeholder="nameID" {...form.getInputProps('attributeMapping.id')} />
          <TextInput label={t.attributeEmail} placeholder="email" {...form.getInputProps('attributeMapping.email')} />
          <TextInput label={t.attributeName} placeholder="name" {...form.getInputProps('attributeMapping.name')} />
        </Section>
        <Section title={t.signing}>
          <Switch
            label={t.signRequests}
            description={t.signRequestsHint}
            {...form.getInputProps('signAuthnRequest', { type: 'checkbox' })}
          />
          {form.values.signAuthnRequest && (
            <NativeSelect
              label={t.signatureAlgorithm}
              data={[
                { value: 'rsa-sha256', label: 'RSA-SHA256' },
                { value: 'rsa-sha512', label: 'RSA-SHA512' },
              ]}
              {...form.getInputProps('requestSignatureAlgorithm')}
            />
          )}
        </Section>
        <SaveBar dirty={form.isDirty()} pending={connection.pending} onDiscard={form.reset} />
      </Stack>
    </form>
  );
}

function Description({ form }: { form: SamlFormState }) {
  const { enterpriseSso: t } = usePhrases();
  if (form.values.source === 'xml') return <MetadataText form={form} />;
  if (form.values.source === 'url') {
    return (
      <TextInput
        label={t.idpMetadataUrl}
        description={<InlineMarkup text={t.idpMetadataUrlHint} />}
        placeholder="https://idp.example.com/metadata"
        type="url"
        required
        {...form.getInputProps('metadataUrl')}
      />
    );
  }
  return (
    <>
      <TextInput label={t.providerEntityId} required autoComplete="off" {...form.getInputProps('entityId')} />
      <TextInput
        label={t.signInEndpoint}
        placeholder="https://idp.example.com/sso"
        type="url"
        required
        {...form.getInputProps('signInEndpoint')}
      />
      <Textarea
        label={t.certificate}
        description={t.certificateHint}
        required
        rows={6}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        {...form.getInputProps('x509Certificate')}
      />
    </>
  );
}

function MetadataText({ form }: { form: SamlFormState }) {
  const { enterpriseSso: t } = usePhrases();
  const read = async (file: File | null) => {
    if (file) form.setFieldValue('metadata', await file.text());
  };
  return (
    <Stack gap="xs" align="flex-start">
      <FileButton accept=".xml,text/xml,application/xml,application/samlmetadata+xml" onChange={read}>
        {(props) => (
          <Button variant="default" size="xs" leftSection={<IconUpload size={16} aria-hidden />} {...props}>
            {t.uploadMetadata}
          </Button>
        )}
      </FileButton>
      <Text size="sm" className="quiet">
        {t.orPaste}
      </Text>
      <Textarea
        label={t.metadataText}
        required
        rows={8}
        w="100%"
        spellCheck={false}
        classNames={{ input: 'mono' }}
        {...form.getInputProps('metadata')}
      />
    </Stack>
  );
}
