import { z } from 'zod';
import { defineOperation, emailAddress, jsonObject, noContent } from '../../kernel/wire.contract.ts';

const tag = 'Connectors';
const factoryTag = 'Connector factories';

export const connectorType = z.enum(['Email', 'Sms', 'Social']);
export const connectorPlatform = z.enum(['Native', 'Universal', 'Web']);

/** A text by language tag. */
const localized = z.record(z.string(), z.string());

const formItemBase = {
  key: z.string().describe('Member of the configuration that this item edits.'),
  label: z.string(),
  placeholder: z.string().optional(),
  required: z.boolean().optional(),
  defaultValue: z.unknown().optional(),
  showConditions: z
    .array(z.object({ targetKey: z.string(), expectValue: z.unknown().optional() }))
    .optional()
    .describe('The item is shown when all of these hold.'),
  description: z.string().optional(),
  tooltip: z.string().optional(),
  isConfidential: z.boolean().optional(),
  isAdvanced: z.boolean().optional().describe('Few set-ups need it: the Console folds it away.'),
  isDevFeature: z.boolean().optional(),
};

export const connectorFormItem = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Select'),
    selectItems: z.array(z.object({ value: z.string(), title: z.string() })),
    ...formItemBase,
  }),
  z.object({
    type: z.literal('MultiSelect'),
    selectItems: z.array(z.object({ value: z.string() })),
    ...formItemBase,
  }),
  z.object({ type: z.enum(['Text', 'Number', 'MultilineText', 'Switch', 'Json']), ...formItemBase }),
]);
export type ConnectorFormItem = z.infer<typeof connectorFormItem>;

/** What a factory and its connectors say alike. */
const description = {
  type: connectorType,
  target: z.string().describe('The provider; accounts are linked under this name.'),
  name: localized,
  description: localized,
  logo: z.string(),
  logoDark: z.string().nullable(),
  readme: z.string(),
  configTemplate: z.string().optional(),
  formItems: z.array(connectorFormItem).optional(),
  platform: connectorPlatform.nullable(),
  isStandard: z.boolean().optional().describe('Speaks a standard to any provider, so that many connectors may exist.'),
  isTokenStorageSupported: z.boolean().optional(),
  isDemo: z.boolean().optional(),
};

export const connectorFactory = z.object({ id: z.string(), ...description });
export type ConnectorFactory = z.infer<typeof connectorFactory>;

const metadata = z.object({
  target: z.string().min(1).max(128).optional(),
  name: localized.optional(),
  logo: z.string().max(65_536).optional(),
  logoDark: z.string().max(65_536).nullable().optional(),
});
/** What a connector of a standard factory says about itself in place of the factory. */
export type ConnectorMetadataOverride = z.infer<typeof metadata>;

/** What a connector of a standard says instead of its factory. */
export type ConnectorMetadataOverrides = z.infer<typeof metadata>;

export const connector = z.object({
  id: z.string(),
  syncProfile: z.boolean().describe('Name and avatar are taken over at each sign-in, not at the first alone.'),
  enableTokenStorage: z
    .boolean()
    .describe(
      'The provider’s tokens are kept for users who sign in from now on. Turned off, all that were kept are deleted.',
    ),
  config: jsonObject,
  metadata,
  connectorId: z.string().describe('Id of the factory.'),
  ...description,
});
export type Connector = z.infer<typeof connector>;

/** Also part of a redirect URI, so only what needs no escaping there. */
const newId = z
  .string()
  .regex(/^[\w-]{1,128}$/, 'may have letters, digits, _ and -')
  .describe('Chosen by the caller, so that the redirect URI is known beforehand; else drawn at random.');

const createBody = z.object({
  id: newId.optional(),
  connectorId: z.string().min(1).max(128).describe('Id of the factory.'),
  config: jsonObject.optional(),
  metadata: metadata.optional(),
  syncProfile: z.boolean().optional(),
  enableTokenStorage: z.boolean().optional(),
});
export type CreateConnector = z.input<typeof createBody>;

const updateBody = z.object({
  config: jsonObject.optional(),
  metadata: metadata.optional(),
  syncProfile: z.boolean().optional(),
  enableTokenStorage: z.boolean().optional(),
});
export type UpdateConnector = z.input<typeof updateBody>;

const id = z.object({ id: z.string().min(1).max(128) });
const notFound = { 404: ['entity.not_exists_with_id'] } as const;

export const listConnectors = defineOperation({
  method: 'GET',
  path: '/api/connectors',
  // Who reads the secrets can act with them.
  effect: 'write',
  tag,
  summary: 'List connectors',
  description: 'All connectors that are set up, with their configuration.',
  query: z.object({ target: z.string().optional().describe('Only connectors of this target.') }),
  response: { 200: z.array(connector) },
});

export const createConnector = defineOperation({
  method: 'POST',
  path: '/api/connectors',
  tag,
  summary: 'Create a connector',
  description: 'Sets up a provider with a configuration, which is checked and encrypted at rest.',
  body: createBody,
  response: { 200: connector },
  errors: {
    400: ['connector.invalid_config', 'connector.cannot_overwrite_metadata_for_non_standard_connector'],
    422: [
      'connector.not_found_with_connector_id',
      'connector.multiple_instances_not_supported',
      'connector.multiple_target_with_same_platform',
      'connector.should_specify_target',
      'connector.token_storage_not_supported',
      'entity.unique_integrity_violation',
    ],
  },
});

export const getConnector = defineOperation({
  method: 'GET',
  path: '/api/connectors/:id',
  // Who reads the secrets can act with them.
  effect: 'write',
  tag,
  summary: 'Get a connector',
  description: 'One connector with its configuration.',
  params: id,
  response: { 200: connector },
  errors: notFound,
});

export const updateConnector = defineOperation({
  method: 'PATCH',
  path: '/api/connectors/:id',
  tag,
  summary: 'Update a connector',
  description: 'The configuration is replaced as a whole when it is sent.',
  params: id,
  body: updateBody,
  response: { 200: connector },
  errors: {
    400: [
      'connector.invalid_config',
      'connector.cannot_overwrite_metadata_for_non_standard_connector',
      'connector.can_not_modify_target',
    ],
    404: ['entity.not_exists_with_id'],
    422: ['connector.token_storage_not_supported'],
  },
});

export const deleteConnector = defineOperation({
  method: 'DELETE',
  path: '/api/connectors/:id',
  tag,
  summary: 'Delete a connector',
  description: 'Nobody can sign in through it any more; accounts keep their link to the provider.',
  params: id,
  response: { 204: noContent },
  errors: notFound,
});

export const testConnector = defineOperation({
  method: 'POST',
  path: '/api/connectors/:factoryId/test',
  tag,
  summary: 'Send a test message',
  description:
    'Sends a message with a configuration that need not be saved yet; for e-mail and SMS factories only. When the provider refuses, the error’s `data.dialogue` has what was said, secrets masked, where the connector keeps it.',
  params: z.object({ factoryId: z.string().min(1).max(128) }),
  body: z.object({
    phone: z.string().regex(/^\d+$/, 'must be digits').optional(),
    email: emailAddress.optional(),
    config: jsonObject,
    locale: z.string().optional(),
  }),
  response: { 204: noContent },
  errors: {
    400: [
      'connector.unexpected_type',
      'connector.insufficient_request_parameters',
      'connector.invalid_config',
      'connector.general',
      'connector.invalid_response',
      'connector.template_not_found',
    ],
    401: ['connector.authorization_failed'],
    404: ['entity.not_exists_with_id'],
    429: ['connector.rate_limit_exceeded', 'connector.usage_limit_exceeded'],
  },
});

export const createConnectorAuthorizationUri = defineOperation({
  method: 'POST',
  path: '/api/connectors/:connectorId/authorization-uri',
  tag,
  summary: 'Get a provider’s sign-in address',
  description:
    'Where to send the browser so that its user signs in at the provider, with the saved configuration: shows whether it is right.',
  params: z.object({ connectorId: z.string().min(1).max(128) }),
  body: z.object({
    state: z.string().min(1).max(2048),
    redirectUri: z.string().min(1).max(2048),
    scope: z.string().max(2048).optional(),
  }),
  response: { 200: z.object({ redirectTo: z.string(), redirectUri: z.string().optional() }) },
  errors: { 400: ['connector.invalid_config', 'connector.unexpected_type'], 404: ['entity.not_exists_with_id'] },
});

export const listConnectorFactories = defineOperation({
  method: 'GET',
  path: '/api/connector-factories',
  tag: factoryTag,
  summary: 'List connector factories',
  description: 'Every provider that a connector can be created for, with the form of its configuration.',
  response: { 200: z.array(connectorFactory) },
});

export const getConnectorFactory = defineOperation({
  method: 'GET',
  path: '/api/connector-factories/:id',
  tag: factoryTag,
  summary: 'Get a connector factory',
  description: 'One provider, with the form of its configuration.',
  params: id,
  response: { 200: connectorFactory },
  errors: notFound,
});
