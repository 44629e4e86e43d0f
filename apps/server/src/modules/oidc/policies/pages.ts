import type { KoaContextWithOIDC } from 'oidc-provider';
import type { TenantAddress } from '../../../kernel/tenancy.ts';

/** A document with the headers that belong to it, its Content-Security-Policy above all. */
export interface ProtocolPage {
  html: string;
  headers: Record<string, string>;
}

/** Pages that the protocol endpoints show; the sign-in module draws them. */
export interface ProtocolPages {
  /** `error` is the OAuth code, `description` the engine's sentence about it. */
  error(ctx: PageContext, details: { error: string; description: string | undefined }): Promise<ProtocolPage>;
  /** Asks whether to sign out; the form posts `xsrf` and `logout=yes` to `action`, and then leads to `redirectUri`. */
  signOut(
    ctx: PageContext,
    details: {
      action: string;
      xsrf: string;
      clientId: string | undefined;
      redirectUri: string | undefined;
      /** Somebody else has signed in, and the browser's session makes room. */
      isSwitch?: boolean;
    },
  ): Promise<ProtocolPage>;
  signedOut(ctx: PageContext): Promise<ProtocolPage>;
  /** The sign-in that the request belongs to is over. */
  sessionLost(ctx: PageContext): Promise<ProtocolPage>;
  /** Asks for the code that a device shows; the form posts `xsrf` and `user_code` to `action`. */
  device(
    ctx: PageContext,
    details: { action: string; xsrf: string; userCode: string | undefined; problem: DeviceProblem | undefined },
  ): Promise<ProtocolPage>;
  /** Asks whether the device shows this code: posts `confirm=yes` or `abort=yes` beside the other two. */
  confirmDevice(
    ctx: PageContext,
    details: { action: string; xsrf: string; userCode: string; applicationName: string },
  ): Promise<ProtocolPage>;
  deviceDone(ctx: PageContext): Promise<ProtocolPage>;
}

/** Why a device's code was not taken, as the page says it. */
export interface DeviceProblem {
  code: 'device.invalid_code' | 'device.aborted' | 'form.required';
  /** The field it is about; nothing when the whole request came to an end. */
  field: 'user_code' | undefined;
}

/** What a page must know of the request that it answers. */
export interface PageContext {
  tenantId: string;
  acceptLanguage: string | undefined;
  uiLocales: string | undefined;
  clientId: string | undefined;
}

/** Where a policy that shows pages gets them from. */
export interface PageSource {
  address: TenantAddress;
  pages: ProtocolPages;
}

export function pageContext({ address }: PageSource, ctx: KoaContextWithOIDC): PageContext {
  const uiLocales = ctx.oidc?.params?.ui_locales ?? ctx.query.ui_locales;
  return {
    tenantId: address.tenantId,
    acceptLanguage: ctx.get('accept-language') || undefined,
    uiLocales: typeof uiLocales === 'string' ? uiLocales : undefined,
    clientId: ctx.oidc?.client?.clientId,
  };
}

export function showPage(ctx: KoaContextWithOIDC, page: ProtocolPage): void {
  ctx.set(page.headers);
  ctx.body = page.html;
}

export async function showError(
  source: PageSource,
  ctx: KoaContextWithOIDC,
  out: { error: string; error_description?: string },
): Promise<void> {
  const details = { error: out.error, description: out.error_description };
  showPage(ctx, await source.pages.error(pageContext(source, ctx), details));
}

export async function showLostSession(source: PageSource, ctx: KoaContextWithOIDC): Promise<void> {
  ctx.status = 400;
  showPage(ctx, await source.pages.sessionLost(pageContext(source, ctx)));
}
