import { sql } from 'drizzle-orm';
import { type Adapter, type AdapterPayload, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Database } from '../../kernel/database.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import { claimDeviceCode } from './device-codes.store.ts';
import { type EndReason, endModels, ofGrants } from './endings.store.ts';
import * as store from './oidc.store.ts';
import {
  atTokenEndpoint,
  authorizeLater,
  grantReadAlready,
  issueLater,
  putOff,
  readToken,
  spendLater,
} from './settlement.ts';

/**
 * How long a spent refresh token may be shown again by the same browser's other tabs (features 1.6).
 * Whoever shows it in this time is given the one successor that the first request made, never a second one.
 */
export const REFRESH_GRACE_MS = 3000;

/** For the few rows that the engine gives no lifetime. */
const UNBOUNDED_SECONDS = 366 * 86_400;

/** Things that may be used once; the engine's check and its mark are two steps, so the mark decides. */
const SINGLE_USE = new Set(['AuthorizationCode', 'RefreshToken', 'DeviceCode', 'PushedAuthorizationRequest']);

/** Found by one statement together with the grant they stand on. */
const READ_WITH_GRANT = new Set(['AccessToken', 'AuthorizationCode', 'ClientCredentials', 'RefreshToken']);

export interface AdapterContext {
  db: Database;
  tenantId: string;
  /** Client metadata of a client id, or undefined. */
  findClient(clientId: string): Promise<AdapterPayload | undefined>;
  now(): Date;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Why the engine itself ends tokens, by the endpoint that is at work. */
function endReason(): EndReason {
  const { route } = (Provider.ctx as KoaContextWithOIDC | undefined)?.oidc ?? {};
  if (route === 'revocation') return 'revoked_by_application';
  return route === 'end_session_confirm' ? 'signed_out' : 'reused';
}

/** Begins the name of a device's code where only its hash is known, as at the user's browser; no code has a colon. */
const REFERENCE = 'hash:';

/** The row that a reference names. A device that redeems its code must show the code itself. */
const rowOfReference = (id: string): string | undefined =>
  id.startsWith(REFERENCE) && !atTokenEndpoint() ? id.slice(REFERENCE.length) : undefined;

/** A user has confirmed a device's code and is about to sign in for it. */
const isClaim = ({ inFlight, accountId, error }: AdapterPayload): boolean =>
  inFlight === true && accountId === undefined && error === undefined;

/** The row's payload as the engine saved it; `id` comes back from the caller, because the row has only its hash. */
function toPayload(row: store.ModelRow, id: string | undefined, now: Date): AdapterPayload {
  const consumedAt = row.consumedAt?.getTime();
  const inGrace =
    row.model === 'RefreshToken' && consumedAt !== undefined && now.getTime() - consumedAt < REFRESH_GRACE_MS;
  return {
    ...row.payload,
    ...(id !== undefined && { jti: id }),
    ...(consumedAt !== undefined && !inGrace && { consumed: Math.floor(consumedAt / 1000) }),
  } as AdapterPayload;
}

/** The browser that is being served, and its address: a session shows its owner where it was used last. */
function currentDevice(): { device: store.Device } | undefined {
  const { ctx } = Provider;
  return ctx && { device: { userAgent: ctx.get('user-agent').slice(0, 512) || null, ip: ctx.ip || null } };
}

/** The engine's storage for one model of one tenant. */
export function createAdapter(context: AdapterContext, model: string): Adapter {
  const { db, tenantId, now } = context;
  const rowId = (id: string): string => (model === 'DeviceCode' ? rowOfReference(id) : undefined) ?? hashSecret(id);
  const keyOf = (id: string): store.ModelKey => ({ tenantId, model, id: rowId(id) });

  return {
    async upsert(id, payload, expiresIn) {
      // The value itself is the credential: it is not written down.
      const { jti: _, session, ...rest } = payload;
      const kept = session ? { ...rest, session: { ...(session as object), cookie: undefined } } : rest;
      const row: store.NewModel = {
        ...keyOf(id),
        payload: model === 'Session' ? { ...kept, ...currentDevice() } : kept,
        // A grant's id is no credential: by it everything that stands on the grant is found, the grant included.
        grantId: model === 'Grant' ? id : text(payload.grantId),
        uid: text(payload.uid),
        userCode: text(payload.userCode),
        accountId: text(payload.accountId),
        clientId: text(payload.clientId),
        expiresAt: new Date(now().getTime() + (expiresIn ?? UNBOUNDED_SECONDS) * 1000),
      };
      if (model === 'DeviceCode' && isClaim(payload)) {
        if (!(await claimDeviceCode(db, row))) throw new errors.InvalidRequest('the code was used by somebody else');
      } else if (!issueLater(row) && !authorizeLater(row, row) && !(await store.upsertModel(db, row))) {
        // A sign-in in another tab has renewed the session meanwhile: its new name must stay the browser's.
        throw new errors.SessionNotFound('the session was renewed by another request');
      }
    },
    async find(id) {
      if (model === 'Client') return context.findClient(id);
      const row = await findRow(rowId(id));
      return row && toPayload(row, id, now());
    },
    async findByUid(uid) {
      const row = await store.findModel(db, tenantId, model, { uid });
      return row && toPayload(row, undefined, now());
    },
    async findByUserCode(userCode) {
      const row = await store.findModel(db, tenantId, model, { userCode });
      return row && toPayload(row, `${REFERENCE}${row.id}`, now());
    },
    async consume(id) {
      const key = keyOf(id);
      if (SINGLE_USE.has(model) && spendLater(key)) return;
      if (await store.consumeModel(db, key, now())) return;
      if (SINGLE_USE.has(model)) await judgeLost(context, key);
    },
    async destroy(id) {
      if (model !== 'RefreshToken') {
        if (!authorizeLater(keyOf(id))) await store.deleteModel(db, tenantId, model, rowId(id));
        return;
      }
      await endModels(db, tenantId, sql`model = ${model} and id = ${rowId(id)}`, { reason: endReason(), now: now() });
    },
    async revokeByGrantId(grantId) {
      const which = sql`model = ${model} and ${ofGrants([grantId])}`;
      await endModels(db, tenantId, which, { reason: endReason(), now: now() });
    },
  };

  async function findRow(id: string): Promise<store.ModelRow | undefined> {
    const put = putOff({ tenantId, model, id });
    if (put !== undefined) return put ?? undefined;
    if (READ_WITH_GRANT.has(model)) {
      const found = await readToken(db, tenantId, id);
      return found?.token.model === model ? found.token : undefined;
    }
    const known = model === 'Grant' ? await grantReadAlready(id) : undefined;
    return known ?? store.findModel(db, tenantId, model, { id });
  }
}

/**
 * Somebody else spent it between the engine's look and the mark. Within the grace that is another tab of the same
 * browser; else it is a leaked one, and the whole family ends: RFC 6749 §4.1.2 and §10.4, RFC 9700 §4.14.2.
 */
export async function judgeLost({ db, tenantId, now }: AdapterContext, key: store.ModelKey): Promise<void> {
  const row = await store.findModel(db, tenantId, key.model, { id: key.id });
  if (row && toPayload(row, undefined, now()).consumed === undefined) return;
  if (row?.grantId) {
    await endModels(db, tenantId, ofGrants([row.grantId]), { reason: 'reused', now: now() });
  }
  throw new errors.InvalidGrant('already used');
}
