import { loadAccountPhrases } from '@latchkey/phrases/account';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from '../../kernel/errors.ts';
import { asRequestError } from '../../kernel/http.ts';
import { getMyAccount } from '../account/account.contract.ts';
import { createPageFrames, pageAnswer, sendPage, type Typed } from '../sign-in/index.ts';
import type { PageDependencies } from './account-center.dependencies.ts';
import {
  type AccountBody,
  type AccountNotice,
  type AccountOutside,
  type AccountPage,
  type AccountSection,
  accountNotices,
} from './account-pages.contract.ts';
import { csrfToken } from './csrf.ts';
import { formProblems } from './form-problems.ts';
import { openSections } from './sections.ts';
import { queryOf, type Visit } from './visits.ts';

export const UNTOUCHED: Typed = { errors: [], values: {} };

export type Screens = ReturnType<typeof createScreens>;

const isNotice = (text: string | undefined): text is AccountNotice =>
  (accountNotices as readonly (string | undefined)[]).includes(text);

/** Changes after which a browser keeps its passkeys under another name, or fewer of them. */
const TOLD_OF: readonly (AccountNotice | undefined)[] = [
  'name',
  'username',
  'email',
  'email-remove',
  'phone',
  'phone-remove',
  'passkey-remove',
];

/** Draws the account center's pages. */
export function createScreens(deps: PageDependencies) {
  const frames = createPageFrames(deps);

  const frameOf = async (request: FastifyRequest, csrf: string) => {
    const { tenantId } = request.tenant;
    const { frame } = await frames(
      {
        tenantId,
        acceptLanguage: request.headers['accept-language'],
        uiLocales: queryOf(request).ui_locales,
        appId: undefined,
      },
      { csrf },
    );
    // The sign-in pages' own style is made for other elements.
    const { customCss } = await deps.settingsOf(tenantId);
    return { ...frame, branding: { ...frame.branding, customCss: customCss ?? undefined } };
  };

  const send = async (request: FastifyRequest, reply: FastifyReply, page: AccountPage, status: number) => {
    const { tenantId, endpoint } = request.tenant;
    const { frame } = page;
    const phrases = {
      signIn: await deps.phrases.phrases(tenantId, frame.language),
      account: await loadAccountPhrases(frame.language),
    };
    return sendPage(reply, pageAnswer(deps.pages.renderAccount(page, phrases), frame, { endpoint }), status);
  };

  /** A page that is about nobody's account. */
  const outside = async (request: FastifyRequest, reply: FastifyReply, body: AccountOutside, status = 200) =>
    send(request, reply, { ...body, frame: await frameOf(request, ''), errors: [] }, status);

  const ownerOf = ({ scope, session }: Visit) => deps.findUser(scope, session.userId);

  return {
    outside,

    /** The language that the request's pages are in. */
    languageOf: async (request: FastifyRequest): Promise<string> => (await frameOf(request, '')).language,

    /** A page of the owner's account. */
    async show(visit: Visit, current: AccountSection, body: AccountBody, typed: Typed = UNTOUCHED) {
      const { request, reply, session, query } = visit;
      const owner = await visit.call(getMyAccount, {});
      const returnTo = session.returnTo;
      const notice = isNotice(query.done) ? query.done : undefined;
      const isTold =
        body.page === 'account-passkeys' ||
        TOLD_OF.includes(notice) ||
        (await deps.passkeys.cameByMerge(visit.scope, session.userId));
      const account = isTold && (await ownerOf(visit));
      const page: AccountPage = {
        ...body,
        frame: await frameOf(request, csrfToken(deps.csrfKey, visit)),
        errors: typed.errors,
        owner: {
          name: owner.name ?? owner.username ?? owner.primaryEmail ?? owner.primaryPhone ?? owner.id,
          avatar: owner.avatar ?? null,
        },
        sections: openSections(visit),
        current,
        notice,
        ...(account && { passkeySignals: await deps.passkeys.signals(visit.scope, account) }),
        ...(returnTo && { back: { href: returnTo.url } }),
      };
      return send(request, reply, page, typed.errors.length > 0 ? 422 : 200);
    },

    /** What ends here, with the way on. */
    async problem(request: FastifyRequest, reply: FastifyReply, error: unknown) {
      const known = asRequestError(error);
      reply.headers(known.headers);
      if (known.status >= 500) request.log.error({ err: error, requestId: request.id }, 'account center failed');
      else request.log.debug({ code: known.code, cause: known.cause }, 'account center refused');
      if (known.code === 'account_center.not_enabled') return outside(request, reply, { page: 'account-off' });
      const { code, status } = known;
      return outside(request, reply, { page: 'account-problem', code, status, requestId: request.id }, status);
    },

    /** What to say in the form that was refused, or the error itself where it needs a page of its own. */
    typedErrors(error: unknown): Typed['errors'] {
      const problems = error instanceof RequestError ? formProblems(error) : undefined;
      if (!problems) throw error;
      return problems;
    },
  };
}
