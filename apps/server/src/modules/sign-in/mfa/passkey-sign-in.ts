import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { standardId } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Identifier } from '../flow-context.ts';
import type { SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import type { SignInPasskeyRecord } from './pending-mfa.ts';
import { counted } from './prove-factor.ts';

interface PasskeySignInContext {
  deps: Pick<SignInDependencies, 'factors' | 'users'>;
  scope: Scope;
  flow: Flow;
  rules: Rules;
}

const checkEnabled = ({ rules }: PasskeySignInContext): void => {
  const { canSignIn, settings } = rules;
  if (!canSignIn || !settings.passkeySignIn.enabled) throw fail('session.invalid_sign_in_method');
};

/**
 * Asks for any key of this domain that the browser has. No account's keys are named, not even for an identifier:
 * the answer would tell whether there is such an account, and that it has a key (threats: enumeration).
 */
export function askForSignInPasskey(context: PasskeySignInContext) {
  checkEnabled(context);
  return context.deps.factors.passkeys.authenticationOptions(context.scope);
}

export async function startPasskeySignIn(context: PasskeySignInContext, identifier: Identifier) {
  const options = await askForSignInPasskey(context);
  const record: SignInPasskeyRecord = {
    id: standardId(),
    type: 'SignInPasskey',
    verified: false,
    challenge: options.challenge,
    identifier,
  };
  return { record, options };
}

/** Proves a key; its owner is whom the identifier named, where one was given first. */
export async function provePasskeySignIn(
  context: PasskeySignInContext,
  asked: Pick<SignInPasskeyRecord, 'challenge' | 'identifier'> & { id?: string },
  response: AuthenticationResponseJSON,
): Promise<SignInPasskeyRecord & { userId: string }> {
  const { deps, scope } = context;
  const { challenge, identifier } = asked;
  checkEnabled(context);
  if (!challenge) throw fail('session.mfa.pending_info_not_found');
  const named = identifier && (await deps.users.findByIdentifier(scope, identifier));
  // A key that nobody has is counted for itself: there is no account to lock.
  const attempt = { action: 'WebAuthn', verification: 'SignInPasskey', userId: named?.id ?? response.id } as const;
  const userId = await counted(context, attempt, async () => {
    const owner = await deps.factors.passkeys.verify(scope, { response, challenge });
    if (identifier && owner !== named?.id) throw fail('session.mfa.webauthn_verification_failed');
    return owner;
  });
  return {
    id: asked.id ?? standardId(),
    type: 'SignInPasskey',
    verified: true,
    userId,
    ...(identifier && { identifier }),
  };
}
