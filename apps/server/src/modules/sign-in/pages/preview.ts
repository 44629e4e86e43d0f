import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { fail as kernelFail } from '../../../kernel/errors.ts';
import { updateSignInExperience } from '../../sign-in-experience/sign-in-experience.contract.ts';
import { type PageModel, type PreviewPage, previewPages } from '../sign-in.contract.ts';
import { type Rules, rulesOf } from '../sign-in.rules.ts';
import { isFramedBy } from './evidence.ts';
import type { Framed } from './page-frame.ts';
import * as models from './page-models.ts';
import { sendPage, writePage } from './page-writer.ts';
import { captchaOf, PATH_OF, type PageDependencies, visitorOf } from './sign-in.pages.ts';
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
  page: z.enum(previewPages).default('sign-in'),
  lang: z.string().max(35).optional(),
  theme: z.enum(['light', 'dark', 'system']).default('system'),
});

const present = <Value extends object>(value: Value): Value =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, field === '' ? null : field]),
  ) as Value;

/** Pages are called like the states of a flow that show them; their variants and what ends a flow have no path. */
const pathOfPreview = (page: string): string | undefined =>
  Object.entries(PATH_OF).find(([name]) => name === page)?.[1];

/** The pages whose content the settings decide, as they will be; others are shown with samples. */
async function liveModel(
  deps: PageDependencies,
  page: PreviewPage,
  framed: Framed,
  rules: Rules,
  tenantId: string,
): Promise<PageModel | undefined> {
  const typed = { errors: [], values: {} };
  const sources = { ...deps, captchaOf: (tenant: string) => captchaOf(deps, tenant) };
  if (page === 'profile-fields') return ownQuestions(deps, framed, rules, tenantId);
  if (page === 'sign-in') return models.signInPage(sources, framed, rules, { tenantId, typed });
  if (page !== 'register') return undefined;
  return models.registerPage(sources, framed, rules, { tenantId, isFirstAdministrator: false, typed });
}

/** The page of the tenant's own questions, with these instead of the samples as soon as there are any. */
async function ownQuestions(
  deps: PageDependencies,
  { frame }: Framed,
  { settings }: Rules,
  tenantId: string,
): Promise<PageModel | undefined> {
  const fields = await deps.profileFields.fields(tenantId, settings.signUpProfileFields);
  const sample = deps.renderer.samples(frame)['profile-fields'];
  if (fields.length === 0 || sample.page !== 'profile') return undefined;
  return { ...sample, fields, values: {}, errors: [] };
}

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
    const visitor = {
      ...visitorOf(request),
      ...(lang && { uiLocales: lang }),
      appId: undefined,
      path: pathOfPreview(page),
    };
    const framed = await deps.frames(visitor, { settings, preview: { theme } });
    const context = {
      tenantId,
      link: undefined,
      channels: { email: true, phone: true },
      hasCaptcha: false,
    };
    const model =
      (await liveModel(deps, page, framed, rulesOf(settings, context), tenantId)) ??
      deps.renderer.samples(framed.frame)[page];
    const phrases = await deps.phrases.phrases(tenantId, framed.frame.language);
    const drawn = writePage(deps.renderer, model, { endpoint, phrases, frameAncestor: deps.consoleOrigin });
    return sendPage(reply, drawn);
  });
}
