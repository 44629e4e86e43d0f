import type { KoaContextWithOIDC } from 'oidc-provider';
import { clientExtras } from './clients.ts';
import { accessDenied } from './refusals.ts';

/** Where somebody was kept out. */
type Gate = 'authorization' | 'refresh' | 'exchange';

export interface AccessSource {
  mayEnter(clientId: string, userId: string): Promise<boolean>;
  /** Records that the user was kept out. */
  recordRefusal(clientId: string, userId: string, gate: Gate): Promise<void>;
}

/** Application access control (features 1.10): decided anew at every gate, so that a rule taken away is felt at once. */
export type AccessGate = (ctx: KoaContextWithOIDC, gate: Gate) => Promise<void>;

export function createAccessGate(source: AccessSource): AccessGate {
  return async (ctx, gate) => {
    const { client, account } = ctx.oidc;
    if (!client || !account || !clientExtras(client).checksAccess) return;
    if (await source.mayEnter(client.clientId, account.accountId)) return;
    await source.recordRefusal(client.clientId, account.accountId, gate);
    const refusal = accessDenied('the application does not let this user in');
    // A page of ours says so: the application itself is what the user may not see.
    throw Object.assign(refusal, { allow_redirect: false });
  };
}
