import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { fail as kernelFail } from '../../../kernel/errors.ts';
import { updateSignInExperience } from '../../sign-in-experience/sign-in-experience.contract.ts';
import { rulesOf } from '../sign-in.rules.ts';
import { isFramedBy } from './evidence.ts';
import * as models from './page-models.ts';
import { sendPage, writePage } from './page-writer.ts';
import { visitorOf } from './sign-in.pages.ts';
import type { PageRouteContext } from './sign-in.routes.ts';

/** JSON as base64url; what is no JSON is an empty draft. */
const draft = z
  .string()
  .default('')
  .transform((text, context) => {
    try {
      return JSON.parse(Buffer.from(text, 'base64url').toString('utf8') || '{}') as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(updateSignInExperience.body);

const previewQuery = z.object({
  draft,
  page: z.enum(['sign-in', 'register']).default('sign-in'),
  lang: z.string().max(35).optional(),
  theme: z.enum(['light', 'dark', 'system']).default('system'),
});

const present = <Value extends object>(value: Value): Value =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, field === '' ? null : field]),
  ) as Value;

/** The real page with settings that are not saved yet, for the frame in the Console and for nobody else. */
export function mountPreview(http: FastifyInstance, { deps }: PageRouteContext): void {
  http.get('/sign-in/preview', async (request, reply) => {
    // Opened by itself, a page of somebody's own making would stand under this address.
    if (!isFramedBy(request, deps.consoleOrigin)) throw kernelFail('entity.not_found');
    const query = previewQuery.safeParse(request.query);
    if (!query.success) throw kernelFail('guard.invalid_input', { details: z.prettifyError(query.error) });
    const { page, lang, theme, draft: changes } = query.data;
    const { tenantId, endpoint } = request.tenant;
    const settings = { ...(await deps.experience.settings(tenantId)), ...present(changes) };
    const visitor = { ...visitorOf(request), ...(lang && { uiLocales: lang }), appId: undefined };
    const framed = await deps.frames(visitor, { settings, preview: { theme } });
    const rules = rulesOf(settings, { tenantId, link: undefined, channels: { email: true, phone: true } });
    const typed = { errors: [] };
    const model =
      page === 'sign-in'
        ? await models.signInPage(deps, framed, rules, { tenantId, typed })
        : await models.registerPage(deps, framed, rules, { tenantId, isFirstAdministrator: false, typed });
    return sendPage(reply, writePage(deps.renderer, model, { endpoint, frameAncestor: deps.consoleOrigin }));
  });
}
