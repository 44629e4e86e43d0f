import { Badge } from '@mantine/core';
import { usePhrases } from '../../i18n/language.tsx';
import type { SsoConnector } from './enterprise-sso.queries.ts';

/** Whether the provider is known well enough for anybody to sign in there. */
export const isComplete = ({ providerType, providerConfig }: SsoConnector): boolean =>
  providerType === 'saml' ? providerConfig?.identityProvider !== undefined : providerConfig !== undefined;

export function CompletenessBadge({ connector }: { connector: SsoConnector }) {
  const { enterpriseSso: t } = usePhrases();
  const complete = isComplete(connector);
  return (
    <Badge variant="light" color={complete ? 'door' : 'gray'} tt="none" miw="max-content">
      {complete ? t.complete : t.incomplete}
    </Badge>
  );
}
