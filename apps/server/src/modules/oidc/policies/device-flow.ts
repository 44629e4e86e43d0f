import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Database } from '../../../kernel/database.ts';
import { equalSecrets, hashSecret } from '../../../kernel/secrets.ts';
import type { TenantAddress } from '../../../kernel/tenancy.ts';
import { markPoll } from '../device-codes.store.ts';
import { clientExtras } from './clients.ts';
import { cookieNames, readCookie } from './cookies.ts';
import { type DeviceProblem, type PageSource, pageContext, showError, showPage } from './pages.ts';

/** Lifetime of a device code, in seconds (features 1.6). */
export const DEVICE_CODE_TTL = 600;

/** How long a device waits between two polls, in seconds (RFC 8628 §3.2). */
const INTERVAL = 5;

/** How long an opened code page can be sent, in seconds. */
const XSRF_TTL = 600;

/** What the user came with in the link of a QR code. */
const typedCodes = new WeakMap<object, string>();

type Next = () => Promise<void>;

const CODE_ROUTES: ReadonlySet<string> = new Set(['code_verification', 'device_resume']);

/** Whether a posted code form belongs to the page that this browser opened last, ten minutes ago at most. */
export function deviceFormIsFresh(address: TenantAddress, cookies: string | undefined, xsrf: unknown): boolean {
  const expected = readCookie(cookies, cookieNames(address).deviceXsrf);
  return expected !== undefined && typeof xsrf === 'string' && equalSecrets(expected, xsrf);
}

/** The pages of the device flow, and what the engine leaves to its host of RFC 8628. */
export function deviceFlow(source: PageSource & { db: Database; now(): Date }) {
  const { address, pages } = source;
  const verificationUri = `${address.endpoint}/device`;
  const { deviceXsrf } = cookieNames(address);

  return {
    feature: {
      enabled: true,
      async userCodeInputSource(ctx: KoaContextWithOIDC, _form: string, out?: errors.OIDCProviderError, error?: Error) {
        const problem = error && problemOf(error);
        if (error && !problem) return showError(source, ctx, refusalOf(error) ?? out ?? { error: 'server_error' });
        const page = await pages.device(pageContext(source, ctx), {
          ...form(ctx),
          userCode: typedCodes.get(ctx) ?? (error as { userCode?: string } | undefined)?.userCode,
          problem,
        });
        showPage(ctx, page);
      },
      async userCodeConfirmSource(
        ctx: KoaContextWithOIDC,
        _form: string,
        client: Client,
        _device: unknown,
        userCode: string,
      ) {
        const page = await pages.confirmDevice(
          { ...pageContext(source, ctx), clientId: client.clientId },
          { ...form(ctx), userCode, applicationName: clientExtras(client).appName },
        );
        showPage(ctx, page);
      },
      // A page of its own, so that it can be loaded again without sending the form again.
      async successSource(ctx: KoaContextWithOIDC) {
        ctx.redirect(`${verificationUri}/success`);
        ctx.status = 303;
      },
    },

    /** The engine would send a code that is in the link at once; the user sees it first (RFC 8628 §3.3.1, §5.4). */
    async prefill(ctx: KoaContextWithOIDC, next: Next) {
      const { user_code: typed, ...rest } = ctx.query;
      if (ctx.method === 'GET' && ctx.path === '/device' && typeof typed === 'string') {
        typedCodes.set(ctx, typed);
        ctx.query = rest;
      }
      await next();
    },

    /** The short address, the interval, and `slow_down` for whoever does not keep to it (RFC 8628 §3.2, §3.5). */
    async answers(ctx: KoaContextWithOIDC, next: Next) {
      await next();
      const body = ctx.body as Record<string, unknown> | undefined;
      if (ctx.oidc?.route === 'device_authorization' && body?.user_code) {
        const complete = `${verificationUri}?user_code=${encodeURIComponent(String(body.user_code))}`;
        ctx.body = {
          ...body,
          verification_uri: verificationUri,
          verification_uri_complete: complete,
          interval: INTERVAL,
        };
      } else if (ctx.oidc?.route === 'token' && body?.error === 'authorization_pending') {
        const code = String(ctx.oidc.params?.device_code);
        const key = { tenantId: address.tenantId, model: 'DeviceCode', id: hashSecret(code) };
        if (await markPoll(source.db, key, { now: source.now(), interval: INTERVAL })) return;
        ctx.body = { error: 'slow_down', error_description: `ask once in ${INTERVAL} seconds at most` };
      }
    },

    /** Lets the page's form be sent for ten minutes, from the browser that opened it (`deviceFormIsFresh`). */
    async admitForm(ctx: KoaContextWithOIDC, next: Next) {
      await next();
      const secret = stateSecret(ctx);
      if (!CODE_ROUTES.has(ctx.oidc?.route ?? '') || !secret) return;
      const secure = address.endpoint.startsWith('https:') ? '; Secure' : '';
      const cookies = [ctx.res.getHeader('set-cookie') ?? []].flat().map(String);
      const attributes = `Path=${address.basePath || '/'}; Max-Age=${XSRF_TTL}; SameSite=Strict${secure}`;
      ctx.res.setHeader('set-cookie', [...cookies, `${deviceXsrf}=${secret}; ${attributes}`]);
    },
  };

  function form(ctx: KoaContextWithOIDC) {
    const action = new URL(`${address.endpoint}/oidc/device`).pathname;
    return { action, xsrf: stateSecret(ctx) ?? '' };
  }
}

const stateSecret = (ctx: KoaContextWithOIDC): string | undefined =>
  (ctx.oidc?.session?.state as { secret?: string } | undefined)?.secret;

/** The engine's reasons to show the code page again, by name: it does not export their classes. */
function problemOf(error: Error & { cause?: unknown }): DeviceProblem | undefined {
  switch (error.name) {
    case 'NoCodeError':
      return { code: 'form.required', field: 'user_code' };
    case 'NotFoundError':
    case 'ExpiredError':
    case 'AlreadyUsedError':
      return { code: 'device.invalid_code', field: 'user_code' };
    case 'AbortedError':
      return refusalOf(error) ? undefined : { code: 'device.aborted', field: undefined };
    default:
      return undefined;
  }
}

/** An access rule of the application kept the user out: that is no change of mind. */
function refusalOf({ cause }: Error & { cause?: unknown }): errors.AccessDenied | undefined {
  return cause instanceof errors.AccessDenied && cause.status === 403 ? cause : undefined;
}
