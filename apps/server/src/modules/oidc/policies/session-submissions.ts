import type { KoaContextWithOIDC } from 'oidc-provider';
import type { SessionSignIn, Submission } from '../session-submissions.store.ts';

const RESUMES = new Set(['resume', 'device_resume']);

/** Keeps how a user has signed in beside the session that has come of it, before the browser is answered. */
export function keepSubmissions(keep: (signIn: SessionSignIn) => Promise<void>) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    if (!ctx.oidc || !RESUMES.has(ctx.oidc.route)) return;
    const { session, result, client } = ctx.oidc;
    const userId = result?.login?.accountId;
    if (!session || !client || !userId || session.accountId !== userId) return;
    const submission = result.submission as Submission | undefined;
    await keep({ sessionUid: session.uid, userId, clientId: client.clientId, submission });
  };
}
