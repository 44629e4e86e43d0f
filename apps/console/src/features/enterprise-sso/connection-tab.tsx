import { Anchor, Grid, Stack, Text } from '@mantine/core';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { InlineMarkup } from '../applications/guide/inline-markup.tsx';
import { useSetUpGuide } from '../connectors/connector-texts.ts';
import classes from '../connectors/connectors.module.css';
import { SetUpGuide } from '../connectors/set-up-guide.tsx';
import { isComplete } from './completeness.tsx';
import type { SsoConnector } from './enterprise-sso.queries.ts';
import { OidcForm } from './oidc-form.tsx';
import { ProviderFacts } from './provider-facts.tsx';
import { SamlForm } from './saml-form.tsx';
import { SigningKeysSection } from './signing-keys-section.tsx';

/** What the provider has to be told, and what it tells; the provider's own pages are named beside. */
export function ConnectionTab({ connector }: { connector: SsoConnector }) {
  const { enterpriseSso: t } = usePhrases();
  const guide = useSetUpGuide(`enterprise-${connector.providerName.toLowerCase()}`);
  const isSaml = connector.providerType === 'saml';
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="lg">
          <Section title={t.values} description={t.valuesHint}>
            {isSaml ? <SamlAddresses connector={connector} /> : <RedirectUri connector={connector} />}
          </Section>
          {isSaml ? <SamlForm connector={connector} /> : <OidcForm connector={connector} />}
          {isComplete(connector) && <ProviderFacts connector={connector} />}
          {isSaml && <SigningKeysSection connectorId={connector.id} />}
        </Stack>
      </Grid.Col>
      {guide !== null && (
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg" className={classes.beside}>
            <SetUpGuide guide={guide} />
            <Section title={t.test}>
              <Text size="sm">
                <InlineMarkup text={t.testHint({ id: connector.id })} />
              </Text>
            </Section>
          </Stack>
        </Grid.Col>
      )}
    </Grid>
  );
}

function RedirectUri({ connector }: { connector: SsoConnector }) {
  const { enterpriseSso: t } = usePhrases();
  const { config } = useConsole();
  return <CopyableValue label={t.redirectUri} value={`${config.tenantEndpoint}/callback/${connector.id}`} />;
}

type ServiceProvider = { entityId?: string; assertionConsumerServiceUrl?: string };

function SamlAddresses({ connector }: { connector: SsoConnector }) {
  const { enterpriseSso: t } = usePhrases();
  const { config } = useConsole();
  const own = (connector.providerConfig?.serviceProvider ?? {}) as ServiceProvider;
  const metadata = `${config.tenantEndpoint}/api/sso-connectors/${connector.id}/metadata`;
  return (
    <>
      <CopyableValue label={t.acsUrl} value={own.assertionConsumerServiceUrl ?? ''} />
      <CopyableValue label={t.entityId} value={own.entityId ?? ''} />
      <div>
        <CopyableValue label={t.metadataUrl} value={metadata} />
        <Anchor href={metadata} target="_blank" rel="noreferrer" size="sm">
          {t.openMetadata}
        </Anchor>
      </div>
    </>
  );
}
