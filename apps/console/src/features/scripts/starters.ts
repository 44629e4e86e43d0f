import type { ConsolePhrases } from '@latchkey/phrases/console';
import type { Slot } from './slots.ts';

/** A script to begin with, commented in the reader's language. */
export function starterOf(slot: Slot, { starters: t }: ConsolePhrases['scripts']): string {
  switch (slot) {
    case 'jwt.accessToken':
      return `// ${t.claims}
// ${t.deny}
const getCustomJwtClaims = async ({ token, context, environmentVariables, api }) => {
  return {
    plan: context.user.customData.plan,
  };
};
`;
    case 'jwt.clientCredentials':
      return `// ${t.claims}
// ${t.deny}
const getCustomJwtClaims = async ({ token, context, environmentVariables, api }) => {
  return {
    region: context.application.customData.region,
  };
};
`;
    case 'action.postFirstFactorVerification':
      return `// ${t.firstFactor}
const runAction = async ({ event, environmentVariables }) => {
  const response = await fetch(environmentVariables.ACCOUNTS_URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: event.identifier.value, password: event.password }),
  });
  // ${t.stillWrong}
  if (!response.ok) return;
  const { name } = await response.json();
  return { action: event.user ? 'updateUser' : 'createUser', passwordVerified: true, user: { name } };
};
`;
    case 'action.postSignIn':
      return `// ${t.signIn}
const runAction = async ({ event, environmentVariables }) => {
  const { user } = event;
  return {
    action: 'updateUser',
    user: { customData: { signIns: (user.customData.signIns ?? 0) + 1 } },
  };
};
`;
  }
}
