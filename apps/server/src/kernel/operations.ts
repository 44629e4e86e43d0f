import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { fail } from './errors.ts';
import type { MakeScope } from './http.ts';
import type { LongListed } from './paging.ts';
import type { Actor, RouteFacts, Scope } from './scope.ts';
import { parseSearch, type SearchQuery } from './search.ts';
import {
  type BodyOf,
  DEFAULT_PAGE_SIZE,
  type OperationDefinition,
  type ParamsOf,
  pagingQuery,
  type QueryOf,
  type ResponseOf,
} from './wire.contract.ts';

/** One page of a list, in rows. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** What a list that is always paged answers when no page is named. */
export const FIRST_PAGE: Page = { limit: DEFAULT_PAGE_SIZE, offset: 0 };

/** What a handler is given: everything parsed, the caller known and allowed. */
export interface OperationInput<Op extends OperationDefinition> {
  readonly params: ParamsOf<Op>;
  readonly query: QueryOf<Op>;
  readonly body: BodyOf<Op>;
  readonly scope: Scope;
  /** Undefined when the list is wanted whole. */
  readonly page: Page | undefined;
  /** The search parameters of features 5.1, for operations that declare `search`. */
  readonly search: SearchQuery | undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** The bytes of the file that was sent, for operations that declare `upload`. */
  readonly upload: Buffer;
  /** Tells how many rows there are in all: `Total-Number` and `Link` are made of it. */
  setTotal(total: number): void;
  /** The same for a list that may be long: its total may be capped, or not be known where the list was gone on with. */
  setListed(listed: LongListed<{ id: string }>): void;
}

/** Answers the body of the operation's first declared success status; `reply.code()` chooses another. */
export type Handler<Op extends OperationDefinition> = (
  input: OperationInput<Op>,
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler of an operation without content returns nothing.
) => Promise<ResponseOf<Op> | void>;

/** Finds out who calls, or refuses; by the kind of access that the operation declares. */
export type Authorize = (request: FastifyRequest, operation: OperationDefinition) => Promise<Actor>;

/** Binds an operation's declaration to its handler. */
export type Route = <Op extends OperationDefinition>(operation: Op, handler: Handler<Op>) => void;

/** A module's routes: called once, with the binder. */
export type Routes = (route: Route) => void;

/** Reads input by its schema, or refuses with what is wrong where. */
export function parse<Schema extends z.ZodType>(schema: Schema | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const details = result.error.issues
    .map((issue) => `${[where, ...issue.path].join('.')}: ${issue.message}`)
    .join('\n');
  throw fail('guard.invalid_input', { details });
}

function parsePage(operation: OperationDefinition, query: Record<string, unknown>): Page | undefined {
  if (!operation.paging) return undefined;
  if (operation.paging === 'optional' && query.page === undefined && query.page_size === undefined) return undefined;
  const result = pagingQuery.safeParse(query);
  if (!result.success)
    throw fail('guard.invalid_pagination', { data: { page: query.page, page_size: query.page_size } });
  const { page, page_size: limit } = result.data;
  return { limit, offset: (page - 1) * limit };
}

/** `Total-Number` and `Link` (RFC 8288) with first, prev, next and last, as absolute addresses of the same list. */
function pagingHeaders(request: FastifyRequest, page: Page, total: number): Record<string, string> {
  const url = new URL(request.tenant.endpoint + request.url);
  const current = page.offset / page.limit + 1;
  const last = Math.max(1, Math.ceil(total / page.limit));
  const link = (target: number, relation: string) => {
    url.searchParams.set('page', String(target));
    url.searchParams.set('page_size', String(page.limit));
    return `<${url.href}>; rel="${relation}"`;
  };
  const links = [
    link(1, 'first'),
    ...(current > 1 ? [link(Math.min(current - 1, last), 'prev')] : []),
    ...(current < last ? [link(current + 1, 'next')] : []),
    link(last, 'last'),
  ];
  return { 'total-number': String(total), link: links.join(', ') };
}

/** Where a list goes on that is read on from an entry; nothing when it was the last page. */
function nextHeaders(request: FastifyRequest, last: string | undefined): Record<string, string> {
  if (last === undefined) return {};
  const url = new URL(request.tenant.endpoint + request.url);
  url.searchParams.delete('page');
  url.searchParams.set('before', last);
  return { link: `<${url.href}>; rel="next"` };
}

/** A list that may be long: by its pages, or by the entry that it goes on after. */
function longListHeaders(
  request: FastifyRequest,
  page: Page,
  { rows, total, isCapped, goesOnAfter }: LongListed<{ id: string }>,
): Record<string, string> {
  const last = rows.length < page.limit ? undefined : rows.at(-1)?.id;
  return {
    ...(total === undefined ? nextHeaders(request, last) : pagingHeaders(request, page, total)),
    ...nextHeaders(request, goesOnAfter),
    ...(isCapped && { 'total-number-is-capped': 'true' }),
  };
}

const API_PREFIX = '/api';

const routeFacts = (operation: OperationDefinition, request: FastifyRequest, status: number): RouteFacts => ({
  path: (request.url.split('?')[0] ?? '').slice(API_PREFIX.length),
  method: operation.method,
  status,
  params: request.params as Record<string, unknown>,
  matchedRoute: operation.path.slice(API_PREFIX.length),
});

/** Reads the one file of an upload, never more of it than the operation allows. */
async function readUpload(operation: OperationDefinition, request: FastifyRequest): Promise<Buffer | undefined> {
  if (!operation.upload) return undefined;
  const { maxBytes } = operation.upload;
  try {
    const part = await request.file({ limits: { fileSize: maxBytes, files: 1, fields: 10, parts: 11 } });
    if (part?.fieldname !== 'file') throw fail('guard.invalid_input', { details: 'file: is missing' });
    return await part.toBuffer();
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'FST_REQ_FILE_TOO_LARGE') throw fail('guard.file_size_exceeded', { data: { maxBytes } });
    if (typeof code === 'string' && code.startsWith('FST_')) {
      throw fail('guard.invalid_input', { details: 'body: must be multipart/form-data with one file', cause: error });
    }
    throw error;
  }
}

/** Forms as browsers send them (HTML §4.10.21.7), each field once. */
function acceptForms(place: FastifyInstance): void {
  const type = 'application/x-www-form-urlencoded';
  place.addContentTypeParser(type, { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}

/** Makes the binder: validation, access, paging headers and the response allow-list for every operation alike. */
export function createRoute(
  app: FastifyInstance,
  options: { makeScope: MakeScope; authorize: Authorize; onBound?: (operation: OperationDefinition) => void },
): Route {
  return (operation, handler) => {
    options.onBound?.(operation);
    const successes = Object.entries(operation.response) as unknown as [string, z.ZodType][];
    const defaultStatus = Number(successes[0]?.[0] ?? 204);

    const bind: FastifyPluginCallback = (place, _, done) => {
      if (operation.takesForm) acceptForms(place);
      place.route({
        method: operation.method,
        url: operation.path,
        async handler(request, reply) {
          request.actor = await options.authorize(request, operation);
          const rawQuery = request.query as Record<string, unknown>;
          const page = parsePage(operation, rawQuery);
          const input = {
            params: parse(operation.params, request.params, 'params') ?? {},
            query: parse(operation.query, rawQuery, 'query') ?? {},
            body: parse(operation.body, request.body, 'body'),
            scope: { ...options.makeScope(request), route: routeFacts(operation, request, defaultStatus) },
            page,
            upload: await readUpload(operation, request),
            search: operation.search ? parseSearch(rawQuery, operation.search) : undefined,
            request,
            reply,
            setTotal: (total: number) => {
              if (page) reply.headers(pagingHeaders(request, page, total));
            },
            setListed: (listed: LongListed<{ id: string }>) => {
              if (page) reply.headers(longListHeaders(request, page, listed));
            },
          };
          reply.code(defaultStatus);
          const body = await handler(input as never);
          if (operation.mediaTypes) return reply;
          const schema = (operation.response as Record<number, z.ZodType | undefined>)[reply.statusCode];
          if (!schema || reply.statusCode === 204) return reply.send();
          // What the schema does not name is dropped here: a column added later cannot slip out.
          return reply.send(schema.parse(body));
        },
      });
      done();
    };
    // A place of its own, so that no other operation takes forms.
    if (operation.takesForm) app.register(bind);
    else bind(app, {}, () => undefined);
  };
}
