import { isIP } from 'node:net';

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The ASCII form of a host name that can have records of its own; undefined for everything else. */
export function parseDomain(text: string): string | undefined {
  const url = `http://${text.trim()}`;
  if (/[/?#@:\\]/.test(text.trim()) || !URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  const labels = hostname.split('.');
  if (isIP(hostname) || labels.length < 2 || hostname.length > 253) return undefined;
  return labels.every((label) => LABEL.test(label)) ? hostname : undefined;
}

/** Name of the record that proves who rules over a domain. */
export const proofRecordName = (domain: string): string => `_latchkey.${domain}`;

/** What that record says; bound to the tenant by its random part. */
export const proofRecordValue = (proof: string): string => `latchkey-domain=${proof}`;
