import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Database } from '../../kernel/database.ts';
import * as store from './oidc.store.ts';
import { clientExtras } from './policies/clients.ts';

/** What a token request spends and what it issues for it. */
interface Settlement {
  spent: store.ModelKey;
  issued: store.NewModel[];
}

/** One request to the engine: tokens it has read already, and what it will write at its end. */
interface EngineRequest {
  reads: Map<string, Promise<store.TokenRow | undefined>>;
  settlement?: Settlement;
  /** Rows of an authorization, by model and id: the engine writes and removes each of them by itself. */
  authorization: Map<string, { key: store.ModelKey; row?: store.NewModel }>;
}

const requests = new WeakMap<object, EngineRequest>();

function currentRequest(): EngineRequest | undefined {
  const { ctx } = Provider;
  if (!ctx) return undefined;
  const known = requests.get(ctx);
  if (known) return known;
  const request: EngineRequest = { reads: new Map(), authorization: new Map() };
  requests.set(ctx, request);
  return request;
}

const currentRoute = (): string | undefined => (Provider.ctx as KoaContextWithOIDC | undefined)?.oidc?.route;

/** Whether the request in progress is one at the token endpoint. */
export const atTokenEndpoint = (): boolean => currentRoute() === 'token';

/**
 * Reads a token of any kind together with its grant, once a request: the engine asks for each kind in turn, and then
 * for the grant.
 */
export function readToken(db: Database, tenantId: string, id: string): Promise<store.TokenRow | undefined> {
  const reads = currentRequest()?.reads;
  const known = reads?.get(id);
  if (known) return known;
  const reading = store.findToken(db, tenantId, id);
  reads?.set(id, reading);
  return reading;
}

/** The grant that came with a token of this request. */
export async function grantReadAlready(id: string): Promise<store.ModelRow | undefined> {
  for (const reading of currentRequest()?.reads.values() ?? []) {
    const { grant } = (await reading) ?? {};
    if (grant?.id === id) return grant;
  }
  return undefined;
}

/** Puts off the spending of a code or token until its successors are made. False where nothing can be put off. */
export function spendLater(spent: store.ModelKey): boolean {
  const request = atTokenEndpoint() ? currentRequest() : undefined;
  if (!request) return false;
  request.settlement = { spent, issued: [] };
  return true;
}

/** Puts off a row that is issued for something spent in this request. False when it must be written now. */
export function issueLater(row: store.NewModel): boolean {
  const settlement = currentRequest()?.settlement;
  if (!settlement || (row.model !== 'AccessToken' && row.model !== 'RefreshToken')) return false;
  settlement.issued.push(row);
  return true;
}

const AUTHORIZATION_ROUTES = new Set(['authorization', 'resume', 'device_resume']);
const AUTHORIZATION_MODELS = new Set(['Session', 'AuthorizationCode', 'Grant', 'Interaction']);

/** Puts off what an authorization writes, or removes where there is no `row`. False when it must be done now. */
export function authorizeLater(key: store.ModelKey, row?: store.NewModel): boolean {
  if (!AUTHORIZATION_ROUTES.has(currentRoute() ?? '') || !AUTHORIZATION_MODELS.has(key.model)) return false;
  // Where grants are limited they are counted in this very request.
  if (key.model === 'Grant' && limitsGrants()) return false;
  currentRequest()?.authorization.set(`${key.model} ${key.id}`, { key, ...(row && { row }) });
  return true;
}

/** What the authorization in progress has put off for a key; undefined when nothing, null when the row is removed. */
export function putOff({ model, id }: store.ModelKey): store.ModelRow | null | undefined {
  const put = requests.get(Provider.ctx ?? {})?.authorization.get(`${model} ${id}`);
  if (!put) return undefined;
  return put.row ? { ...put.row, consumedAt: null } : null;
}

function limitsGrants(): boolean {
  const client = (Provider.ctx as KoaContextWithOIDC | undefined)?.oidc?.client;
  return Boolean(client && clientExtras(client).maxAllowedGrants);
}

/** A browser is told of nothing that was not written: neither of a code nor of another name for its session. */
function forgetAnswer(ctx: KoaContextWithOIDC): void {
  ctx.remove('location');
  ctx.remove('set-cookie');
}

/**
 * Writes what an authorization has put off before the browser hears of it: all of it, or nothing and an error.
 * A request for authorization is answered once: of several that go on with it at the same time the first one has the
 * code, and `lost` answers the others.
 */
export function settleAuthorizations(
  db: Database,
  tenantId: string,
  lost: (ctx: KoaContextWithOIDC) => Promise<void>,
): (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void> {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      // The engine saves sessions after its own error handling.
      if (!(error instanceof errors.SessionNotFound)) throw error;
      forgetAnswer(ctx);
      return lost(ctx);
    }
    const put = [...(requests.get(ctx)?.authorization.values() ?? [])];
    if (put.length === 0) return;
    const removed = put.filter(({ row }) => !row).map(({ key }) => key);
    const isFirst = await store.replaceModels(db, tenantId, {
      written: put.flatMap(({ row }) => row ?? []),
      removed,
      once: removed.find(({ model }) => model === 'Interaction'),
    });
    if (isFirst) return;
    forgetAnswer(ctx);
    await lost(ctx);
  };
}

/**
 * Writes what a token request has put off: what is spent and what is issued for it, in one conditional statement.
 * Either the client is answered and all of it is written, or nothing is: a request that fails half way, or a server
 * that is killed, does not cost the client its refresh token.
 * `lost` decides what becomes of a request whose code or token somebody else has spent; it throws, or returns to let
 * the rows be written all the same.
 */
export function settleTokenRequests(
  db: Database,
  now: () => Date,
  lost: (spent: store.ModelKey) => Promise<void>,
): (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void> {
  return async (ctx, next) => {
    await next();
    const settlement = requests.get(ctx)?.settlement;
    if (!settlement || ctx.status !== 200) return;
    const { spent, issued } = settlement;
    if (await store.spendAndIssue(db, spent, issued, now())) return;
    try {
      await lost(spent);
      await store.insertModels(db, issued);
    } catch (error) {
      if (!(error instanceof errors.OIDCProviderError)) throw error;
      ctx.status = error.status;
      ctx.body = { error: error.error, error_description: error.error_description };
    }
  };
}
