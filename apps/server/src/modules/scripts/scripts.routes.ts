import { z } from 'zod';
import type { Routes } from '../../kernel/operations.ts';
import { isRecord } from './custom-claims.ts';
import type { Outcome } from './sandbox.ts';
import { scriptArguments, scriptSamples } from './script-arguments.ts';
import * as contract from './scripts.contract.ts';
import { fail } from './scripts.errors.ts';
import { ENTRIES, type ScriptsService } from './scripts.service.ts';
import type { Slot } from './scripts.table.ts';

const SLOTS: Record<contract.TokenTypePath, (typeof contract.customizerKeys)[number]> = {
  'access-token': 'jwt.accessToken',
  'client-credentials': 'jwt.clientCredentials',
};

/** The caller's mistakes in a script, told apart from what happened while it ran (features 1.9). */
const WRITTEN_WRONG = new Set(['syntax', 'type', 'entry']);

type Failed = Extract<Outcome, { kind: 'failed' }>;
const facts = ({ reason, message }: Failed, console: string[]) => ({
  data: { reason, message, console },
  details: message,
});

export function scriptsRoutes(service: ScriptsService): Routes {
  return (route) => {
    route(contract.listCustomizers, async ({ scope }) => {
      const found = await Promise.all(
        contract.customizerKeys.map(async (key) => ({ key, value: await service.find(scope, key) })),
      );
      return found.flatMap(({ key, value }) => (value ? [{ key, value }] : []));
    });

    route(contract.getCustomizer, ({ scope, params }) => service.get(scope, SLOTS[params.tokenTypePath]));

    route(contract.putCustomizer, async ({ scope, params, body, reply }) => {
      const { config, created } = await service.put(scope, SLOTS[params.tokenTypePath], {
        ...body,
        script: body.script ?? '',
      });
      if (created) reply.code(201);
      return config;
    });

    route(contract.patchCustomizer, ({ scope, params, body }) =>
      service.patch(scope, SLOTS[params.tokenTypePath], body),
    );

    route(contract.deleteCustomizer, ({ scope, params }) => service.remove(scope, SLOTS[params.tokenTypePath]));

    route(contract.testCustomizer, async ({ scope, body }) => {
      const { tokenType } = body;
      // A stored script is tried out with the samples that are kept beside it.
      const { script = '', environmentVariables } = 'payload' in body ? body.payload : body;
      const argument =
        'payload' in body
          ? { token: body.payload.tokenSample ?? {}, context: body.payload.contextSample ?? {} }
          : { token: body.token, context: body.context };
      const { outcome, console } = await service.run(
        scope.tenantId,
        SLOTS[tokenType],
        { script, environmentVariables },
        argument,
      );
      if (outcome.kind === 'denied') {
        throw fail('jwt_customizer.denied', { data: { message: outcome.message, console } });
      }
      if (outcome.kind === 'failed') {
        const code = WRITTEN_WRONG.has(outcome.reason) ? 'jwt_customizer.general' : 'jwt_customizer.failed';
        throw fail(code, facts(outcome, console));
      }
      if (!isRecord(outcome.value)) throw fail('jwt_customizer.bad_result', { data: { console } });
      return outcome.value;
    });

    route(contract.listActions, async ({ scope }) => {
      const found = await Promise.all(
        contract.actionTypes.map(async (key) => ({ key, value: await service.find(scope, key) })),
      );
      return found.flatMap(({ key, value }) => (value ? [{ key, value }] : []));
    });

    route(contract.getAction, ({ scope, params }) => service.get(scope, params.actionType));

    route(contract.putAction, async ({ scope, params, body, reply }) => {
      const { config, created } = await service.put(scope, params.actionType, body);
      if (created) reply.code(201);
      return config;
    });

    route(contract.patchAction, ({ scope, params, body }) => service.patch(scope, params.actionType, body));

    route(contract.deleteAction, ({ scope, params }) => service.remove(scope, params.actionType));

    route(contract.testAction, async ({ scope, body, reply }) => {
      const slot: Slot = body.actionType;
      const { outcome, console } = await service.run(scope.tenantId, slot, body, { event: body.event });
      if (outcome.kind === 'failed') {
        throw fail(WRITTEN_WRONG.has(outcome.reason) ? 'action.general' : 'action.failed', facts(outcome, console));
      }
      const value = outcome.kind === 'value' ? outcome.value : undefined;
      if (value === undefined || value === null) reply.code(204);
      return value;
    });

    route(contract.getScriptSlot, async ({ params: { slot } }) => ({
      entry: ENTRIES[slot],
      argument: z.toJSONSchema(scriptArguments[slot], { io: 'output' }),
      sample: scriptSamples[slot],
    }));

    route(contract.runScript, async ({ scope, params, body: { argument, ...config } }) => {
      const begun = performance.now();
      const result = await service.run(scope.tenantId, params.slot, config, argument);
      return { ...result, durationMs: Math.round(performance.now() - begun) };
    });
  };
}
