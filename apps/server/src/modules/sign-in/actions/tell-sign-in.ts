import { emitEvent } from '../../../kernel/events.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { toUserInfo } from '../../users/index.ts';
import type { Account } from '../sign-in.dependencies.ts';
import type { Flow } from '../sign-in.flows.ts';

const EVENTS = {
  SignIn: 'PostSignIn',
  Register: 'PostRegister',
  ForgotPassword: 'PostResetPassword',
} as const;

/** What adaptive MFA has found of a sign-in (features 2.4). */
export interface AdaptiveMfaResult {
  requiresMfa: true;
  triggeredRules: { rule: string }[];
}

/**
 * Tells webhooks that somebody has signed in, registered or set a new password (features 11.1);
 * with `adaptiveMfaResult`, that the sign-in looked unlike the earlier ones.
 */
export async function tellSignIn(
  tx: Scope,
  flow: Flow,
  done: { event: keyof typeof EVENTS; account: Account; adaptiveMfaResult?: AdaptiveMfaResult },
): Promise<void> {
  const { event, account, adaptiveMfaResult } = done;
  const { id, name, type } = flow.interaction.application;
  await emitEvent(tx, {
    event: adaptiveMfaResult ? 'PostSignInAdaptiveMfaTriggered' : EVENTS[event],
    object: { type: 'User', id: account.id },
    payload: {
      interactionEvent: event,
      sessionId: flow.interaction.id,
      userId: account.id,
      user: toUserInfo(account),
      application: { id, name, type },
      ...(adaptiveMfaResult && { adaptiveMfaResult }),
    },
  });
}
