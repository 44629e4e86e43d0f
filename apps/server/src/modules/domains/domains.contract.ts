import { z } from 'zod';
import { defineOperation, noContent, timestamp } from '../../kernel/wire.contract.ts';

const tag = 'Domains';

export const domainStatus = z
  .enum(['PendingVerification', 'PendingSsl', 'Active', 'Error'])
  .describe(
    'PendingVerification: the TXT record was not found yet, and the domain serves nothing. PendingSsl: verified; waits for the first request over TLS. Active: serves. Error: see `errorMessage`; serves nothing until the record is there again.',
  );
export type DomainStatus = z.infer<typeof domainStatus>;

const domain = z.object({
  id: z.string(),
  domain: z.string(),
  status: domainStatus,
  errorMessage: z.string().nullable(),
  dnsRecords: z
    .array(z.object({ name: z.string(), type: z.enum(['CNAME', 'TXT']), value: z.string() }))
    .describe('What to enter at the provider of the domain’s DNS: the TXT record proves it, the CNAME leads here.'),
  isPrimary: z.boolean().describe('Links in messages lead here while the domain is Active.'),
  createdAt: timestamp,
  checkedAt: timestamp.nullable().describe('When the TXT record was looked for last.'),
  verifiedAt: timestamp.nullable().describe('When the domain was proven; null while it is not.'),
  failingSince: timestamp
    .nullable()
    .describe('Since when the TXT record of a proven domain has been missing; null while it is there.'),
  servesUntil: timestamp
    .nullable()
    .describe('When a failing domain stops serving unless the record is found before; null while it is not failing.'),
});

const MAX_FILES = 10;
const MAX_FILE_BYTES = 16 * 1024;

const fileText = z
  .string()
  .refine((text) => new TextEncoder().encode(text).length <= MAX_FILE_BYTES, `must be ${MAX_FILE_BYTES} bytes at most`);
const verificationFile = z.object({
  contentType: z.enum(['text/plain', 'application/json']),
  content: fileText,
});
const verificationFiles = z.record(z.string(), verificationFile);
export type VerificationFiles = z.infer<typeof verificationFiles>;

/** Answered by the server itself, whatever file is put there. */
const RESERVED = /^(webauthn|openid-configuration|oauth-authorization-server)(\/|$)/;

const filePath = z
  .string()
  .max(256)
  .regex(/^[\w.~-]+(\/[\w.~-]+)*$/, 'must be a path below /.well-known/, such as apple-app-site-association')
  .refine((path) => !path.split('/').some((part) => part === '.' || part === '..'), 'must not climb')
  .refine((path) => !RESERVED.test(path), 'is answered by the server itself');

const id = z.object({ id: z.string().min(1).max(21) });
const notFound = { 404: ['entity.not_found'] } as const;

export const listDomains = defineOperation({
  method: 'GET',
  path: '/api/domains',
  tag,
  summary: 'List domains',
  description: 'Hosts of the tenant’s own, the newest first.',
  response: { 200: z.array(domain) },
});

export const createDomain = defineOperation({
  method: 'POST',
  path: '/api/domains',
  tag,
  summary: 'Add a domain',
  description:
    'Answers the records to enter into its DNS. They are looked for every minute during the first day, then every hour. Verified, the domain is an address of the tenant with an issuer, cookies and links of its own.',
  body: z.object({ domain: z.string().min(1).max(256).describe('A host name with a dot, such as `id.example.com`.') }),
  response: { 201: domain },
  errors: { 422: ['domain.domain_is_not_allowed', 'domain.hostname_already_exists'] },
});

export const cleanUpDomains = defineOperation({
  method: 'POST',
  path: '/api/domains/cleanup',
  tag,
  summary: 'Delete stale domains',
  description: 'Removes those that were added long ago and serve nothing.',
  body: z.object({ staleDays: z.number().min(0).max(36_500).describe('Age in days from which a domain is stale.') }),
  response: {
    200: z.object({
      scannedCount: z.number().int().describe('Domains of that age.'),
      deletedCount: z.number().int(),
      skippedActiveCount: z.number().int().describe('Left alone, because they are verified.'),
      failedCount: z.number().int(),
    }),
  },
});

export const getDomain = defineOperation({
  method: 'GET',
  path: '/api/domains/:id',
  tag,
  summary: 'Get a domain',
  description: 'With its state and its records.',
  params: id,
  response: { 200: domain },
  errors: notFound,
});

export const updateDomain = defineOperation({
  method: 'PATCH',
  path: '/api/domains/:id',
  tag,
  summary: 'Choose the primary domain',
  description:
    'Links in messages lead to the primary domain, whatever address the message was asked for at; to the address that ENDPOINT gives while there is none. One domain is primary at most: another that was gives way.',
  params: id,
  body: z.object({ isPrimary: z.boolean() }),
  response: { 200: domain },
  errors: { ...notFound, 422: ['domain.not_active'] },
});

export const verifyDomain = defineOperation({
  method: 'POST',
  path: '/api/domains/:id/verify',
  tag,
  summary: 'Look for the records of a domain now',
  description: 'The same look that is taken from time to time.',
  params: id,
  response: { 200: domain },
  errors: notFound,
});

export const deleteDomain = defineOperation({
  method: 'DELETE',
  path: '/api/domains/:id',
  tag,
  summary: 'Delete a domain',
  description: 'It serves nothing any more, and tokens that were issued at it open nothing.',
  params: id,
  response: { 204: noContent },
  errors: notFound,
});

export const getVerificationFiles = defineOperation({
  method: 'GET',
  path: '/api/domains/:id/verification-files',
  tag,
  summary: 'Get the files of a domain',
  description: 'What the domain answers below `/.well-known/`, by path.',
  params: id,
  response: { 200: verificationFiles },
  errors: notFound,
});

export const setVerificationFiles = defineOperation({
  method: 'PUT',
  path: '/api/domains/:id/verification-files',
  tag,
  summary: 'Replace the files of a domain',
  description:
    'Small files that others look for at a host, app associations and ACME challenges (RFC 8555 §8.3) among them. A text stands for a file of the type `text/plain`. Served as soon as the domain is verified, over plain HTTP too.',
  params: id,
  body: z.object({
    verificationFiles: z
      .record(filePath, z.union([fileText, verificationFile]))
      .refine((files) => Object.keys(files).length <= MAX_FILES, `must be ${MAX_FILES} files at most`),
  }),
  response: { 200: verificationFiles },
  errors: notFound,
});
