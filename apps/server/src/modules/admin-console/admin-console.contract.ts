import { z } from 'zod';
import { defineOperation } from '../../kernel/wire.contract.ts';

const tag = 'Console configuration';

/** Kept for the wire's own Console: what an administrator has seen and done there. */
const adminConsole = z.object({
  signInExperienceCustomized: z.boolean().describe('An administrator has shaped the sign-in pages.'),
  organizationCreated: z.boolean().describe('An administrator has made a first organization.'),
  developmentTenantMigrationNotification: z
    .object({ isPaidTenant: z.boolean(), tag: z.string(), readAt: z.number().optional() })
    .optional(),
  checkedChargeNotification: z
    .object({
      token: z.boolean().optional(),
      apiResource: z.boolean().optional(),
      machineToMachineApp: z.boolean().optional(),
      tenantMember: z.boolean().optional(),
    })
    .optional(),
});
export type AdminConsoleConfig = z.infer<typeof adminConsole>;

export const getAdminConsoleConfig = defineOperation({
  method: 'GET',
  path: '/api/configs/admin-console',
  tag,
  summary: 'Get what a Console remembers of a tenant',
  description: 'For Consoles and tools that keep there what an administrator has seen. Nothing else depends on it.',
  response: { 200: adminConsole },
});

export const updateAdminConsoleConfig = defineOperation({
  method: 'PATCH',
  path: '/api/configs/admin-console',
  tag,
  summary: 'Change what a Console remembers of a tenant',
  description: 'What is sent replaces its member; the others stay.',
  body: adminConsole.partial(),
  response: { 200: adminConsole },
});

export const getSystemApplication = defineOperation({
  method: 'GET',
  path: '/api/systems/application',
  tag,
  summary: 'Get the domain of protected applications',
  description:
    'Below it protected applications get hosts that need no proof. There is one where ENDPOINT has a wildcard, and on one’s own machine; 501 elsewhere, where each takes a host name of your own.',
  response: { 200: z.object({ protectedApps: z.object({ defaultDomain: z.string() }) }) },
  errors: { 501: ['application.protected_app_not_configured'] },
});
