import { queryOptions, useMutation } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import type { AnswerOf, RequestOf } from '../../api/operations.ts';
import { useChange } from '../../api/use-change.ts';
import { useConsole } from '../../console-context.tsx';
import { claimsSlots, isClaimsSlot, type Slot, type TokenType } from './slots.ts';

const key = 'scripts';

/** A script of either kind with all that is kept beside it. */
export type StoredScript = AnswerOf<'GET /api/configs/jwt-customizer/:tokenTypePath'> &
  AnswerOf<'GET /api/configs/actions/:actionType'>;

export type ScriptRun = AnswerOf<'POST /api/configs/scripts/:slot/run'>;

/** All scripts of the tenant, by slot. */
export const scriptsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [key, 'list'],
    queryFn: async ({ signal }): Promise<Partial<Record<Slot, StoredScript>>> => {
      const [claims, actions] = await Promise.all([
        api.call('GET /api/configs/jwt-customizer', { signal }),
        api.call('GET /api/configs/actions', { signal }),
      ]);
      return Object.fromEntries([...claims, ...actions].map((entry) => [entry.key, entry.value]));
    },
  });

/** What a script of the slot is given. */
export const slotQuery = (api: ApiClient, slot: Slot) =>
  queryOptions({
    queryKey: [key, 'slot', slot],
    queryFn: ({ signal }) => api.call('GET /api/configs/scripts/:slot', { params: { slot }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

const tokenTypeOf = (slot: Slot): TokenType | undefined =>
  (Object.keys(claimsSlots) as TokenType[]).find((name) => claimsSlots[name] === slot);

export const useSaveScript = (slot: Slot) =>
  useChange([[key, 'list']], async (api, body: StoredScript): Promise<void> => {
    const tokenTypePath = tokenTypeOf(slot);
    if (tokenTypePath) {
      await api.call('PUT /api/configs/jwt-customizer/:tokenTypePath', { params: { tokenTypePath }, body });
    } else if (!isClaimsSlot(slot)) {
      await api.call('PUT /api/configs/actions/:actionType', { params: { actionType: slot }, body });
    }
  });

export const useDeleteScript = (slot: Slot) =>
  useChange([[key, 'list']], async (api, _: undefined): Promise<void> => {
    const tokenTypePath = tokenTypeOf(slot);
    if (tokenTypePath) {
      await api.call('DELETE /api/configs/jwt-customizer/:tokenTypePath', { params: { tokenTypePath } });
    } else if (!isClaimsSlot(slot)) {
      await api.call('DELETE /api/configs/actions/:actionType', { params: { actionType: slot } });
    }
  });

export function useRunScript(slot: Slot) {
  const { api } = useConsole();
  return useMutation({
    mutationFn: (body: RequestOf<'POST /api/configs/scripts/:slot/run'>['body']) =>
      api.call('POST /api/configs/scripts/:slot/run', { params: { slot }, body }),
  });
}

export const idTokenQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [key, 'id-token'],
    queryFn: ({ signal }) => api.call('GET /api/configs/id-token', { signal }),
  });

export const useSaveIdTokenClaims = () =>
  useChange([[key, 'id-token']], (api, body: AnswerOf<'GET /api/configs/id-token'>) =>
    api.call('PUT /api/configs/id-token', { body }),
  );
