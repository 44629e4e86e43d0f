import { z } from 'zod';
import { defineOperation, noContent } from '../../kernel/wire.contract.ts';
import { domainStatus } from '../domains/domains.contract.ts';

const tag = 'Applications';
const id = z.object({ id: z.string().min(1).max(21) });

const protectedAppDomain = z.object({
  domain: z.string(),
  status: domainStatus,
  errorMessage: z.string().nullable(),
  dnsRecords: z
    .array(z.object({ name: z.string(), type: z.string(), value: z.string() }))
    .describe('What to enter at the provider of the domain’s DNS.'),
  cloudflareData: z
    .object({
      id: z.string(),
      status: z.string(),
      ssl: z.object({
        status: z.string(),
        validation_errors: z.array(z.object({ message: z.string() })).optional(),
      }),
      verification_errors: z.array(z.string()).optional(),
    })
    .nullable()
    .describe('Always null: no third party stands in front.'),
});
export type ProtectedAppDomain = z.infer<typeof protectedAppDomain>;
const protectedOnly = { 400: ['application.protected_application_only'], 404: ['entity.not_exists_with_id'] } as const;
const protectedOnlyDescription = 'For applications of the type Protected.';

export const listProtectedAppDomains = defineOperation({
  method: 'GET',
  path: '/api/applications/:id/protected-app-metadata/custom-domains',
  tag,
  summary: 'List the domains of a protected application',
  description: `${protectedOnlyDescription} Records that are awaited are looked for in DNS once more.`,
  params: id,
  response: { 200: z.array(protectedAppDomain) },
  errors: protectedOnly,
});

export const addProtectedAppDomain = defineOperation({
  method: 'POST',
  path: '/api/applications/:id/protected-app-metadata/custom-domains',
  tag,
  summary: 'Add a domain to a protected application',
  description: `${protectedOnlyDescription} It serves once its TXT record is found, which is looked for every minute during the first day, then every hour.`,
  params: id,
  body: z.object({ domain: z.string().min(1).max(253) }),
  response: { 201: protectedAppDomain },
  errors: { ...protectedOnly, 422: ['domain.domain_is_not_allowed', 'domain.hostname_already_exists'] },
});

export const removeProtectedAppDomain = defineOperation({
  method: 'DELETE',
  path: '/api/applications/:id/protected-app-metadata/custom-domains/:domain',
  tag,
  summary: 'Remove a domain from a protected application',
  description: protectedOnlyDescription,
  params: id.extend({ domain: z.string().min(1).max(253) }),
  response: { 204: noContent },
  errors: {
    ...protectedOnly,
    404: [...protectedOnly[404], 'application.custom_domain_not_found'],
  },
});
