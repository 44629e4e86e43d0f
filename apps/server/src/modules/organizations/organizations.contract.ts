import { z } from 'zod';
import {
  defineOperation,
  hexColor,
  jsonObject,
  longListQuery,
  noContent,
  queryFlag,
  timestamp,
  webAddress,
} from '../../kernel/wire.contract.ts';
import { featuredUser } from '../roles/roles.contract.ts';

const tag = 'Organizations';

const organizationColor = z.object({
  primaryColor: hexColor.optional(),
  isDarkModeEnabled: z.boolean().optional(),
  darkPrimaryColor: hexColor.optional(),
});
export type OrganizationColor = z.infer<typeof organizationColor>;

const organizationBranding = z.object({
  logoUrl: webAddress.optional(),
  darkLogoUrl: webAddress.optional(),
  favicon: webAddress.optional(),
  darkFavicon: webAddress.optional(),
});
export type OrganizationBranding = z.infer<typeof organizationBranding>;

export const organization = z.object({
  tenantId: z.string(),
  id: z.string(),
  name: z.string(),
  slug: z.string().nullable().describe('A readable name for addresses, unique in the tenant.'),
  description: z.string().nullable(),
  customData: jsonObject,
  isMfaRequired: z.boolean().describe('Tokens for the organization need a second factor of the user.'),
  color: organizationColor,
  branding: organizationBranding,
  customCss: z.string().nullable(),
  createdAt: timestamp,
});

const featured = {
  usersCount: z.number().int().optional().describe('Only with showFeatured.'),
  featuredUsers: z.array(featuredUser).optional().describe('At most three members; only with showFeatured.'),
};

const name = z.string().min(1).max(128);
const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens')
  .nullable();
const description = z.string().max(256).nullable();
const more = {
  slug: slug.optional(),
  description: description.optional(),
  customData: jsonObject.optional(),
  isMfaRequired: z.boolean().optional(),
  color: organizationColor.optional(),
  branding: organizationBranding.optional(),
  customCss: z.string().max(100_000).nullable().optional(),
  tenantId: z.string().max(21).optional(),
  createdAt: z.number().optional().describe('Ignored; the wire’s clients may send it.'),
};

/** The organization in a path. */
export const organizationId = z.object({ id: z.string().min(1).max(21) });
export const notFound = { 404: ['entity.not_exists_with_id'] } as const;

/** The one text that lists are searched by. */
export const textFilter = {
  q: z.string().max(256).optional().describe('Only those that contain this text, in any case.'),
};

export const listOrganizations = defineOperation({
  method: 'GET',
  path: '/api/organizations',
  tag,
  summary: 'List organizations',
  description: 'The newest first. `q` finds text in name, slug, description and id.',
  query: z.object({
    ...textFilter,
    showFeatured: queryFlag.describe('Adds how many users belong to each, and three of them.'),
    ...longListQuery,
  }),
  paging: 'always',
  response: { 200: z.array(organization.extend(featured)) },
  errors: notFound,
});

export const createOrganization = defineOperation({
  method: 'POST',
  path: '/api/organizations',
  tag,
  summary: 'Create an organization',
  description: 'It begins without members; the template’s roles are there for it.',
  body: z.object({ name, ...more }),
  response: { 201: organization },
  errors: { 422: ['organization.slug_in_use'] },
});

export const getOrganization = defineOperation({
  method: 'GET',
  path: '/api/organizations/:id',
  tag,
  summary: 'Get an organization',
  description: 'One organization, without its members.',
  params: organizationId,
  response: { 200: organization },
  errors: notFound,
});

export const updateOrganization = defineOperation({
  method: 'PATCH',
  path: '/api/organizations/:id',
  tag,
  summary: 'Update an organization',
  description: 'Changes what is sent; custom data is replaced as a whole.',
  params: organizationId,
  body: z.object({ name: name.optional(), ...more }),
  response: { 200: organization },
  errors: { ...notFound, 422: ['organization.slug_in_use'] },
});

export const deleteOrganization = defineOperation({
  method: 'DELETE',
  path: '/api/organizations/:id',
  tag,
  summary: 'Delete an organization',
  description: 'With its memberships, own roles and invitations. The users stay.',
  params: organizationId,
  response: { 204: noContent },
  errors: notFound,
});

const membership = organization.extend({
  organizationRoles: z.array(z.object({ id: z.string(), name: z.string() })),
  joinedAt: timestamp,
  lastActiveAt: timestamp
    .nullable()
    .describe('When a token for it was last issued to the user; null for applications.'),
});

export const listUserOrganizations = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/organizations',
  tag,
  summary: 'List the organizations of a user',
  description: 'With the roles held in each, the first joined first.',
  params: z.object({ userId: z.string().min(1).max(21) }),
  response: { 200: z.array(membership) },
  errors: notFound,
});

export const listApplicationOrganizations = defineOperation({
  method: 'GET',
  path: '/api/applications/:id/organizations',
  tag,
  summary: 'List the organizations of an application',
  description: 'With the roles held in each, the first joined first.',
  params: z.object({ id: z.string().min(1).max(21) }),
  paging: 'optional',
  response: { 200: z.array(membership) },
  errors: notFound,
});
