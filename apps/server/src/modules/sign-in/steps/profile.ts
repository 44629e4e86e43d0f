import type { Scope } from '../../../kernel/scope.ts';
import { readExtraProfile } from '../actions/extra-profile.ts';
import { claimUsername, hashNewPassword } from '../actions/new-credentials.ts';
import type { Address, Fact, PendingProfile } from '../flow-context.ts';
import { readPhone } from '../identifiers.ts';
import type { Engine, Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { codeSteps } from './code.ts';

/** What the page `profile` sends: as much as the account lacks. */
export interface ProfileForm {
  username?: string | undefined;
  password?: string | undefined;
  /** Is proved by a code before it counts. */
  email?: string | undefined;
  phone?: string | undefined;
  /** Answers to the tenant's own questions. */
  values?: Record<string, unknown>;
  /** The terms were accepted on it. */
  agreed: boolean;
}

/** The address that is still to be proved, if the page has sent one. */
function addressOf({ email, phone }: ProfileForm, languages: readonly string[]): Address | undefined {
  if (email) return { type: 'email', value: email.trim() };
  return phone ? { type: 'phone', value: readPhone(phone.trim(), languages) } : undefined;
}

/** Completing the profile of a new account, or of an existing one that lacks what the tenant wants by now. */
export function profileSteps({ core, rules, proceed }: Engine, { ask }: ReturnType<typeof codeSteps>) {
  return {
    async completeProfile(scope: Scope, flow: Flow, input: ProfileForm): Promise<Step> {
      const { state, profile, missing = [], userId } = flow.context;
      if (state !== 'profile') throw fail('session.not_found');
      const limits = await rules(flow);
      const account = userId === undefined ? undefined : await core.users.find(scope, userId);
      const given: PendingProfile = {};
      if (missing.includes('username')) {
        given.username = (input.username ?? '').trim();
        await claimUsername(core, scope, limits, given.username);
      }
      if (missing.includes('password') && input.password) {
        const owner = { ...account, ...profile, ...given };
        given.passwordDigest = await hashNewPassword(core, limits, input.password, owner);
      }
      if (missing.includes('extraProfile')) {
        Object.assign(given, await readExtraProfile(core, flow, limits, input.values ?? {}));
      }
      const facts: Fact[] = [{ type: 'profile-given', profile: given, agreed: input.agreed }];
      const address = addressOf(input, flow.languages);
      const isWanted = address && (missing.includes(address.type) || missing.includes('emailOrPhone'));
      if (isWanted) return ask(scope, flow, { identifier: address, purpose: 'BindNewIdentifier' }, facts);
      return proceed(scope, flow, facts);
    },
  };
}
