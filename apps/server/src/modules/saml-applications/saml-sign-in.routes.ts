import { describeIdentityProvider } from '@latchkey/connectors/saml';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from '../../kernel/errors.ts';
import { acceptedLanguages } from '../../kernel/http.ts';
import { secretValue } from '../../kernel/ids.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import { type PageContext, type ProtocolPages, readCookie } from '../oidc/index.ts';
import { type HandOverPage, sendPage, tenantCookie } from '../sign-in/index.ts';
import * as contract from './saml-applications.contract.ts';
import { fail } from './saml-applications.errors.ts';
import type { SamlApplicationsService } from './saml-applications.service.ts';
import type { SamlSecretsService } from './saml-secrets.service.ts';
import { entityIdOf, type ReceivedRequest, type SamlSignIn, samlPaths } from './saml-sign-in.ts';

export type SamlPages = Pick<ProtocolPages, 'error'> & HandOverPage;

/** What a route is given of the request that it answers. */
interface Visit {
  params: { id: string };
  scope: Scope;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A day: it only tells one browser from another. */
const BROWSER_SECONDS = 86_400;

const browserCookie = ({ basePath, tenantId }: TenantAddress): string => (basePath ? `_saml_${tenantId}` : '_saml');

const contextOf = ({ request, params }: Visit): PageContext => ({
  tenantId: request.tenant.tenantId,
  acceptLanguage: request.headers['accept-language'],
  uiLocales: undefined,
  clientId: params.id,
});

/** What service providers and their users' browsers ask for. */
export function samlSignInRoutes(deps: {
  applications: SamlApplicationsService;
  secrets: SamlSecretsService;
  signIn: SamlSignIn;
  pages: SamlPages;
}): Routes {
  /** A browser is shown a page when something is wrong; programs get the wire's answer. */
  const orPage = async (visit: Visit, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const { request, reply } = visit;
      if (!(error instanceof RequestError) || !request.headers.accept?.includes('text/html')) throw error;
      const { message } = error.body(acceptedLanguages(request.headers['accept-language']));
      const description = [message, error.details].filter(Boolean).join(' ');
      sendPage(reply, await deps.pages.error(contextOf(visit), { error: error.code, description }), error.status);
    }
  };

  const begin = (visit: Visit, got: Omit<ReceivedRequest, 'browser'>) =>
    orPage(visit, async () => {
      const { scope, request, reply, params } = visit;
      const name = browserCookie(request.tenant);
      const browser = readCookie(request.headers.cookie, name) ?? secretValue();
      const url = await deps.signIn.begin(scope, request.tenant, params.id, { ...got, browser });
      scope.setCookie(tenantCookie(request.tenant, { name, value: browser, seconds: BROWSER_SECONDS }));
      reply.code(302).header('location', url).header('cache-control', 'no-store');
    });

  return (route) => {
    route(contract.getSamlMetadata, async ({ scope, params, request, reply }) => {
      const { config } = await deps.applications.get(scope, params.id);
      const secrets = await deps.secrets.list(scope, params.id);
      const certificates = secrets
        .filter(({ expiresAt }) => expiresAt > scope.now)
        .map(({ certificate }) => certificate);
      if (certificates.length === 0) throw fail('application.saml.no_active_secret');
      const metadata = describeIdentityProvider({
        entityId: entityIdOf(request.tenant, params.id),
        signInEndpoint: request.tenant.endpoint + samlPaths.authn(params.id),
        certificates,
        nameIdFormat: config.nameIdFormat,
      });
      reply.type('text/xml; charset=utf-8').send(metadata);
    });

    route(contract.startSamlSignIn, ({ query, ...visit }) =>
      begin(visit, {
        encoded: query.SAMLRequest,
        binding: 'redirect',
        relayState: query.RelayState ?? undefined,
      }),
    );

    route(contract.postSamlSignIn, ({ body, ...visit }) =>
      begin(visit, { encoded: body.SAMLRequest, binding: 'post', relayState: body.RelayState ?? undefined }),
    );

    route(contract.finishSamlSignIn, ({ query, ...visit }) =>
      orPage(visit, async () => {
        const { scope, request, reply, params } = visit;
        const browser = readCookie(request.headers.cookie, browserCookie(request.tenant));
        const form = await deps.signIn.finish(scope, request.tenant, params.id, { ...query, browser });
        sendPage(reply, await deps.pages.handOver(contextOf(visit), form));
      }),
    );
  };
}
