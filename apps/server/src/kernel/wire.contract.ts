import { z } from 'zod';

/**
 * The wire, declared once: an operation's declaration gives its route, its validation, the allow-list of its
 * responses, its OpenAPI description and the types of its client.
 * Browser-safe: zod alone.
 */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500 | 501;

/** Where an operation is documented, and who may call it. */
export type Access =
  /** Needs an access token for the tenant's Management API with the operation's permission, or with `all`. */
  | 'management'
  /** Needs the opaque access token of a signed-in user, with the scope `openid`. */
  | 'account'
  /** Answers anybody. */
  | 'public';

export interface OperationDefinition {
  method: Method;
  /** Fastify's form: `/api/applications/:id`. */
  path: `/api/${string}`;
  tag: string;
  summary: string;
  description: string;
  /** `management` unless said otherwise. */
  access?: Access;
  /**
   * What a token must be allowed to do, when the method does not say it: `read` for a question that is asked by POST,
   * `write` for an answer that holds secrets by which the reader could act.
   */
  effect?: 'read' | 'write';
  /**
   * A permission of the operation's own, which `all` does not include: for what nobody shall be able to do by the way.
   * Named like the others, `<area>:<effect>`.
   */
  permission?: `${string}:${'read' | 'write'}`;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Takes the body as a form that a browser sends, too; for pages of strangers that post here. */
  takesForm?: boolean;
  /** Takes one file, as the part `file` of a multipart/form-data body (RFC 7578), instead of a JSON body. */
  upload?: { maxBytes: number; description: string };
  /**
   * Adds `page` and `page_size` and the headers `Total-Number` and `Link`.
   * `optional`: the whole list, without these headers, when neither parameter is sent.
   */
  paging?: 'always' | 'optional';
  /** Fields that the search parameters may name. */
  search?: readonly [string, ...string[]];
  /** Types of an answer that is no JSON: its handler sends it itself, as a stream or as bytes. */
  mediaTypes?: readonly [string, ...string[]];
  /** What each successful status answers; what a schema does not name never leaves the server. */
  response: Partial<Record<200 | 201 | 204 | 302, z.ZodType>>;
  /** Codes of this operation's own refusals by status; those that every operation of its kind has are added. */
  errors?: Partial<Record<ErrorStatus, readonly string[]>>;
}

/** Declares an operation of the API; routes bind it, documents describe it, clients are typed by it. */
export const defineOperation = <const Definition extends OperationDefinition>(definition: Definition): Definition =>
  definition;

/** Tells a declaration from the other things that a contract exports. */
export const isOperation = (value: unknown): value is OperationDefinition =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'response' in value;

/** The scope of the Management API that opens everything (features 5.1) but what has a permission of its own. */
export const MANAGEMENT_SCOPE = 'all';

/** Scope of the Management API that an operation needs when the token lacks `all`: its area and what it does there. */
export function permissionOf({ path, method, effect, permission }: OperationDefinition): string {
  if (permission) return permission;
  const area = path.split('/')[2] ?? '';
  return `${area}:${effect ?? (method === 'GET' ? 'read' : 'write')}`;
}

/** The scopes of the Management API of which one opens an operation. */
export const scopesFor = (operation: OperationDefinition): string[] =>
  operation.permission ? [operation.permission] : [MANAGEMENT_SCOPE, permissionOf(operation)];

/** What a permission allows: its description as a scope. */
export function permissionInWords(permission: string): string {
  const [area = '', effect] = permission.split(':');
  return `${effect === 'read' ? 'Read' : 'Change'} ${area.replaceAll('-', ' ')}`;
}

/** True for the operations of the Management API. */
export const isManaged = (operation: OperationDefinition): boolean =>
  (operation.access ?? 'management') === 'management';

/** Codes that the kind of operation brings with it, beside the declared ones. */
export function errorsOf(operation: OperationDefinition): [status: number, codes: string[]][] {
  const needsToken = operation.access !== 'public';
  const takesInput =
    operation.params ?? operation.query ?? operation.body ?? operation.paging ?? operation.search ?? operation.upload;
  const common: Partial<Record<ErrorStatus, string[]>> = {
    ...(takesInput && {
      400: [
        'guard.invalid_input',
        ...(operation.paging ? ['guard.invalid_pagination'] : []),
        ...(operation.upload ? ['guard.file_size_exceeded', 'guard.mime_type_not_allowed'] : []),
      ],
    }),
    ...(needsToken && {
      401: ['auth.authorization_header_missing', 'auth.authorization_token_type_not_supported', 'auth.unauthorized'],
      403: ['auth.forbidden'],
    }),
  };
  const declared = operation.errors ?? {};
  const statuses = [...new Set([...Object.keys(common), ...Object.keys(declared)])].map(Number).sort((a, b) => a - b);
  return statuses.map((status) => [
    status,
    [...new Set([...(common[status as ErrorStatus] ?? []), ...(declared[status as ErrorStatus] ?? [])])],
  ]);
}

// Types of an operation, for routes and clients ----------------------------------------------------------------------

type Output<Schema, Otherwise> = Schema extends z.ZodType ? z.output<Schema> : Otherwise;
type Input<Schema, Otherwise> = Schema extends z.ZodType ? z.input<Schema> : Otherwise;

/** Path parameters as a handler gets them. */
export type ParamsOf<Op extends OperationDefinition> = Output<Op['params'], Record<never, never>>;
/** Query as a handler gets it: parsed, defaults filled in. */
export type QueryOf<Op extends OperationDefinition> = Output<Op['query'], Record<never, never>>;
/** Body as a handler gets it. */
export type BodyOf<Op extends OperationDefinition> = Output<Op['body'], undefined>;
/** Query as a client writes it. */
export type QueryInputOf<Op extends OperationDefinition> = Input<Op['query'], Record<never, never>>;
/** Body as a client writes it. */
export type BodyInputOf<Op extends OperationDefinition> = Input<Op['body'], undefined>;
/** The bodies of an operation's successful answers, by status. */
export type ResponsesOf<Op extends OperationDefinition> = {
  [Status in keyof Op['response']]: Output<Op['response'][Status], never>;
};
/** What a successful call resolves to. */
export type ResponseOf<Op extends OperationDefinition> = ResponsesOf<Op>[keyof ResponsesOf<Op>];

// Pieces that many contracts share -----------------------------------------------------------------------------------

/** A time on the wire: milliseconds since 1970 (features 20.11). */
export const timestamp = z.number().int().describe('Milliseconds since 1970-01-01T00:00:00Z.');

/** The answer of an operation that has nothing to say. */
export const noContent = z.undefined();

/** Any JSON object, such as custom data. */
export const jsonObject = z.record(z.string(), z.unknown());

/** A yes or no in a query: `true`, `1` and `yes` mean yes. */
export const queryFlag = z
  .string()
  .optional()
  .transform((value) => value !== undefined && ['true', '1', 'yes', 'y', 'on'].includes(value.toLowerCase()));

/** For readers to whom having none is a normal state: a 404 is a failure in their logs, and in a browser's. */
export const orNone = z.object({
  optional: queryFlag.describe('Answer 204 rather than 404 while there is none.'),
});

/** Web address of at most 2048 characters: the columns' size and what browsers agree on. */
export const webAddress = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(2048);

/**
 * An address of exactly one mailbox: nothing in it by which a provider would read a second address, or another one.
 * The two letters beyond ASCII are those that become ASCII letters in lower case: they would pass for somebody else.
 */
export const emailAddress = z
  .string()
  .regex(
    /^[^\s@,;:<>()[\]\\"\u0130\u212a]+@[^\s@,;:<>()[\]\\"\u0130\u212a]+\.[^\s@,;:<>()[\]\\".\u0130\u212a]+$/,
    'must be an e-mail address',
  );

/** Removes a value: clients send the empty string, `null` or leave it. */
export const orEmpty = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.literal('')]);

export const hexColor = z.string().regex(/^#[\da-f]{3}(?:[\da-f]{3})?$/i, 'must be #rgb or #rrggbb');

export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 20;

/** Query parameters of a paged list. */
export const pagingQuery = z.object({
  page: z.coerce.number().int().min(1).default(1).describe('Page to return, the first being 1.'),
  page_size: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_PAGE_SIZE)
    .default(DEFAULT_PAGE_SIZE)
    .describe('Entries on a page, at most 100.'),
});

/** Entries that are counted at most when the caller lets counting stop. */
export const COUNT_CAP = 10_000;

export const enableCap = z
  .string()
  .optional()
  .transform((value) => value === 'true' || value === '1')
  .describe(
    'true: counting stops at 10,000, and the header Total-Number-Is-Capped says so. Lists of millions stay fast.',
  );

/** Query parameters of a list that may have millions of entries. */
export const longListQuery = {
  before: z
    .string()
    .min(1)
    .max(21)
    .optional()
    .describe(
      'Id of an entry: the list goes on after it. Nothing is counted then, and the Link header leads on; it is equally fast however far back.',
    ),
  enableCap,
};

export const searchModes = ['like', 'exact', 'similar_to', 'posix'] as const;
export type SearchMode = (typeof searchModes)[number];

/** Body of every refusal. */
export const errorBody = z.object({
  code: z.string().describe('What went wrong, for programs.'),
  message: z.string().describe('What went wrong, in the language of the Accept-Language header.'),
  data: z.unknown().optional().describe('Facts about it.'),
  details: z.string().optional().describe('Where the input is wrong, one line each.'),
});
export type ErrorBody = z.infer<typeof errorBody>;
