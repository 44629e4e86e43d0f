import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import type { SsoConnector } from './enterprise-sso.queries.ts';

type SamlFacts = {
  entityId?: string;
  signInEndpoint?: string;
  certificateExpiresAt?: number;
  isCertificateValid?: boolean;
};
type OidcFacts = { issuer?: string; authorizationEndpoint?: string };

/** What the provider has said of itself when it was asked: proof that the right one was meant. */
export function ProviderFacts({ connector: { providerType, providerConfig = {} } }: { connector: SsoConnector }) {
  const { enterpriseSso: t } = usePhrases();
  return (
    <Section title={t.facts} description={t.factsHint}>
      {providerType === 'saml' ? (
        <SamlProviderFacts facts={(providerConfig.identityProvider ?? {}) as SamlFacts} />
      ) : (
        <OidcProviderFacts facts={providerConfig as OidcFacts} />
      )}
    </Section>
  );
}

function OidcProviderFacts({ facts }: { facts: OidcFacts }) {
  const { enterpriseSso: t } = usePhrases();
  return (
    <>
      <CopyableValue label={t.issuer} value={facts.issuer ?? ''} />
      <CopyableValue label={t.authorizationEndpoint} value={facts.authorizationEndpoint ?? ''} />
    </>
  );
}

function SamlProviderFacts({ facts }: { facts: SamlFacts }) {
  const { enterpriseSso: t } = usePhrases();
  const { certificateExpiresAt: expiresAt, isCertificateValid } = facts;
  const day = useTimeFormat('day');
  const until = expiresAt === undefined ? '' : day.format(expiresAt);
  return (
    <>
      <CopyableValue label={t.providerEntityId} value={facts.entityId ?? ''} />
      <CopyableValue label={t.signInEndpoint} value={facts.signInEndpoint ?? ''} />
      {isCertificateValid ? (
        <CopyableValue label={t.certificateUntil} value={until} />
      ) : (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
          {t.certificateExpired({ day: until })}
        </Alert>
      )}
    </>
  );
}
