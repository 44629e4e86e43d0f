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

/** Tells webhooks that somebody has signed in, registered or set a new password (features 11.1). */
export async function tellSignIn(
  tx: Scope,
  flow: Flow,
  done: { event: keyof typeof EVENTS; account: Account },
): Promise<void> {
  const { event, account } = done;
  const { id, name, type } = flow.interaction.application;
  await emitEvent(tx, {
    event: EVENTS[event],
    object: { type: 'User', id: account.id },
    payload: {
      interactionEvent: event,
      sessionId: flow.interaction.id,
      userId: account.id,
      user: toUserInfo(account),
      application: { id, name, type },
    },
  });
}
