import type { Egress } from '../../kernel/egress.ts';
import type { PasswordPolicy } from '../sign-in-experience/sign-in-experience.contract.ts';
import { createBreachedPasswords } from './breached-passwords.ts';
import { effectivePolicy, localIssues, type PasswordIssue, type PasswordOwner } from './password-policy.ts';

export {
  type EffectivePasswordPolicy,
  effectivePolicy,
  type PasswordIssue,
  type PasswordOwner,
} from './password-policy.ts';

export interface CredentialsApi {
  /** All that the tenant's policy has against a new password; empty when it is good. */
  passwordIssues(policy: PasswordPolicy, password: string, owner: PasswordOwner): Promise<PasswordIssue[]>;
}

/** What makes a good credential. */
export function createCredentialsModule(deps: { egress: Egress; now: () => Date }): { api: CredentialsApi } {
  const isBreached = createBreachedPasswords(deps);
  return {
    api: {
      async passwordIssues(policy, password, owner) {
        const effective = effectivePolicy(policy);
        const issues = localIssues(effective, password, owner);
        if (issues.length > 0 || !effective.rejects.pwned) return issues;
        return (await isBreached(password)) ? [{ code: 'password_rejected.pwned' }] : [];
      },
    },
  };
}
