import type { Handler, OperationInput, Route } from '../../kernel/operations.ts';
import type { OperationDefinition } from '../../kernel/wire.contract.ts';
import { PROOF_HEADER } from './account.contract.ts';
import { fail } from './account.errors.ts';
import type { Caller } from './account.service.ts';
import type { AccountCenterSettings, AccountField, FieldAccess } from './account-center.contract.ts';

/** What an operation needs beyond a good token. */
export interface Gate {
  /** The field it touches, and whether it changes it. */
  field?: readonly [AccountField, 'read' | 'edit'];
  /** Another field that opens it as well. */
  orField?: AccountField;
  scope?: string;
  /** Refused to applications of somebody else even where it changes nothing. */
  firstPartyOnly?: boolean;
}

const enough = (access: FieldAccess, wanted: 'read' | 'edit'): boolean =>
  access === 'Edit' || (access === 'ReadOnly' && wanted === 'read');

export type AccountGate = ReturnType<typeof createAccountGate>;

/** Lets owners through to what their token and the tenant's settings open. */
export function createAccountGate(settingsOf: (tenantId: string) => Promise<AccountCenterSettings>) {
  const admit = async (tenantId: string, caller: Caller, gate: Gate): Promise<AccountCenterSettings> => {
    const settings = await settingsOf(tenantId);
    if (!settings.enabled) throw fail('account_center.not_enabled');
    if (gate.scope && !caller.scopes.has(gate.scope)) throw fail('auth.forbidden');
    if (gate.firstPartyOnly && caller.isThirdParty) throw fail('auth.third_party_application_forbidden');
    if (gate.field) {
      const [field, wanted] = gate.field;
      const accesses = [field, ...(gate.orField ? [gate.orField] : [])].map((name) => settings.fields[name] ?? 'Off');
      if (accesses.every((access) => access === 'Off')) throw fail('account_center.field_not_enabled');
      if (!accesses.some((access) => enough(access, wanted))) throw fail('account_center.field_not_editable');
      if (wanted === 'edit' && caller.isThirdParty) throw fail('auth.third_party_application_forbidden');
    }
    return settings;
  };

  const callerOf = ({ request }: { request: OperationInput<OperationDefinition>['request'] }): Caller => {
    if (!request.account) throw fail('auth.unauthorized');
    const proof = request.headers[PROOF_HEADER];
    return { ...request.account, proof: typeof proof === 'string' ? proof : undefined };
  };

  return {
    admit,
    /** Binds operations whose handler runs for the callers that the gate admits. */
    bind:
      (route: Route) =>
      <Op extends OperationDefinition>(
        operation: Op,
        gate: Gate,
        handle: (input: OperationInput<Op>, caller: Caller, settings: AccountCenterSettings) => ReturnType<Handler<Op>>,
      ) =>
        route(operation, async (input) => {
          const caller = callerOf(input);
          return handle(input, caller, await admit(input.scope.tenantId, caller, gate));
        }),
  };
}
