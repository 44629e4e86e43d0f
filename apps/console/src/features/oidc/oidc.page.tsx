import { Stack } from '@mantine/core';
import { PageHeader } from '../../components/page-header.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { DocumentClientsSection } from './document-clients-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { RegistrationSection } from './registration-section.tsx';
import { SessionSection } from './session-section.tsx';

/** Keys that sign, how long a sign-in lasts, and clients that nobody registered. */
export function OidcPage() {
  const { oidc: t } = usePhrases();
  return (
    <>
      <PageHeader title={t.title} description={t.lead} />
      <Stack gap="lg">
        <KeysSection keyType="private-keys" />
        <KeysSection keyType="cookie-keys" />
        <SessionSection />
        <DocumentClientsSection />
        <RegistrationSection />
      </Stack>
    </>
  );
}
