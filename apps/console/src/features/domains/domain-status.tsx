import { Badge } from '@mantine/core';
import { usePhrases } from '../../i18n/language.tsx';
import type { Domain } from './domains.queries.ts';

const colors = {
  Active: 'door',
  PendingSsl: 'gray',
  PendingVerification: 'gray',
  Failing: 'orange',
  Error: 'red',
} as const;

/** What is known of a domain, of the tenant or of a protected application. */
type Known = Pick<Domain, 'status'> & Partial<Pick<Domain, 'servesUntil'>>;

/** What the reader has to know: a domain whose record is missing serves on for a while. */
export const stateOf = ({ status, servesUntil = null }: Known): keyof typeof colors =>
  servesUntil === null ? status : 'Failing';

export function DomainStatus({ domain }: { domain: Known }) {
  const { domains: t } = usePhrases();
  const state = stateOf(domain);
  return (
    <Badge variant="light" color={colors[state]} tt="none" miw="max-content">
      {t.statuses[state]}
    </Badge>
  );
}

/** Whether the domain is proven to be the tenant's. */
export const isProven = ({ status }: Pick<Domain, 'status'>): boolean => status === 'Active' || status === 'PendingSsl';

/** The address of the tenant at a domain: with the scheme and the port that its other address has. */
export function addressAt(domain: string, tenantEndpoint: string): string {
  const { protocol, port } = new URL(tenantEndpoint);
  return `${protocol}//${domain}${port && `:${port}`}`;
}
