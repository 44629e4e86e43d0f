import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from '../../kernel/errors.ts';
import type { Typed } from '../sign-in/index.ts';
import { csrfField } from '../sign-in/sign-in.paths.ts';
import type { PageDependencies } from './account-center.dependencies.ts';
import { fail } from './account-center.errors.ts';
import { accountPaths } from './account-center.paths.ts';
import type { AccountBody, AccountNotice, AccountSection, ConfirmedAction } from './account-pages.contract.ts';
import type { AccountSessions } from './account-sessions.ts';
import { checkForm } from './csrf.ts';
import { type Entries, leadTo } from './entry.ts';
import { keepReturn } from './return-address.ts';
import { type Screens, UNTOUCHED } from './screens.ts';
import { type Visit, visitOf } from './visits.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Where a form leads. With `done`, the task is finished, and an application that waits gets its user back. */
export type Next = { to: string; done?: AccountNotice } | Away;

/** An address elsewhere. */
interface Away {
  url: string;
}

/** One thing to do: a page with a form, and what the form does. */
export interface Task {
  path: string;
  /** The task that this is a step of, when that is another path. */
  of?: string;
  section: AccountSection;
  /** The page; a path instead when there is nothing to do here. */
  show(visit: Visit, typed: Typed): Promise<AccountBody | Next>;
  act(visit: Visit, fields: Fields): Promise<Next>;
}

/** Something that cannot be taken back, or that somebody may regret: asked about first. */
export interface Confirmed {
  path: string;
  section: AccountSection;
  what: ConfirmedAction;
  /** Where who thinks better of it goes. */
  cancel: string;
  /** What it is about; undefined when that is not there any more. */
  describe(visit: Visit): Promise<{ name?: string } | undefined>;
  act(visit: Visit): Promise<Next>;
}

export interface RouteContext {
  http: FastifyInstance;
  deps: PageDependencies;
  screens: Screens;
  entries: Entries;
  sessions: AccountSessions;
}

export type AccountRoutes = ReturnType<typeof createRoutes>;

export const text = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** A field that must be filled in. */
export function required(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value.trim() === '') throw fail('form.required', { data: { field: name } });
  return value;
}

/** What is shown again when a form is refused; secrets are not. */
const keptValues = (fields: Fields): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && /^(?:name|username|email|phone|expires|profile\..*)$/.test(entry[0]),
    ),
  );

/** A path without its placeholders. */
const filled = (path: string, { params }: Visit): string =>
  path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));

const isRefusal = (error: unknown, code: string): boolean => error instanceof RequestError && error.code === code;

/** Binds the pages: each for who is signed in, under the tenant's settings, with the proof where the API wants one. */
export function createRoutes({ http, deps, screens, entries, sessions }: RouteContext) {
  const withBase = (request: FastifyRequest, path: string) => `${request.tenant.basePath}${path}`;

  const visit = async (request: FastifyRequest, reply: FastifyReply): Promise<Visit | undefined> => {
    const scope = deps.makeScope(request);
    const session = await sessions.find(scope, request.tenant);
    if (!session) return undefined;
    return visitOf(deps, { request, reply, scope }, session, await deps.settingsOf(request.tenant.tenantId));
  };

  /** Runs what needs an owner. */
  const withOwner = async (
    request: FastifyRequest,
    reply: FastifyReply,
    work: (visit: Visit) => Promise<unknown>,
  ): Promise<unknown> => {
    if (!(await deps.settingsOf(request.tenant.tenantId)).enabled) {
      return screens.outside(request, reply, { page: 'account-off' });
    }
    const owner = await visit(request, reply);
    if (!owner) return entries.begin(request, reply, request.url);
    try {
      return await work(owner);
    } catch (error) {
      if (isRefusal(error, 'verification_record.permission_denied')) {
        const next = new URLSearchParams({ next: request.url });
        return leadTo(request, reply, withBase(request, `${accountPaths.verify}?${next}`));
      }
      // The account is gone, and the browser's session with it.
      if (isRefusal(error, 'auth.unauthorized')) return entries.begin(request, reply, accountPaths.home);
      return screens.problem(request, reply, error);
    }
  };

  /** Where a form leads; an application that sent its user here for this task is told in its turn. */
  const follow = async (visit: Visit, task: Pick<Task, 'path' | 'of'>, next: Next) => {
    const { request, reply, session } = visit;
    const { returnTo } = session;
    if ('url' in next) return leadTo(request, reply, next.url);
    if (next.done && returnTo?.task === filled(task.of ?? task.path, visit)) {
      return leadTo(
        request,
        reply,
        returnTo.showSuccess ? withBase(request, `${returnTo.task}/success`) : returnTo.url,
      );
    }
    const query = next.done ? `${next.to.includes('?') ? '&' : '?'}done=${next.done}` : '';
    return leadTo(request, reply, withBase(request, `${next.to}${query}`));
  };

  const routes = {
    withOwner,

    /** A page that changes nothing. */
    page: (path: string, section: AccountSection, show: (visit: Visit) => Promise<AccountBody>) =>
      http.get(path, (request, reply) =>
        withOwner(request, reply, async (owner) => screens.show(owner, section, await show(owner))),
      ),

    /** A form without a page of its own: what refuses it is said by a page that stands for itself. */
    form: (path: string, act: (visit: Visit, fields: Fields) => Promise<Next>) =>
      http.post(path, (request, reply) =>
        withOwner(request, reply, async (owner) => {
          const fields = (request.body ?? {}) as Fields;
          checkForm(deps.csrfKey, owner, fields[csrfField]);
          return follow(owner, { path }, await act(owner, fields));
        }),
      ),

    /** The way back from elsewhere, which does something by itself. */
    arrival: (path: string, task: Pick<Task, 'of' | 'section'>, act: (visit: Visit) => Promise<Next>) =>
      http.get(path, (request, reply) =>
        withOwner(request, reply, async (owner) => follow(owner, { path, ...task }, await act(owner))),
      ),

    confirm({ path, section, what, cancel, describe, act }: Confirmed) {
      routes.task({
        path,
        section,
        show: async (owner) => {
          await owner.requireProof();
          const described = await describe(owner);
          if (!described) return { to: cancel };
          return { page: 'account-confirm', what, path: owner.request.url, cancel, ...described };
        },
        act,
      });
    },

    task(task: Task) {
      const display = async (owner: Visit, typed: Typed) => {
        const shown = await task.show(owner, typed);
        if (!('page' in shown)) return follow(owner, task, shown);
        return screens.show(owner, task.section, shown, typed);
      };
      http.get(task.path, (request, reply) =>
        withOwner(request, reply, async (owner) => {
          await keepReturn({ ...deps, sessions }, owner, filled(task.of ?? task.path, owner));
          return display(owner, UNTOUCHED);
        }),
      );
      http.post(task.path, (request, reply) =>
        withOwner(request, reply, async (owner) => {
          const fields = (request.body ?? {}) as Fields;
          checkForm(deps.csrfKey, owner, fields[csrfField]);
          try {
            return await follow(owner, task, await task.act(owner, fields));
          } catch (error) {
            if (isRefusal(error, 'verification_record.permission_denied')) throw error;
            return display(owner, { errors: screens.typedErrors(error), values: keptValues(fields) });
          }
        }),
      );
      if (task.of === undefined) {
        http.get(`${task.path}/success`, (request, reply) =>
          withOwner(request, reply, async (owner) => {
            const { returnTo } = owner.session;
            if (returnTo?.task !== filled(task.path, owner))
              return leadTo(request, reply, withBase(request, accountPaths.home));
            return screens.outside(request, reply, { page: 'account-done', href: returnTo.url });
          }),
        );
      }
    },
  };
  return routes;
}
