import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type Handler, parse, type Route, type Routes } from './operations.ts';
import type { Scope } from './scope.ts';
import type { BodyInputOf, OperationDefinition, ParamsOf, QueryInputOf, ResponseOf } from './wire.contract.ts';

/** Who calls, as the route would have found out, and the headers that the handler reads. */
export type Calling = Pick<FastifyRequest, 'account' | 'headers' | 'tenant'>;

type PartOf<Name extends string, Value> =
  Record<never, never> extends Value ? { [Key in Name]?: Value } : { [Key in Name]: Value };

/** What a client would send. */
export type CallInput<Op extends OperationDefinition> = (undefined extends BodyInputOf<Op>
  ? { body?: undefined }
  : { body: BodyInputOf<Op> }) &
  PartOf<'params', ParamsOf<Op>> &
  PartOf<'query', QueryInputOf<Op>> & { upload?: Buffer };

/** Calls an operation inside of the process: pages rendered here are clients of the API, and decide nothing anew. */
export type OperationCaller = <Op extends OperationDefinition>(
  operation: Op,
  scope: Scope,
  calling: Calling,
  input: CallInput<Op>,
) => Promise<ResponseOf<Op>>;

/** Makes the caller of the operations that these routes bind; input and output pass the declaration as they do by HTTP. */
export function createOperationCaller(modules: readonly Routes[]): OperationCaller {
  const handlers = new Map<OperationDefinition, Handler<OperationDefinition>>();
  const bind: Route = (operation, handler) => {
    handlers.set(operation, handler as unknown as Handler<OperationDefinition>);
  };
  for (const routes of modules) routes(bind);

  return async (operation, scope, calling, input) => {
    const handle = handlers.get(operation);
    if (!handle) throw new TypeError(`${operation.method} ${operation.path} is not bound here`);
    const answer = await handle({
      params: parse(operation.params, input.params, 'params') ?? {},
      query: parse(operation.query, input.query ?? {}, 'query') ?? {},
      body: parse(operation.body, input.body, 'body'),
      upload: input.upload,
      scope,
      request: calling,
      page: undefined,
      search: undefined,
      setTotal: () => undefined,
    } as never);
    const [schema] = Object.values(operation.response) as z.ZodType[];
    return schema?.parse(answer) as never;
  };
}
