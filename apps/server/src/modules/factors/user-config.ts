import { z } from 'zod';
import type { Scope } from '../../kernel/scope.ts';
import { type UserConfig, type UserConfigChange, userConfig } from './factors.contract.ts';

/** As it lies in the user's row, under the names that imports bring along. */
const stored = z.object({
  mfa: userConfig.shape.mfa.partial().optional().catch(undefined),
  passkeySignIn: userConfig.shape.passkeySignIn.partial().optional().catch(undefined),
});

/** What the user has decided; what is not stored has not been decided. */
export function readUserConfig(config: Record<string, unknown>): UserConfig {
  const { mfa = {}, passkeySignIn = {} } = stored.parse(config);
  return {
    mfa: {
      ...(mfa.enabled !== undefined && { enabled: mfa.enabled }),
      skipped: mfa.skipped ?? false,
      additionalBindingSuggestionSkipped: mfa.additionalBindingSuggestionSkipped ?? false,
      skipMfaOnSignIn: mfa.skipMfaOnSignIn ?? false,
    },
    passkeySignIn: { skipped: passkeySignIn.skipped ?? false },
  };
}

/** Changes the configuration that is kept in the user's row. */
export type ChangeConfig = (
  scope: Scope,
  userId: string,
  work: (config: Record<string, unknown>) => Record<string, unknown>,
) => Promise<{ logtoConfig: Record<string, unknown> }>;

export async function changeUserConfig(
  changeConfig: ChangeConfig,
  scope: Scope,
  userId: string,
  change: UserConfigChange,
): Promise<UserConfig> {
  const { logtoConfig } = await changeConfig(scope, userId, (config) => {
    const before = readUserConfig(config);
    return {
      ...config,
      mfa: { ...before.mfa, ...change.mfa },
      passkeySignIn: { ...before.passkeySignIn, ...change.passkeySignIn },
    };
  });
  return readUserConfig(logtoConfig);
}
