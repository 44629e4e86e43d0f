import { defineErrors } from '../../kernel/errors.ts';
import type { SignInDependencies } from './sign-in.dependencies.ts';

const fail = defineErrors({ 'connector.not_found': 501 });

/** A server that can send no message, and so offers nothing that needs one. */
export const withoutMessages: SignInDependencies['messages'] = {
  channels: async () => ({ email: false, phone: false }),
  codes: {
    send: async () => {
      throw fail('connector.not_found');
    },
    verify: async () => {
      throw fail('connector.not_found');
    },
  },
};
