import type { RequestError } from '../../../kernel/errors.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Fact, MissingKind } from '../flow-context.ts';
import { mfaRequirements } from '../mfa/mfa-requirements.ts';
import type { MfaDependencies } from '../mfa/mfa-situation.ts';
import type { Account, SignInDependencies } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { Rules } from '../sign-in.rules.ts';
import { checkHuman } from './complete.ts';
import { missingOf } from './missing-profile.ts';

/** Something that has to happen before the user gets to the app: the Experience API refuses, the pages lead there. */
export interface Pending {
  refusal: RequestError;
  fact: Fact;
}

/** What is known of a sign-in that is about to be completed. */
export interface SignInInQuestion {
  scope: Scope;
  flow: Flow;
  account: Account;
  rules: Rules;
}

/** Every account has what the tenant wants accounts to have. */
function completeProfile({ flow, account, rules }: SignInInQuestion): Pending | undefined {
  const missing = missingOf(rules, flow.context.profile, account);
  if (missing.length === 0) return undefined;
  return {
    refusal: fail('user.missing_profile', { data: { missingProfile: missing } }),
    fact: { type: 'profile-missing', missing },
  };
}

type Dependencies = MfaDependencies & Pick<SignInDependencies, 'profileFields'>;

/** Whoever signs up is asked once for what the tenant wants to know beside (features 2.6). */
async function extraProfile(deps: Dependencies, { flow, rules }: SignInInQuestion): Promise<Pending | undefined> {
  const { event, profile } = flow.context;
  if (event !== 'Register' || profile.customData) return undefined;
  const fields = await deps.profileFields.fields(flow.interaction.tenantId, rules.settings.signUpProfileFields);
  if (fields.length === 0) return undefined;
  const missing: MissingKind[] = ['extraProfile'];
  return {
    refusal: fail('user.missing_profile', { data: { missingProfile: missing } }),
    fact: { type: 'profile-missing', missing },
  };
}

/**
 * What stands between an identified user and the app, in the wire's order (features 3.1): the first that is not met.
 * A captcha comes before everything that tells something of an account.
 */
export async function firstPending(deps: Dependencies, asked: SignInInQuestion): Promise<Pending | undefined> {
  checkHuman(asked.flow, asked.rules);
  // Features 9: the enterprise's provider has asked for a second factor, or has decided that it needs none.
  if (asked.flow.context.profile.sso) return undefined;
  const mfa = await mfaRequirements(deps, asked);
  return (await mfa.proof()) ?? completeProfile(asked) ?? (await extraProfile(deps, asked)) ?? mfa.setup();
}
