import { Badge } from '@mantine/core';
import { usePhrases } from '../../i18n/language.tsx';
import type { Domain } from './domains.queries.ts';

const colors = { Active: 'door', PendingSsl: 'gray', PendingVerification: 'gray', Error: 'red' } as const;

export function DomainStatus({ domain: { status } }: { domain: Domain }) {
  const { domains: t } = usePhrases();
  return (
    <Badge variant="light" color={colors[status]} tt="none" miw="max-content">
      {t.statuses[status]}
    </Badge>
  );
}

/** Whether the domain is proven to be the tenant's. */
export const isProven = ({ status }: Domain): boolean => status === 'Active' || status === 'PendingSsl';

/** The address of the tenant at a domain: with the scheme and the port that its other address has. */
export function addressAt(domain: string, tenantEndpoint: string): string {
  const { protocol, port } = new URL(tenantEndpoint);
  return `${protocol}//${domain}${port && `:${port}`}`;
}
