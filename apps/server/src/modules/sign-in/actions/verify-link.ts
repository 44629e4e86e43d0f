import { audit } from '../../../kernel/audit.ts';
import { RequestError } from '../../../kernel/errors.ts';
import { standardId } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { OneTimeTokenRecord } from '../flow-context.ts';
import type { SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import { countAttempt, forgetAttempts } from './attempts.ts';

/** Spends the token of a link that was sent to an address: whoever has it reads the mail there. */
export async function verifyLink(
  deps: Pick<SignInDependencies, 'oneTimeTokens'>,
  scope: Scope,
  flow: Flow,
  rules: Rules,
  input: { email: string; token: string },
): Promise<OneTimeTokenRecord> {
  const { email, token } = input;
  const { event } = flow.context;
  const identifier = { type: 'email', value: email } as const;
  const key = `Interaction.${event}.Verification.OneTimeToken.Submit`;
  const details = { applicationId: flow.interaction.application.id, identifier };
  await countAttempt(scope, rules.settings.sentinelPolicy, identifier, 'OneTimeToken');
  try {
    const { context } = await deps.oneTimeTokens.verify(scope, { email, token, event });
    await forgetAttempts(scope, identifier, 'OneTimeToken');
    await audit(scope, { key, details });
    return {
      id: standardId(),
      type: 'OneTimeToken',
      identifier,
      ...(context.interactionEvent && { event: context.interactionEvent }),
      jitOrganizationIds: context.jitOrganizationIds ?? [],
    };
  } catch (error) {
    if (error instanceof RequestError) {
      await audit(scope, { key, result: 'Error', details: { ...details, error: error.code } });
    }
    throw error;
  }
}

/**
 * A link that was made for resetting a password signs nobody in, and the other way round. That is asked when it is
 * spent, and again when it is used: its flow may have turned to something else in between.
 */
export function checkLinkPurpose({ event }: OneTimeTokenRecord, wanted: Flow['context']['event']): void {
  const isForRecovery = event === 'ForgotPassword';
  if (isForRecovery !== (wanted === 'ForgotPassword')) throw fail('one_time_token.interaction_event_mismatch');
}
