import type { FastifyReply } from 'fastify';
import type { ProtocolPage } from '../../oidc/index.ts';
import type { PageFrame, PageModel, SignInPages } from '../sign-in.contract.ts';
import { contentSecurityPolicy, type PolicyOptions } from './content-security-policy.ts';

/** A drawn page with what it may do; no copy of it is kept anywhere. */
export function pageAnswer(html: string, frame: PageFrame, options: Omit<PolicyOptions, 'nonce'>): ProtocolPage {
  return {
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy({ ...options, nonce: frame.nonce }),
      'content-language': frame.language,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      // Where a browser shows no prompt in the page, Google's script opens a window of its own, and hears from it.
      ...(options.oneTap && { 'cross-origin-opener-policy': 'same-origin-allow-popups' }),
    },
  };
}

/** Draws a page of a sign-in. */
export const writePage = (
  pages: SignInPages,
  model: PageModel,
  { phrases, ...options }: Omit<PolicyOptions, 'nonce'> & { phrases: object },
): ProtocolPage => pageAnswer(pages.render(model, phrases), model.frame, options);

/** Sends it. A page that may be framed says so by its policy alone. */
export function sendPage(reply: FastifyReply, page: ProtocolPage, status = 200): FastifyReply {
  if (!page.headers['content-security-policy']?.includes("frame-ancestors 'none'"))
    reply.removeHeader('x-frame-options');
  return reply.code(status).headers(page.headers).send(page.html);
}
