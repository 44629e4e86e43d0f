import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from '../../../kernel/errors.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { equalSecrets } from '../../../kernel/secrets.ts';
import { claimOf, invitationPath, type OpenedInvitation } from '../../organizations/index.ts';
import { cookieOf } from '../mfa/mfa-situation.ts';
import type { PageModel, PageOf } from '../sign-in.contract.ts';
import type { Account } from '../sign-in.dependencies.ts';
import { fail } from '../sign-in.errors.ts';
import { csrfField, signInPaths } from '../sign-in.paths.ts';
import { tenantCookie } from '../tenant-cookie.ts';
import { hasForeignSender } from './evidence.ts';
import { sendPage, writePage } from './page-writer.ts';
import { queryOf, visitorOf } from './sign-in.pages.ts';
import type { PageRouteContext } from './sign-in.routes.ts';

/** Keeps the link's secret out of addresses, and so out of histories, logs and referrers, while somebody signs in. */
const COOKIE = '_invitation';
const COOKIE_SECONDS = 86_400;

/** What may stand in a cookie, and is a secret of ours. */
const SECRET = /^[A-Za-z0-9]{32}$/;

/** Refusals that mean that things have changed since the page was drawn: it is drawn anew and says how they are. */
const OVERTAKEN = new Set([
  'organization_invitation.not_pending',
  'organization_invitation.address_mismatch',
  'user.email_already_in_use',
]);

/** The page behind the link of an invitation. Opening it does nothing yet, because mail scanners open links too. */
export function mountInvitations(http: FastifyInstance, { deps, screens }: PageRouteContext): void {
  const { invitations } = deps.organizations;

  const csrfOf = (secret: string): string =>
    createHmac('sha256', deps.csrfKey).update(`invitation:${secret}`).digest('base64url');

  const open = async (scope: Scope) => {
    const secret = cookieOf(scope, COOKIE) ?? '';
    const invitation = secret ? await invitations.byLink.find(scope, secret) : undefined;
    if (!invitation) throw fail('organization_invitation.link_not_valid');
    return { secret, invitation };
  };

  const findAccount = async (request: FastifyRequest, reply: FastifyReply, scope: Scope) => {
    const userId = await deps.findSignedIn(scope.tenantId, request, reply);
    const account = userId ? await deps.users.find(scope, userId) : undefined;
    return account && !account.isSuspended ? account : undefined;
  };

  const frameOf = (request: FastifyRequest, { organizationId }: OpenedInvitation, csrf: string) =>
    deps.frames({ ...visitorOf(request), organizationId }, { csrf });

  const send = async (request: FastifyRequest, reply: FastifyReply, model: PageModel, redirectUri: string | null) => {
    const { tenantId, endpoint } = request.tenant;
    const phrases = await deps.phrases.phrases(tenantId, model.frame.language);
    return sendPage(
      reply,
      writePage(deps.renderer, model, { endpoint, phrases, redirectUri: redirectUri ?? undefined }),
    );
  };

  const openPage = async (
    request: FastifyRequest,
    scope: Scope,
    { secret, invitation, account }: { secret: string; invitation: OpenedInvitation; account: Account | undefined },
  ): Promise<PageOf<'invitation'>> => {
    const { invitee, inviterId } = invitation;
    const { frame, settings } = await frameOf(request, invitation, csrfOf(secret));
    const inviter = inviterId === null ? undefined : await deps.users.find(scope, inviterId);
    const signIn = { login_hint: invitee, organization_id: invitation.organizationId, ui_locales: frame.language };
    return {
      page: 'invitation',
      frame,
      errors: [],
      organization: invitation.organizationName,
      inviter: inviter && nameOf(inviter),
      address: invitee,
      roles: invitation.organizationRoles.map(({ name }) => name),
      account: account && { name: nameOf(account), claim: claimOf(account.primaryEmail, invitee) ?? 'none' },
      signInHref: signInUrl(request, { ...signIn, ...(account && { prompt: 'login' }) }),
      ...(!account &&
        settings.signInMode !== 'SignIn' && {
          registerHref: signInUrl(request, { ...signIn, first_screen: 'register' }),
        }),
    };
  };

  const endedPage = async (
    request: FastifyRequest,
    invitation: OpenedInvitation,
    outcome: PageOf<'invitation-ended'>['outcome'],
  ): Promise<PageOf<'invitation-ended'>> => {
    const { frame } = await frameOf(request, invitation, '');
    const { organizationName: organization, redirectUri } = invitation;
    const continueHref = outcome === 'joined' ? (redirectUri ?? undefined) : undefined;
    return { page: 'invitation-ended', frame, outcome, organization, continueHref };
  };

  http.get(invitationPath, async (request, reply) => {
    const scope = deps.makeScope(request);
    const { token } = queryOf(request);
    if (token) {
      if (!SECRET.test(token)) throw fail('organization_invitation.link_not_valid');
      scope.setCookie(tenantCookie(request.tenant, { name: COOKIE, value: token, seconds: COOKIE_SECONDS }));
      return reply.header('cache-control', 'no-store').redirect(addressOf(request), 303);
    }
    const { secret, invitation } = await open(scope);
    const account = await findAccount(request, reply, scope);
    const model =
      invitation.status === 'Pending'
        ? await openPage(request, scope, { secret, invitation, account })
        : await endedPage(request, invitation, outcomeFor(invitation, account));
    return send(request, reply, model, invitation.redirectUri);
  });

  /** A form of the page; `work` answers where the visitor goes on to, or the page that is shown instead. */
  const form = (path: string, work: (sent: FormOfLink) => Promise<string | PageModel>) =>
    http.post(path, async (request, reply) => {
      const scope = deps.makeScope(request);
      const { secret, invitation } = await open(scope);
      const token = (request.body as Record<string, unknown> | undefined)?.[csrfField];
      if (hasForeignSender(request) || typeof token !== 'string' || !equalSecrets(token, csrfOf(secret))) {
        throw fail('session.csrf_token_mismatch');
      }
      const next = await work({ request, reply, scope, secret, invitation }).catch((error: unknown) => {
        if (error instanceof RequestError && OVERTAKEN.has(error.code)) return addressOf(request);
        throw error;
      });
      if (typeof next !== 'string') return send(request, reply, next, null);
      return screens.follow(request, reply, { kind: 'redirect', url: next });
    });

  form(signInPaths.invitationAccept, async ({ request, reply, scope, secret }) => {
    const account = await findAccount(request, reply, scope);
    // The session is over: the page offers to sign in again.
    if (!account) return addressOf(request);
    const accepted = await invitations.byLink.accept(as(scope, account), secret, account.id);
    return accepted.redirectUri ?? addressOf(request);
  });

  form(signInPaths.invitationDecline, async ({ request, reply, scope, secret, invitation }) => {
    const account = await findAccount(request, reply, scope);
    await invitations.byLink.decline(account ? as(scope, account) : scope, secret);
    return endedPage(request, invitation, 'declined');
  });
}

interface FormOfLink {
  request: FastifyRequest;
  reply: FastifyReply;
  scope: Scope;
  secret: string;
  invitation: OpenedInvitation;
}

const nameOf = ({ primaryEmail, username, name, id }: Account): string => name ?? primaryEmail ?? username ?? id;

const as = (scope: Scope, { id }: Account): Scope => ({ ...scope, actor: { type: 'user', id } });

/** The page's own address, without the secret. */
const addressOf = ({ tenant }: FastifyRequest): string => `${tenant.endpoint}${invitationPath}`;

/** Signing in brings back to the page, with a session and nothing else. */
function signInUrl(request: FastifyRequest, more: Record<string, string>): string {
  const parameters = {
    client_id: 'invitation',
    response_type: 'none',
    redirect_uri: addressOf(request),
    scope: 'openid',
  };
  return `${request.tenant.endpoint}/oidc/auth?${new URLSearchParams({ ...parameters, ...more })}`;
}

function outcomeFor(
  { status, acceptedUserId }: OpenedInvitation,
  account: Account | undefined,
): PageOf<'invitation-ended'>['outcome'] {
  if (status === 'Expired') return 'expired';
  if (status === 'Revoked') return 'revoked';
  return account && account.id === acceptedUserId ? 'joined' : 'accepted';
}
