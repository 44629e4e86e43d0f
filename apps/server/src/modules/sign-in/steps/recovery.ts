import { type Scope, transaction } from '../../../kernel/scope.ts';
import { checkNewPassword } from '../actions/new-credentials.ts';
import { digestOfReplacement, resetPassword } from '../actions/reset-password.ts';
import { readIdentifier } from '../identifiers.ts';
import type { Engine, Step } from '../sign-in.engine.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';
import type { codeSteps } from './code.ts';

/** Forgotten and expired passwords. */
export function recoverySteps({ core, flows, rules, toPage, finish }: Engine, { ask }: ReturnType<typeof codeSteps>) {
  return {
    /** Opens the page that asks whose password it is. */
    async chooseRecovery(scope: Scope, flow: Flow): Promise<Step> {
      const { recoveryIdentifiers } = await rules(flow);
      if (recoveryIdentifiers.length === 0) throw fail('session.forgot_password_not_enabled');
      return toPage(scope, flow, { type: 'chose-recovery' });
    },

    async sendRecoveryCode(scope: Scope, flow: Flow, input: { identifier: string }): Promise<Step> {
      const { recoveryIdentifiers } = await rules(flow);
      const { type, value } = readIdentifier(input.identifier, recoveryIdentifiers, flow.languages);
      if (type === 'username' || recoveryIdentifiers.length === 0) throw fail('session.forgot_password_not_enabled');
      return ask(scope, flow, { identifier: { type, value }, purpose: 'ForgotPassword' }, [{ type: 'chose-recovery' }]);
    },

    /** The new password; its owner signs in with it next. */
    async resetPassword(scope: Scope, flow: Flow, password: string): Promise<Step> {
      const { state, userId } = flow.context;
      const account = userId ? await core.users.find(scope, userId) : undefined;
      if (state !== 'reset-password' || !account) throw fail('session.not_found');
      const passwordDigest = await digestOfReplacement(core, scope, await rules(flow), account, password);
      return { kind: 'page', flow: await resetPassword(core, scope, flow, account, passwordDigest) };
    },

    /** The operators' recovery link: a new password, and every session of the account ended. */
    async setPassword(scope: Scope, flow: Flow, password: string): Promise<Step> {
      const { userId, state } = flow.context;
      const account = userId ? await core.users.find(scope, userId) : undefined;
      if (state !== 'set-password' || flow.link?.kind !== 'recover' || !account) throw fail('setup.token_invalid');
      await checkNewPassword(core, await rules(flow), password, account);
      const changed = await transaction(scope, async (tx) => {
        await core.tenants.links.spend(tx, flow.interaction.params.setup_token ?? '', 'recover');
        await core.users.setPassword(tx, account.id, password);
        await core.endSessions(tx, account.id, 'password_changed');
        return flows.save(tx, flow, { type: 'password-set', userId: account.id });
      });
      return finish(scope, changed, { ...account, hasPassword: true }, []);
    },
  };
}
