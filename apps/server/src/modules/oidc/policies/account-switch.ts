import type { KoaContextWithOIDC } from 'oidc-provider';
import { type PageSource, pageContext, showPage } from './pages.ts';

const RESUMES = new Set(['resume', 'device_resume']);

/**
 * Somebody else has signed in than the browser's session is for: the engine ends that session by a form of its own
 * making, which a script sends. The pages' form stands in for it: it has their look, their words and their policy, and
 * a button for whom no script runs.
 */
export function drawSwitches(source: PageSource, actionOf: () => string) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    if (!ctx.oidc || !RESUMES.has(ctx.oidc.route) || typeof ctx.body !== 'string') return;
    const action = actionOf();
    const { secret } = (ctx.oidc.session?.state ?? {}) as { secret?: string };
    if (!secret || !ctx.body.includes(`action="${action}"`)) return;
    const params: Record<string, unknown> = ctx.oidc.entities.Interaction?.params ?? {};
    const text = (name: string) => (typeof params[name] === 'string' ? params[name] : undefined);
    const context = { ...pageContext(source, ctx), uiLocales: text('ui_locales') };
    const page = await source.pages.signOut(context, {
      action,
      xsrf: secret,
      clientId: text('client_id'),
      // A device has none: then the answer is a page of ours.
      redirectUri: text('redirect_uri') ?? action,
      isSwitch: true,
    });
    showPage(ctx, page);
  };
}
