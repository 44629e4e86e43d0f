import type { RequestOf } from '../../api/operations.ts';

export type Slot = RequestOf<'GET /api/configs/scripts/:slot'>['params']['slot'];
export type ClaimsSlot = Extract<Slot, `jwt.${string}`>;
export type ActionSlot = Extract<Slot, `action.${string}`>;

/** The scripts for claims, by their names in addresses. */
export const claimsSlots = {
  'access-token': 'jwt.accessToken',
  'client-credentials': 'jwt.clientCredentials',
} as const satisfies Record<string, ClaimsSlot>;
export type TokenType = keyof typeof claimsSlots;

/** The actions, by their names in addresses. */
export const actionSlots = {
  'post-first-factor-verification': 'action.postFirstFactorVerification',
  'post-sign-in': 'action.postSignIn',
} as const satisfies Record<string, ActionSlot>;
export type ActionName = keyof typeof actionSlots;

export const isClaimsSlot = (slot: Slot): slot is ClaimsSlot => slot.startsWith('jwt.');
