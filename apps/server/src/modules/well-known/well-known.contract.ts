import { z } from 'zod';
import { defineOperation, noContent } from '../../kernel/wire.contract.ts';
import { accountCenter } from '../account/account-center.contract.ts';
import { publicCaptchaConfig } from '../captcha-provider/captcha-provider.contract.ts';
import { connectorPlatform } from '../connectors/connectors.contract.ts';
import { customProfileField } from '../custom-profile-fields/custom-profile-fields.contract.ts';
import { signInExperience } from '../sign-in-experience/sign-in-experience.contract.ts';

const tag = 'Public';
const documentTag = 'API documents';

const publicConnector = z.object({
  id: z.string(),
  target: z.string(),
  name: z.record(z.string(), z.string()),
  logo: z.string(),
  logoDark: z.string().nullable(),
  platform: connectorPlatform.nullable(),
  isStandard: z.boolean().optional(),
});

/** What the sign-in pages of a tenant, or of one application, need to know; nothing of it is private. */
export const publicSignInExperience = signInExperience.omit({ emailBlocklistPolicy: true }).extend({
  socialConnectors: z.array(publicConnector).describe('Connectors of the enabled targets, in their order.'),
  ssoConnectors: z.array(
    z.object({ id: z.string(), connectorName: z.string(), logo: z.string(), darkLogo: z.string().optional() }),
  ),
  googleOneTap: z
    .object({
      isEnabled: z.boolean(),
      autoSelect: z.boolean(),
      closeOnTapOutside: z.boolean(),
      itpSupport: z.boolean(),
      clientId: z.string(),
      connectorId: z.string(),
    })
    .optional()
    .describe('What Google’s script is to be told; absent where One Tap is switched off.'),
  forgotPassword: z.object({ phone: z.boolean(), email: z.boolean() }),
  isDevelopmentTenant: z.boolean(),
  captchaConfig: publicCaptchaConfig.optional().describe('The captcha to show; absent when none is asked for.'),
  customProfileFields: z.array(customProfileField).describe('The fields a new user is asked for, in their order.'),
  customProfileFieldCatalog: z.array(customProfileField).describe('All fields of the tenant.'),
});
export type PublicSignInExperience = z.infer<typeof publicSignInExperience>;

const experienceQuery = z.object({
  organizationId: z.string().max(21).optional().describe('Applies the look of this organization, above all.'),
  appId: z.string().max(21).optional().describe('Applies what this application overrides.'),
});

export const getPublicSignInExperience = defineOperation({
  method: 'GET',
  path: '/api/.well-known/sign-in-exp',
  tag,
  access: 'public',
  summary: 'Get the public sign-in experience',
  description: 'The settings that a sign-in page needs, for pages of your own.',
  query: experienceQuery,
  response: { 200: publicSignInExperience },
});

export const getPublicExperience = defineOperation({
  method: 'GET',
  path: '/api/.well-known/experience',
  tag,
  access: 'public',
  summary: 'Get the public experience',
  description: 'The same as `/api/.well-known/sign-in-exp`, under its newer name.',
  query: experienceQuery,
  response: { 200: publicSignInExperience },
});

export const getPhrases = defineOperation({
  method: 'GET',
  path: '/api/.well-known/phrases',
  tag,
  access: 'public',
  summary: 'Get the texts of the sign-in pages',
  description:
    'In the language asked for, else the browser’s, else the tenant’s; the Content-Language header says which.',
  query: z.object({ lng: z.string().max(64).optional().describe('Language tag.') }),
  response: { 200: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.unknown())])) },
});

export const getPublicAccountCenter = defineOperation({
  method: 'GET',
  path: '/api/.well-known/account-center',
  tag,
  access: 'public',
  summary: 'Get the public account center settings',
  description: 'What users may see and change of their own account.',
  response: { 200: accountCenter },
});

export const getStatus = defineOperation({
  method: 'GET',
  path: '/api/status',
  tag,
  access: 'public',
  summary: 'Ask whether the service is up',
  description: '204 when it is.',
  response: { 204: noContent },
});

/** An OpenAPI document: described by its own specification. */
const openApiDocument = z.looseObject({ openapi: z.string() });

const documentOperation = <const Path extends `/api/${string}`>(path: Path, what: string) =>
  defineOperation({
    method: 'GET',
    path,
    tag: documentTag,
    access: 'public',
    summary: `Get the OpenAPI document of ${what}`,
    description: 'OpenAPI 3.0, made from the same declarations that check requests and answers.',
    response: { 200: openApiDocument },
  });

export const getSwagger = documentOperation('/api/swagger.json', 'every API');
export const getManagementOpenApi = documentOperation('/api/.well-known/management.openapi.json', 'the Management API');
export const getExperienceOpenApi = documentOperation('/api/.well-known/experience.openapi.json', 'the Experience API');
export const getUserOpenApi = documentOperation('/api/.well-known/user.openapi.json', 'the users’ own API');
