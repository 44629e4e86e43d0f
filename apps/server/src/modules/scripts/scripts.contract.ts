import { z } from 'zod';
import { defineOperation, jsonObject, noContent } from '../../kernel/wire.contract.ts';

const claimsTag = 'Custom claims';
const actionsTag = 'Actions';

const script = z.string().min(1).max(100_000);
const environmentVariables = z
  .record(z.string().min(1).max(128), z.string().max(16_384))
  .describe('What the script reads as `environmentVariables`; sealed where it is kept.');

// Custom claims ----------------------------------------------------------------------------------------------------

const tokenTypePath = z.enum(['access-token', 'client-credentials']);
export type TokenTypePath = z.infer<typeof tokenTypePath>;
export const customizerKeys = ['jwt.accessToken', 'jwt.clientCredentials'] as const;

const customizer = z.object({
  script: script.describe('Declares `getCustomJwtClaims({ token, context, environmentVariables, api })`.'),
  environmentVariables: environmentVariables.optional(),
  contextSample: z.unknown().optional().describe('For trying the script out.'),
  tokenSample: jsonObject.optional().describe('For trying the script out.'),
  blockIssuanceOnError: z
    .boolean()
    .optional()
    .describe('Whether a script that fails stops the token: yes, unless this is false.'),
});
export type Customizer = z.infer<typeof customizer>;

const ofToken = z.object({ tokenTypePath });
const unknownScript = { 404: ['entity.not_exists_with_id'] } as const;

export const listCustomizers = defineOperation({
  method: 'GET',
  path: '/api/configs/jwt-customizer',
  tag: claimsTag,
  summary: 'List the scripts for claims',
  description: 'The script for users’ tokens and the one for machines’, as far as there are any.',
  response: { 200: z.array(z.object({ key: z.enum(customizerKeys), value: customizer })) },
});

export const getCustomizer = defineOperation({
  method: 'GET',
  path: '/api/configs/jwt-customizer/:tokenTypePath',
  tag: claimsTag,
  summary: 'Get a script for claims',
  description: 'With its environment variables, which may be secrets.',
  params: ofToken,
  response: { 200: customizer },
  errors: unknownScript,
});

export const putCustomizer = defineOperation({
  method: 'PUT',
  path: '/api/configs/jwt-customizer/:tokenTypePath',
  tag: claimsTag,
  summary: 'Set a script for claims',
  description: 'Its claims are in every JWT access token of this kind from the next one on.',
  params: ofToken,
  body: customizer.partial({ script: true }).refine(({ script: source }) => source !== undefined, {
    path: ['script'],
    error: 'is required',
  }),
  response: { 200: customizer, 201: customizer },
});

export const patchCustomizer = defineOperation({
  method: 'PATCH',
  path: '/api/configs/jwt-customizer/:tokenTypePath',
  tag: claimsTag,
  summary: 'Change a script for claims',
  description: 'Changes what is sent.',
  params: ofToken,
  body: customizer.partial(),
  response: { 200: customizer },
  errors: unknownScript,
});

export const deleteCustomizer = defineOperation({
  method: 'DELETE',
  path: '/api/configs/jwt-customizer/:tokenTypePath',
  tag: claimsTag,
  summary: 'Delete a script for claims',
  description: 'Tokens carry its claims no more.',
  params: ofToken,
  response: { 204: noContent },
  errors: unknownScript,
});

const scriptErrors = {
  400: ['jwt_customizer.bad_result'],
  403: ['jwt_customizer.denied'],
  422: ['jwt_customizer.general'],
  500: ['jwt_customizer.failed'],
} as const;

const trial = z.object({
  script,
  environmentVariables: environmentVariables.optional(),
  token: jsonObject,
  context: jsonObject,
});

export const testCustomizer = defineOperation({
  method: 'POST',
  path: '/api/configs/jwt-customizer/test',
  tag: claimsTag,
  summary: 'Try a script for claims',
  description:
    'Runs the script that is sent, with its real limits, and answers the claims. Nothing is stored. A failure says where the script failed, and what it wrote to its console.',
  body: z.union([
    trial.extend({ tokenType: tokenTypePath }),
    z
      .object({ tokenType: tokenTypePath, payload: customizer.partial() })
      .refine(({ payload }) => payload.script !== undefined, { path: ['payload', 'script'], error: 'is required' }),
  ]),
  response: { 200: jsonObject },
  errors: scriptErrors,
});

// Actions ------------------------------------------------------------------------------------------------------------

export const actionTypes = ['action.postFirstFactorVerification', 'action.postSignIn'] as const;
const actionType = z.enum(actionTypes);
export type ActionType = z.infer<typeof actionType>;

const action = z.object({
  script: script.describe('Declares `runAction({ event, environmentVariables })`.'),
  environmentVariables: environmentVariables.optional(),
  contextSample: z.unknown().optional().describe('An event for trying the script out.'),
  enabled: z.boolean().optional().describe('Runs unless this is false.'),
  onExecutionError: z
    .enum(['block', 'allow'])
    .optional()
    .describe('What becomes of a sign-in whose script fails: it is stopped, unless this is `allow`.'),
});
export type Action = z.infer<typeof action>;

const ofAction = z.object({ actionType });

export const listActions = defineOperation({
  method: 'GET',
  path: '/api/configs/actions',
  tag: actionsTag,
  summary: 'List actions',
  description: 'The scripts that run at sign-in, as far as there are any.',
  response: { 200: z.array(z.object({ key: actionType, value: action })) },
});

export const getAction = defineOperation({
  method: 'GET',
  path: '/api/configs/actions/:actionType',
  tag: actionsTag,
  summary: 'Get an action',
  description: 'With its environment variables, which may be secrets.',
  params: ofAction,
  response: { 200: action },
  errors: unknownScript,
});

export const putAction = defineOperation({
  method: 'PUT',
  path: '/api/configs/actions/:actionType',
  tag: actionsTag,
  summary: 'Set an action',
  description: 'Runs at every sign-in from the next one on.',
  params: ofAction,
  body: action,
  response: { 200: action, 201: action },
});

export const patchAction = defineOperation({
  method: 'PATCH',
  path: '/api/configs/actions/:actionType',
  tag: actionsTag,
  summary: 'Change an action',
  description: 'Changes what is sent.',
  params: ofAction,
  body: action.partial(),
  response: { 200: action },
  errors: unknownScript,
});

export const deleteAction = defineOperation({
  method: 'DELETE',
  path: '/api/configs/actions/:actionType',
  tag: actionsTag,
  summary: 'Delete an action',
  description: 'Sign-ins go on without it.',
  params: ofAction,
  response: { 204: noContent },
  errors: unknownScript,
});

export const testAction = defineOperation({
  method: 'POST',
  path: '/api/configs/actions/test',
  tag: actionsTag,
  summary: 'Try an action',
  description: 'Runs the script that is sent on the event that is sent, and answers its result; nobody is changed.',
  body: z.object({
    script,
    actionType,
    event: z.unknown(),
    environmentVariables: environmentVariables.optional(),
  }),
  response: { 200: z.unknown(), 204: noContent },
  errors: { 422: ['action.general'], 500: ['action.failed'] },
});

// Trying scripts out in an editor --------------------------------------------------------------------------------------

const scriptsTag = 'Scripts';

const ofSlot = z.object({ slot: z.enum([...customizerKeys, ...actionTypes]) });

export const failureReason = z.enum(['syntax', 'type', 'entry', 'result', 'runtime', 'timeout', 'memory', 'busy']);

const outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('value'),
    value: z.unknown().optional().describe('What the function returned; absent when it returned nothing.'),
  }),
  z.object({
    kind: z.literal('denied').describe('The script called `api.denyAccess()`.'),
    message: z.string().optional(),
  }),
  z.object({
    kind: z.literal('failed'),
    reason: failureReason,
    message: z.string(),
    place: z
      .object({ line: z.number().int(), column: z.number().int().optional() })
      .optional()
      .describe('Where in the script, counted from 1; absent where it is not known.'),
  }),
]);

export const getScriptSlot = defineOperation({
  method: 'GET',
  path: '/api/configs/scripts/:slot',
  tag: scriptsTag,
  summary: 'Describe what a script is given',
  description:
    'For editors: the function that a script has to declare, and its argument as a JSON Schema and a sample.',
  params: ofSlot,
  response: {
    200: z.object({
      entry: z.string().describe('Name of the function.'),
      argument: jsonObject.describe('JSON Schema of the argument, beside `environmentVariables` and `api`.'),
      sample: jsonObject,
    }),
  },
});

export const runScript = defineOperation({
  method: 'POST',
  path: '/api/configs/scripts/:slot/run',
  tag: scriptsTag,
  summary: 'Run a script once',
  description:
    'For editors: runs the script that is sent on the argument that is sent, with its real limits, and answers what came of it, whatever that is. Nothing is stored and nobody is changed.',
  params: ofSlot,
  body: z.object({ script, environmentVariables: environmentVariables.optional(), argument: jsonObject }),
  response: {
    200: z.object({
      outcome,
      console: z.array(z.string()).describe('What the script wrote to its console, each line with its level.'),
      durationMs: z.number().int(),
    }),
  },
});
