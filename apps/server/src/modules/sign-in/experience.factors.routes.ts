import type { OperationInput, Route } from '../../kernel/operations.ts';
import type { OperationDefinition } from '../../kernel/wire.contract.ts';
import * as operations from './experience.factors.contract.ts';
import type { ExperienceFactors } from './experience.factors.ts';
import type { Flow } from './sign-in.flows.ts';

/** Runs the work of an operation on the flow of the calling browser. */
export type Within = <Result>(
  call: Pick<OperationInput<OperationDefinition>, 'request' | 'scope'>,
  work: (flow: Flow) => Promise<Result>,
) => Promise<Result>;

/** Binds the operations of second factors and passkeys. */
export function bindFactorOperations(route: Route, within: Within, factors: ExperienceFactors): void {
  const bindProofs = (): void => {
    route(operations.postTotpSecret, (call) => within(call, (flow) => factors.makeTotpSecret(call.scope, flow)));
    route(operations.postTotpVerify, (call) =>
      within(call, async (flow) => ({ verificationId: await factors.verifyTotp(call.scope, flow, call.body) })),
    );
    route(operations.postWebAuthnRegistration, (call) =>
      within(call, (flow) => factors.startPasskey(call.scope, flow)),
    );
    route(operations.postWebAuthnRegistrationVerify, (call) =>
      within(call, async (flow) => ({ verificationId: await factors.verifyNewPasskey(call.scope, flow, call.body) })),
    );
    route(operations.postWebAuthnAuthentication, (call) =>
      within(call, (flow) => factors.askForPasskey(call.scope, flow)),
    );
    route(operations.postWebAuthnAuthenticationVerify, (call) =>
      within(call, async (flow) => ({ verificationId: await factors.verifyPasskey(call.scope, flow, call.body) })),
    );
    route(operations.postBackupCodes, (call) => within(call, (flow) => factors.makeBackupCodes(call.scope, flow)));
    route(operations.postBackupCodeVerify, (call) =>
      within(call, async (flow) => ({ verificationId: await factors.useBackupCode(call.scope, flow, call.body.code) })),
    );
    route(operations.postMfaCode, (call) =>
      within(call, async (flow) => ({
        verificationId: await factors.sendCode(call.scope, flow, call.body.identifierType),
      })),
    );
    route(operations.postMfaCodeVerify, (call) =>
      within(call, async (flow) => ({ verificationId: await factors.verifyCode(call.scope, flow, call.body) })),
    );
  };

  const bindPasskeySignIn = (): void => {
    route(operations.postPasskeyPreflight, (call) =>
      within(call, (flow) => factors.preparePasskeySignIn(call.scope, flow)),
    );
    route(operations.postSignInPasskeyAuthentication, (call) =>
      within(call, (flow) => factors.startPasskeySignIn(call.scope, flow, call.body.identifier)),
    );
    route(operations.postSignInPasskeyVerify, (call) =>
      within(call, async (flow) => ({
        verificationId: await factors.verifyPasskeySignIn(call.scope, flow, call.body),
      })),
    );
  };

  const bindDecisions = (): void => {
    route(operations.postProfileMfa, (call) => within(call, (flow) => factors.bind(call.scope, flow, call.body)));
    route(operations.postProfilePasskey, (call) =>
      within(call, (flow) => factors.bindPasskey(call.scope, flow, call.body.verificationId)),
    );
    route(operations.postMfaEnabled, (call) => within(call, (flow) => factors.enableMfa(call.scope, flow)));
    route(operations.postMfaSkipped, (call) => within(call, (flow) => factors.skipMfa(call.scope, flow)));
    route(operations.postMfaSuggestionSkipped, (call) =>
      within(call, (flow) => factors.skipSuggestion(call.scope, flow)),
    );
    route(operations.postPasskeySkipped, (call) => within(call, (flow) => factors.skipPasskey(call.scope, flow)));
    route(operations.postTrustedDevice, (call) => within(call, (flow) => factors.trustDevice(call.scope, flow)));
  };

  bindProofs();
  bindPasskeySignIn();
  bindDecisions();
}
