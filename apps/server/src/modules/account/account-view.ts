import type { UserRecord } from '../users/index.ts';
import { toUserInfo } from '../users/index.ts';
import type { AccountView } from './account.contract.ts';
import { FIELD_OF } from './account.service.ts';
import type { AccountCenterSettings } from './account-center.contract.ts';

/** The scope that unlocks each member (features 1.7). */
const SCOPE_OF: Readonly<Record<string, string>> = {
  name: 'profile',
  avatar: 'profile',
  username: 'profile',
  profile: 'profile',
  primaryEmail: 'email',
  primaryPhone: 'phone',
  customData: 'custom_data',
  identities: 'identities',
};

/** What the token's scopes and the tenant's settings let the owner see. */
export function viewOf(
  user: UserRecord,
  options: { scopes: ReadonlySet<string>; fields: AccountCenterSettings['fields']; hasSecurityMethod: boolean },
): AccountView {
  const info = Object.entries(toUserInfo(user)).filter(([member]) => {
    const scope = SCOPE_OF[member];
    const field = FIELD_OF[member];
    if (scope !== undefined && !options.scopes.has(scope)) return false;
    return field === undefined || (options.fields[field] ?? 'Off') !== 'Off';
  });
  const view = Object.fromEntries(info) as Partial<ReturnType<typeof toUserInfo>>;
  const { address, ...profile } = view.profile ?? {};
  return {
    ...view,
    id: user.id,
    ...(view.profile && { profile: options.scopes.has('address') && address ? { ...profile, address } : profile }),
    ...(view.identities && { ssoIdentities: user.ssoIdentities }),
    cimdClientId: user.cimdClientId,
    hasPassword: user.hasPassword,
    hasSecurityVerificationMethod: options.hasSecurityMethod,
  };
}

/** All of it, for the owner who takes the data along. */
export const wholeViewOf = (user: UserRecord, hasSecurityMethod: boolean): AccountView => ({
  ...toUserInfo(user),
  ssoIdentities: user.ssoIdentities,
  cimdClientId: user.cimdClientId,
  hasPassword: user.hasPassword,
  hasSecurityVerificationMethod: hasSecurityMethod,
});
