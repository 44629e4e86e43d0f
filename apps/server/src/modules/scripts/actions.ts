import { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import type { Scope } from '../../kernel/scope.ts';
import { jsonObject } from '../../kernel/wire.contract.ts';
import type { ActionType } from './scripts.contract.ts';
import { fail } from './scripts.errors.ts';
import type { ScriptsService } from './scripts.service.ts';
import { type ContextDependencies, userContext } from './user-context.ts';

/** What an action may change of a user (features 3.4). */
const userPatch = z
  .object({
    username: z.string().max(128).nullable(),
    primaryEmail: z.string().max(128).nullable(),
    primaryPhone: z.string().max(128).nullable(),
    name: z.string().max(128).nullable(),
    avatar: z.string().max(2048).nullable(),
    customData: jsonObject,
    profile: jsonObject,
  })
  .partial();
export type UserPatch = z.infer<typeof userPatch>;

const firstFactorResult = z
  .object({
    action: z.enum(['createUser', 'updateUser']),
    user: userPatch.optional(),
    passwordVerified: z.literal(true),
  })
  .optional();
export type FirstFactorDecision = NonNullable<z.infer<typeof firstFactorResult>>;

const signInResult = z.object({ action: z.literal('updateUser'), user: userPatch.optional() }).optional();

/** A password that was not right, as the action that migrates accounts is told. */
export interface FirstFactorEvent {
  identifier: { type: 'username' | 'email' | 'phone'; value: string };
  /** Id of the account that has the identifier, if one has. */
  userId: string | undefined;
  password: string;
}

const AUDIT_KEYS: Record<ActionType, string> = {
  'action.postFirstFactorVerification': 'Action.PostFirstFactorVerification',
  'action.postSignIn': 'Action.PostSignIn',
};

export interface ActionsApi {
  /**
   * Called when a password is not right in a sign-in: a script may know the account from elsewhere. Answers what the
   * account is to be; undefined when the password stays wrong.
   */
  afterWrongPassword(scope: Scope, event: FirstFactorEvent): Promise<FirstFactorDecision | undefined>;
  /** Called when a sign-in is about to be completed; answers what is to be changed of the user. */
  beforeSignInEnds(scope: Scope, userId: string): Promise<UserPatch | undefined>;
}

/** Scripts that take part in a sign-in. One that fails stops it, unless the tenant has said otherwise. */
export function createActions(deps: ContextDependencies & { service: ScriptsService }): ActionsApi {
  const { service } = deps;

  const run = async <Result>(
    scope: Scope,
    slot: ActionType,
    eventOf: () => Promise<Record<string, unknown>>,
    schema: z.ZodType<Result>,
  ): Promise<Result | undefined> => {
    const config = await service.inUse(scope.tenantId, slot);
    if (!config || config.enabled === false) return undefined;
    const event = await eventOf();
    const { outcome } = await service.run(scope.tenantId, slot, config, { event: { key: slot, ...event } });
    const parsed = outcome.kind === 'value' ? schema.safeParse(outcome.value ?? undefined) : undefined;
    if (parsed?.success) return parsed.data;
    await audit(scope, {
      key: AUDIT_KEYS[slot],
      result: 'Error',
      target: { type: 'Script', id: slot },
      details: outcome.kind === 'failed' ? { reason: outcome.reason, error: outcome.message } : { reason: 'result' },
    });
    if (config.onExecutionError !== 'allow') throw fail('action.stopped');
    return undefined;
  };

  return {
    afterWrongPassword: (scope, { identifier, userId, password }) =>
      run(
        scope,
        'action.postFirstFactorVerification',
        async () => ({
          interactionEvent: 'SignIn',
          verificationType: 'Password',
          identifier,
          user: userId === undefined ? null : ((await userContext(deps, scope, userId)) ?? null),
          password,
        }),
        firstFactorResult,
      ),

    async beforeSignInEnds(scope, userId) {
      const result = await run(
        scope,
        'action.postSignIn',
        async () => ({ user: await userContext(deps, scope, userId) }),
        signInResult,
      );
      return result?.user;
    },
  };
}
