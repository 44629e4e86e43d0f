import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import * as contract from './factors.contract.ts';
import { fail } from './factors.errors.ts';
import { factorRecoveryPath } from './factors.paths.ts';
import type { BoundFactors, FactorOwner, FactorsService } from './factors.service.ts';
import { recoveryLinks } from './recovery-links.ts';
import type { TrustedDeviceRow } from './trusted-devices.store.ts';
import { trustedDevices } from './trusted-devices.ts';
import { type ChangeConfig, changeUserConfig, readUserConfig } from './user-config.ts';

export interface FactorsRoutesDependencies {
  addressOf(tenantId: string): TenantAddress;
  /** The factors that the tenant has switched on. */
  enabledFactors(tenantId: string): Promise<readonly contract.FactorType[]>;
  findUser(
    scope: Scope,
    userId: string,
  ): Promise<(FactorOwner & { createdAt: Date; logtoConfig: Record<string, unknown> }) | undefined>;
  changeConfig: ChangeConfig;
}

const since = (createdAt: Date, lastUsedAt: Date | null) => ({
  createdAt: createdAt.toISOString(),
  ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
});

/** All factors of a user, the implicit ones of their address and number included where `enabled` has them. */
export function toFactors(
  owner: FactorOwner & { createdAt: Date },
  { totp, passkeys, backupCodes }: BoundFactors,
  enabled: readonly contract.FactorType[],
): contract.Factor[] {
  const implicit = (type: contract.FactorType, address: string | null): contract.Factor[] =>
    address && enabled.includes(type) ? [{ id: type, type, createdAt: owner.createdAt.toISOString() }] : [];
  return [
    ...passkeys.map(({ id, createdAt, lastUsedAt, agent, name }) => ({
      id,
      type: 'WebAuthn' as const,
      ...since(createdAt, lastUsedAt),
      ...(agent && { agent }),
      ...(name && { name }),
    })),
    ...(totp ? [{ id: totp.id, type: 'Totp' as const, ...since(totp.createdAt, totp.lastUsedAt) }] : []),
    ...implicit('PhoneVerificationCode', owner.primaryPhone),
    ...implicit('EmailVerificationCode', owner.primaryEmail),
    ...(backupCodes
      ? [
          {
            id: backupCodes.id,
            type: 'BackupCode' as const,
            ...since(backupCodes.createdAt, backupCodes.lastUsedAt),
            remainCodes: backupCodes.remaining,
          },
        ]
      : []),
  ];
}

export const toTrustedDevice = ({ id, agent, ip, createdAt, lastUsedAt, expiresAt }: TrustedDeviceRow) => ({
  id,
  userAgent: agent,
  ip,
  createdAt: createdAt.getTime(),
  lastUsedAt: lastUsedAt?.getTime() ?? null,
  expiresAt: expiresAt.getTime(),
});

export function factorsRoutes(deps: FactorsRoutesDependencies, service: FactorsService): Routes {
  const getUser = async (scope: Scope, userId: string) => {
    const user = await deps.findUser(scope, userId);
    if (!user) throw fail('entity.not_found');
    return user;
  };

  const listFactors = async (scope: Scope, userId: string): Promise<contract.Factor[]> => {
    const user = await getUser(scope, userId);
    const [bound, enabled] = await Promise.all([service.bound(scope, userId), deps.enabledFactors(scope.tenantId)]);
    return toFactors(user, bound, enabled);
  };

  return (route) => {
    route(contract.listUserFactors, ({ scope, params }) => listFactors(scope, params.userId));

    route(contract.createUserFactor, async ({ scope, params, body }) => {
      const user = await getUser(scope, params.userId);
      if (body.type === 'Totp') {
        const secret = body.secret ?? service.totp.newSecret();
        await service.totp.bind(scope, user.id, { secret });
        const { secretQrCode } = await service.totp.describe(scope, user, secret);
        return { type: 'Totp' as const, secret, secretQrCode };
      }
      const codes = body.codes ?? service.backupCodes.propose();
      const factors = await listFactors(scope, user.id);
      const hasOther = factors.some(({ type }) => type !== 'BackupCode');
      await service.backupCodes.bind(scope, user.id, codes, hasOther);
      return { type: 'BackupCode' as const, codes };
    });

    route(contract.deleteUserFactor, async ({ scope, params }) => {
      await getUser(scope, params.userId);
      await service.remove(scope, params.userId, params.verificationId);
    });

    route(contract.createFactorRecoveryLink, async ({ scope, params }) => {
      const user = await getUser(scope, params.userId);
      const { token, expiresAt } = await recoveryLinks.issue(scope, user.id);
      const url = `${deps.addressOf(scope.tenantId).endpoint}${factorRecoveryPath}?token=${token}`;
      return { url, expiresAt: expiresAt.getTime() };
    });

    route(contract.getUserConfig, async ({ scope, params }) =>
      readUserConfig((await getUser(scope, params.userId)).logtoConfig),
    );

    route(contract.updateUserConfig, ({ scope, params, body }) =>
      changeUserConfig(deps.changeConfig, scope, params.userId, body),
    );

    route(contract.listUserTrustedDevices, async ({ scope, params }) => {
      const user = await getUser(scope, params.userId);
      return (await trustedDevices.list(scope, user.id)).map(toTrustedDevice);
    });

    route(contract.deleteUserTrustedDevice, async ({ scope, params }) => {
      await getUser(scope, params.userId);
      await trustedDevices.remove(scope, params.userId, params.trustedDeviceId);
    });
  };
}
