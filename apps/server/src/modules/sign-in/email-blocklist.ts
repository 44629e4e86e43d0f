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

/** True when the tenant accepts no account with this address; an allowed address is never blocked. */
export function emailIsBlocked(policy: SignInSettings['emailBlocklistPolicy'], email: string): boolean {
  const address = normalise(email);
  const listed = (entries: readonly string[] = []) => entries.some((entry) => asPattern(entry).test(address));
  if (listed(policy.customAllowlist)) return false;
  if (policy.blockSubaddressing && address.split('@')[0]?.includes('+')) return true;
  return listed(policy.customBlocklist);
}
