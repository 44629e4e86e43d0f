import { z } from 'zod';
import {
  errorBody,
  errorsOf,
  isManaged,
  MANAGEMENT_SCOPE,
  type OperationDefinition,
  pagingQuery,
  permissionInWords,
  permissionOf,
  scopesFor,
} from './wire.contract.ts';

type Schema = Record<string, unknown>;

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: Schema;
  description?: string;
  style?: 'form';
  explode?: boolean;
}

/** An OpenAPI 3.0 document. */
export interface OpenApiDocument extends Record<string, unknown> {
  openapi: string;
  paths: Record<string, Record<string, unknown>>;
}

const BEARER = 'managementToken';
const ACCOUNT = 'accountToken';

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const {
    $schema: _,
    '~standard': _standard,
    ...json
  } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io,
    unrepresentable: 'any',
    reused: 'inline',
  }) as Schema;
  return json;
}

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): Parameter[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
    ...(typeof description === 'string' && { description }),
  }));
}

/** All search parameters as one object, because their names (`search.<field>`) follow from the fields. */
const searchParameter = (fields: readonly string[]): Parameter => ({
  name: 'search_params',
  in: 'query',
  required: false,
  description:
    `search, or search.<field> for one of ${fields.join(', ')}: a pattern with % and _. ` +
    'mode or mode.<field>: like, exact, similar_to or posix. joint: or, and. isCaseSensitive: true, false.',
  schema: { type: 'object', additionalProperties: { type: 'string' } },
  style: 'form',
  explode: true,
});

const pagingHeaders = {
  'Total-Number': { description: 'How many entries there are in all.', schema: { type: 'integer' } },
  Link: { description: 'Addresses of the first, previous, next and last page (RFC 8288).', schema: { type: 'string' } },
};

function responsesOf(operation: OperationDefinition): Record<string, Schema> {
  const answers = Object.entries(operation.response).map(([status, schema]): [string, Schema] => [
    status,
    status === '204' || status === '302'
      ? { description: status === '302' ? 'Leads on.' : 'Done.' }
      : {
          description: status === '201' ? 'Created.' : 'Done.',
          ...(operation.paging && { headers: pagingHeaders }),
          content: Object.fromEntries(
            (operation.mediaTypes ?? ['application/json']).map((type) => [
              type,
              { schema: toSchema(schema, 'output') },
            ]),
          ),
        },
  ]);
  const refusals = errorsOf(operation).map(([status, codes]): [string, Schema] => [
    String(status),
    {
      description: `Refused with ${codes.length > 1 ? 'one of the codes' : 'the code'} ${codes.map((code) => `\`${code}\``).join(', ')}.`,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
  ]);
  return Object.fromEntries([...answers, ...refusals]);
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `getApplicationsIdSecrets`: made of method and path, so that rewording a summary renames nothing in a client. */
const operationIdOf = ({ method, path }: OperationDefinition): string =>
  method.toLowerCase() +
  path
    .slice('/api'.length)
    .split(/[^A-Za-z0-9]+/)
    .map(capitalised)
    .join('');

/** What a caller must show: nothing, an account owner's token, or one of two scopes. */
function securityOf(operation: OperationDefinition): Record<string, string[]>[] {
  if (operation.access === 'public') return [];
  if (operation.access === 'account') return [{ [ACCOUNT]: [] }];
  return scopesFor(operation).map((scope) => ({ [BEARER]: [scope] }));
}

function describe(operation: OperationDefinition): Schema {
  const parameters = [
    ...parametersOf(operation.params, 'path'),
    ...parametersOf(operation.query, 'query'),
    ...(operation.paging ? parametersOf(pagingQuery, 'query') : []),
    ...(operation.search ? [searchParameter(operation.search)] : []),
  ];
  return {
    operationId: operationIdOf(operation),
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.description,
    ...(parameters.length > 0 && { parameters }),
    ...(operation.upload && {
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              properties: { file: { type: 'string', format: 'binary', description: operation.upload.description } },
            },
          },
        },
      },
    }),
    ...(operation.body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          ['application/json', ...(operation.takesForm ? ['application/x-www-form-urlencoded'] : [])].map((type) => [
            type,
            { schema: toSchema(operation.body as z.ZodType, 'input') },
          ]),
        ),
      },
    }),
    responses: responsesOf(operation),
    security: securityOf(operation),
  };
}

/** Scopes that the operations need, each in words. */
function scopesOf(operations: readonly OperationDefinition[]): Record<string, string> {
  const names = new Set(operations.filter(isManaged).map(permissionOf));
  const fine = [...names].sort().map((name) => [name, permissionInWords(name)]);
  return { [MANAGEMENT_SCOPE]: 'Everything in the Management API', ...Object.fromEntries(fine) };
}

/** Describes operations as an OpenAPI document, from the declarations that also check requests and answers. */
export function describeOperations(
  operations: readonly OperationDefinition[],
  about: { title: string; description: string },
): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.0.3',
    info: { title: about.title, description: about.description, version: '1.0.0' },
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Error: toSchema(errorBody, 'output') },
      securitySchemes: {
        [ACCOUNT]: {
          type: 'http',
          scheme: 'bearer',
          description: 'Opaque access token of a signed-in user with the scope `openid`.',
        },
        [BEARER]: {
          type: 'oauth2',
          description: 'Access token for the Management API, by the client credentials of a machine application.',
          flows: { clientCredentials: { tokenUrl: '/oidc/token', scopes: scopesOf(operations) } },
        },
      },
    },
  };
}
