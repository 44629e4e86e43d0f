import { isDisposableEmailDomain } from 'disposable-email-domains-js';
import type { SignInSettings } from '../sign-in-experience/sign-in-experience.contract.ts';

const GMAIL = new Set(['gmail.com', 'googlemail.com']);

/** Gmail delivers with and without dots and under two domains: one mailbox, one form (features 2.5). */
function normalise(address: string): string {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  return GMAIL.has(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}

const asPattern = (entry: string): RegExp => {
  const text = entry.startsWith('@') ? `*${entry.toLowerCase()}` : normalise(entry);
  const escaped = text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', '[^@]*');
  return new RegExp(`^${escaped}$`);
};

/** A disposable domain, or one below it. */
function isDisposable(domain: string): boolean {
  const labels = domain.split('.');
  return labels.slice(0, -1).some((_, index) => isDisposableEmailDomain(labels.slice(index).join('.')));
}

export type EmailProblem =
  | 'session.email_blocklist.disposable_email_validation_failed'
  | 'session.email_blocklist.email_subaddressing_not_allowed'
  | 'session.email_blocklist.email_not_allowed';

/** What the tenant has against an account with this address; an allowed address is never blocked. */
export function emailProblem(policy: SignInSettings['emailBlocklistPolicy'], email: string): EmailProblem | undefined {
  const address = normalise(email);
  const [local = '', domain = ''] = address.split('@');
  const listed = (entries: readonly string[] = []) => entries.some((entry) => asPattern(entry).test(address));
  if (listed(policy.customAllowlist)) return undefined;
  if (policy.blockSubaddressing && local.includes('+'))
    return 'session.email_blocklist.email_subaddressing_not_allowed';
  if (listed(policy.customBlocklist)) return 'session.email_blocklist.email_not_allowed';
  if (policy.blockDisposableAddresses && isDisposable(domain)) {
    return 'session.email_blocklist.disposable_email_validation_failed';
  }
  return undefined;
}
