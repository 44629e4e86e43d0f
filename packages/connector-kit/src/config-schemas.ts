import { z } from 'zod';

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127(?:\.\d{1,3}){3}$/.test(hostname);

/**
 * Root of an instance that an operator runs: https, a sub-path allowed, no slash at the end.
 * Plain http is for loopback only: the client secret and the users' tokens travel there (RFC 6749 §3.2).
 */
export const baseUrlSchema = z
  .string()
  .trim()
  .max(2048)
  .transform((text, context) => {
    if (!URL.canParse(text)) {
      context.addIssue({ code: 'custom', message: 'Not a URL.' });
      return z.NEVER;
    }
    const url = new URL(text);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
      context.addIssue({ code: 'custom', message: 'Must be an https URL; http is for loopback hosts only.' });
      return z.NEVER;
    }
    if (url.username || url.password || url.search || url.hash) {
      context.addIssue({ code: 'custom', message: 'Must have no credentials, query or fragment.' });
      return z.NEVER;
    }
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  });

/** An address that a standard's provider is asked at: https, or http on loopback; a query is kept. */
export const endpointSchema = z
  .string()
  .trim()
  .max(2048)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, username, password, hash } = new URL(text);
    if (username || password || hash) return false;
    return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  }, 'Must be an https URL; http is for loopback hosts only.');

/** A text member that may be left out; forms send an empty text then. */
export const optionalText = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());
