import type { OperationInput, Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { OperationDefinition } from '../../kernel/wire.contract.ts';
import type { UserConfigChange } from '../factors/factors.contract.ts';
import { type FactorsApi, readUserConfig, toTrustedDevice } from '../factors/index.ts';
import * as contract from './account.contract.ts';
import { fail } from './account.errors.ts';
import type { AccountService, Caller } from './account.service.ts';
import type { AccountCenterSettings } from './account-center.contract.ts';
import * as centerContract from './account-center.contract.ts';
import type { accountCenterService } from './account-center.service.ts';
import type { AccountGate, Gate } from './account-gate.ts';
import { viewOf } from './account-view.ts';

export interface AccountRoutesDependencies {
  service: AccountService;
  center: typeof accountCenterService;
  gate: AccountGate;
  factors: Pick<FactorsApi, 'changeUserConfig' | 'trustedDevices'>;
  storeImage(scope: Scope, bytes: Buffer): Promise<string>;
}

export function accountRoutes(deps: AccountRoutesDependencies): Routes {
  const { service, center, gate } = deps;

  return (route) => {
    const own = gate.bind(route);

    const view = async (scope: Scope, caller: Caller, settings: AccountCenterSettings) => {
      const user = await service.getUser(scope, caller);
      const hasSecurityMethod = service.hasSecurityMethod(user);
      return viewOf(user, { scopes: caller.scopes, fields: settings.fields, hasSecurityMethod });
    };

    route(centerContract.getAccountCenter, async ({ scope }) => toWire(scope, await center.get(scope)));
    route(centerContract.updateAccountCenter, async ({ scope, body }) =>
      toWire(scope, await center.update(scope, body)),
    );

    own(contract.getMyAccount, {}, ({ scope }, caller, settings) => view(scope, caller, settings));

    own(contract.updateMyAccount, {}, async ({ scope, body }, caller, settings) => {
      const touched = { name: 'name', avatar: 'avatar', username: 'username', customData: 'customData' } as const;
      for (const [member, field] of Object.entries(touched)) {
        if (body[member as keyof typeof touched] === undefined) continue;
        const needed = field === 'customData' ? 'custom_data' : 'profile';
        await gate.admit(scope.tenantId, caller, { field: [field, 'edit'], scope: needed });
      }
      await service.update(scope, caller, body);
      return view(scope, caller, settings);
    });

    own(contract.updateMyProfile, { field: ['profile', 'edit'], scope: 'profile' }, async ({ scope, body }, caller) => {
      if (body.address && !caller.scopes.has('address')) throw fail('auth.forbidden');
      return service.mergeProfile(scope, caller, body);
    });

    own(contract.updateMyPassword, { field: ['password', 'edit'] }, ({ scope, body }, caller) =>
      service.setPassword(scope, caller, body.password),
    );

    own(contract.updateMyEmail, { field: ['email', 'edit'], scope: 'email' }, ({ scope, body }, caller) =>
      service.setEmail(scope, caller, { email: body.email, recordId: body.newIdentifierVerificationRecordId }),
    );
    own(contract.deleteMyEmail, { field: ['email', 'edit'], scope: 'email' }, ({ scope }, caller) =>
      service.removeEmail(scope, caller),
    );
    own(contract.updateMyPhone, { field: ['phone', 'edit'], scope: 'phone' }, ({ scope, body }, caller) =>
      service.setPhone(scope, caller, { phone: body.phone, recordId: body.newIdentifierVerificationRecordId }),
    );
    own(contract.deleteMyPhone, { field: ['phone', 'edit'], scope: 'phone' }, ({ scope }, caller) =>
      service.removePhone(scope, caller),
    );

    const social: Gate = { field: ['social', 'edit'], scope: 'identities' };
    own(contract.linkMyIdentity, social, ({ scope, body }, caller) =>
      service.linkIdentity(scope, caller, body.newIdentifierVerificationRecordId, { replace: false }),
    );
    own(contract.replaceMyIdentity, social, ({ scope, body }, caller) =>
      service.linkIdentity(scope, caller, body.newIdentifierVerificationRecordId, { replace: true }),
    );
    own(contract.unlinkMyIdentity, social, ({ scope, params }, caller) =>
      service.unlinkIdentity(scope, caller, params.target),
    );

    const tokenOf = async (
      input: Pick<OperationInput<OperationDefinition>, 'scope' | 'reply'>,
      caller: Caller,
      target: string,
    ) => {
      input.reply.header('cache-control', 'no-store');
      return service.readProviderToken(input.scope, caller, target);
    };
    own(
      contract.getMyProviderToken,
      { field: ['social', 'read'], scope: 'identities', firstPartyOnly: true },
      (input, caller) => tokenOf(input, caller, input.params.target),
    );
    own(
      contract.getMyEnterpriseToken,
      { field: ['social', 'read'], scope: 'identities', firstPartyOnly: true },
      async ({ scope, params, reply }, caller) => {
        reply.header('cache-control', 'no-store');
        return service.readEnterpriseToken(scope, caller, params.connectorId);
      },
    );
    own(contract.renewMyProviderToken, social, async (input, caller) => {
      const { scope, params, body } = input;
      await service.renewProviderToken(scope, caller, params.target, body.verificationRecordId);
      return tokenOf(input, caller, params.target);
    });

    const readFactors: Gate = { field: ['mfa', 'read'], orField: 'passkey', scope: 'identities' };
    const editFactors: Gate = { field: ['mfa', 'edit'], orField: 'passkey', scope: 'identities' };
    own(contract.listMyFactors, readFactors, ({ scope }, caller) => service.listFactors(scope, caller));

    own(contract.bindMyFactor, editFactors, ({ scope, body }, caller) => {
      switch (body.type) {
        case 'WebAuthn':
          return service.bindPasskey(scope, caller, {
            recordId: body.newIdentifierVerificationRecordId,
            name: body.name,
          });
        case 'BackupCode':
          return service.bindBackupCodes(scope, caller, body.codes);
        default:
          return service.bindTotp(scope, caller, body);
      }
    });
    own(contract.replaceMyTotp, editFactors, ({ scope, body }, caller) => service.bindTotp(scope, caller, body, true));
    own(contract.generateMyTotpSecret, { field: ['mfa', 'edit'] }, ({ scope }, caller) =>
      service.describeTotp(scope, caller),
    );
    own(contract.generateMyBackupCodes, { field: ['mfa', 'edit'] }, async () => ({
      codes: service.proposeBackupCodes(),
    }));
    own(contract.revealMyBackupCodes, readFactors, async ({ scope }, caller) => {
      if (caller.isThirdParty) throw fail('auth.third_party_application_forbidden');
      return { codes: await service.revealBackupCodes(scope, caller) };
    });
    own(contract.renameMyPasskey, editFactors, async ({ scope, params, body }, caller) => {
      await service.renamePasskey(scope, caller, params.verificationId, body.name);
      return { id: params.verificationId, name: body.name };
    });
    own(contract.deleteMyFactor, editFactors, ({ scope, params }, caller) =>
      service.removeFactor(scope, caller, params.verificationId),
    );

    const configOf = async (scope: Scope, caller: Caller) =>
      readUserConfig((await service.getUser(scope, caller)).logtoConfig);
    const changeConfig = async (scope: Scope, caller: Caller, change: UserConfigChange) => {
      await service.requireProof(scope, caller);
      return deps.factors.changeUserConfig(scope, caller.userId, change);
    };
    own(contract.getMyMfaSettings, readFactors, async ({ scope }, caller) => {
      const { mfa } = await configOf(scope, caller);
      return { skipMfaOnSignIn: mfa.skipMfaOnSignIn };
    });
    own(contract.updateMyMfaSettings, editFactors, async ({ scope, body }, caller) => {
      const { mfa } = await changeConfig(scope, caller, { mfa: body });
      return { skipMfaOnSignIn: mfa.skipMfaOnSignIn };
    });
    own(contract.getMyConfig, readFactors, ({ scope }, caller) => configOf(scope, caller));
    own(contract.updateMyConfig, editFactors, ({ scope, body }, caller) => changeConfig(scope, caller, body));

    own(
      contract.uploadMyAvatar,
      { field: ['avatar', 'edit'], scope: 'profile' },
      async ({ scope, upload, request }) => ({
        url: `${request.tenant.endpoint}${await deps.storeImage(scope, upload)}`,
      }),
    );

    const devices = (access: 'read' | 'edit'): Gate => ({
      field: ['trustedDevice', access],
      scope: 'urn:logto:scope:trusted_devices',
    });
    own(contract.listMyTrustedDevices, devices('read'), async ({ scope }, caller) => {
      await service.requireProof(scope, caller);
      return (await deps.factors.trustedDevices.list(scope, caller.userId)).map(toTrustedDevice);
    });
    own(contract.deleteMyTrustedDevice, devices('edit'), async ({ scope, params }, caller) => {
      await service.requireProof(scope, caller);
      await deps.factors.trustedDevices.remove(scope, caller.userId, params.trustedDeviceId);
    });
  };
}

const toWire = (scope: Scope, settings: AccountCenterSettings) => ({
  tenantId: scope.tenantId,
  id: 'default',
  ...settings,
});
