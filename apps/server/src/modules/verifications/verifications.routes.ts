import type { Handler, Routes } from '../../kernel/operations.ts';
import type { OperationDefinition } from '../../kernel/wire.contract.ts';
import * as contract from './verifications.contract.ts';
import { fail } from './verifications.errors.ts';
import type { VerificationsService } from './verifications.service.ts';

/** Proofs change what somebody may do, so an application of somebody else may not give them. */
export function verificationsRoutes(
  service: VerificationsService,
  requireEnabled: (tenantId: string) => Promise<void>,
): Routes {
  return (route) => {
    const own = <Op extends OperationDefinition>(
      operation: Op,
      handle: (input: Parameters<Handler<Op>>[0], userId: string) => ReturnType<Handler<Op>>,
    ) =>
      route(operation, async (input) => {
        const { account } = input.request;
        await requireEnabled(input.scope.tenantId);
        if (!account || account.isThirdParty) throw fail('auth.third_party_application_forbidden');
        return handle(input, account.userId);
      });

    own(contract.verifyByPassword, ({ scope, body }, userId) => service.byPassword(scope, userId, body.password));
    own(contract.sendAccountCode, ({ scope, body }, userId) => service.sendCode(scope, userId, body));
    own(contract.verifyAccountCode, ({ scope, body }, userId) => service.verifyCode(scope, userId, body));
    own(contract.startAccountSocial, ({ scope, body }, userId) => service.startSocial(scope, userId, body));
    own(contract.verifyAccountSocial, ({ scope, body }, userId) => service.verifySocial(scope, userId, body));
    own(contract.startPasskeyRegistration, ({ scope }, userId) => service.startPasskey(scope, userId));
    own(contract.verifyPasskeyRegistration, ({ scope, body }, userId) => service.verifyPasskey(scope, userId, body));
  };
}
