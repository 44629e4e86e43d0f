import type { PageContext, ProtocolPage, ProtocolPages } from '../../oidc/index.ts';
import type { PageModel, SignInPages } from '../sign-in.contract.ts';
import type { SignInDependencies } from '../sign-in.dependencies.ts';
import type { Framed, PageFrames } from './page-frame.ts';
import { writePage } from './page-writer.ts';

/** What another protocol than OpenID Connect shows beside its pages. */
export interface HandOverPage {
  /** Brings the fields to another site, by a form of the browser. */
  handOver(ctx: PageContext, form: { action: string; fields: Record<string, string> }): Promise<ProtocolPage>;
}

/** The pages of the protocol endpoints: errors before a flow begins, devices' codes and signing out. */
export function createProtocolPages(
  deps: Pick<SignInDependencies, 'addressOf' | 'phrases'> & { frames: PageFrames; renderer: SignInPages },
): ProtocolPages & HandOverPage {
  const draw = async (context: PageContext, model: (framed: Framed) => PageModel, redirectUri?: string) => {
    const { tenantId, acceptLanguage, uiLocales, clientId: appId } = context;
    const framed = await deps.frames({ tenantId, acceptLanguage, uiLocales, appId });
    return writePage(deps.renderer, model(framed), {
      endpoint: deps.addressOf(tenantId).endpoint,
      redirectUri,
      phrases: await deps.phrases.phrases(tenantId, framed.frame.language),
    });
  };

  return {
    error: (context, { error, description }) =>
      draw(context, ({ frame }) => ({ page: 'error', frame, code: error, detail: description })),

    signOut: (context, { action, xsrf, clientId, redirectUri, isSwitch = false }) =>
      draw(
        { ...context, clientId },
        ({ frame, applicationName }) => ({
          page: 'sign-out',
          frame,
          applicationName,
          action: new URL(action).pathname,
          fields: { xsrf },
          // RP-Initiated Logout §2: an application that names itself and an address of its own is not asked again.
          autoSubmit: clientId !== undefined && redirectUri !== undefined,
          isSwitch,
        }),
        redirectUri,
      ),

    handOver: (context, { action, fields }) =>
      draw(
        context,
        ({ frame, applicationName }) => ({
          page: 'hand-over',
          frame,
          applicationName,
          action,
          fields,
          autoSubmit: true,
        }),
        action,
      ),

    sessionLost: (context) =>
      draw(context, ({ frame, settings }) => ({
        page: 'session-lost',
        frame,
        backHref: settings.unknownSessionRedirectUrl ?? undefined,
      })),

    signedOut: (context) => draw(context, ({ frame }) => ({ page: 'signed-out', frame })),

    device: (context, { action, xsrf, userCode, problem }) =>
      draw(context, ({ frame }) => ({
        page: 'device',
        frame,
        action,
        fields: { xsrf },
        userCode,
        errors: problem ? [problem] : [],
      })),

    confirmDevice: (context, { action, xsrf, userCode, applicationName }) =>
      draw(context, ({ frame }) => ({
        page: 'device-confirm',
        frame,
        action,
        fields: { xsrf, user_code: userCode },
        applicationName,
        userCode,
      })),

    deviceDone: (context) => draw(context, ({ frame }) => ({ page: 'device-done', frame })),
  };
}
