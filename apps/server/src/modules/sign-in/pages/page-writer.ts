import type { FastifyReply } from 'fastify';
import type { ProtocolPage } from '../../oidc/index.ts';
import type { PageModel, SignInPages } from '../sign-in.contract.ts';
import { contentSecurityPolicy, type PolicyOptions } from './content-security-policy.ts';

/** Draws a page and says what it may do; no copy of it is kept anywhere. */
export function writePage(
  pages: SignInPages,
  model: PageModel,
  { phrases, ...options }: Omit<PolicyOptions, 'nonce'> & { phrases: object },
): ProtocolPage {
  return {
    html: pages.render(model, phrases),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy({ ...options, nonce: model.frame.nonce }),
      'content-language': model.frame.language,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    },
  };
}

/** Sends it. A page that may be framed says so by its policy alone. */
export function sendPage(reply: FastifyReply, page: ProtocolPage, status = 200): FastifyReply {
  if (!page.headers['content-security-policy']?.includes("frame-ancestors 'none'"))
    reply.removeHeader('x-frame-options');
  return reply.code(status).headers(page.headers).send(page.html);
}
