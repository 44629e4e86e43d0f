import type { FastifyRequest } from 'fastify';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import * as operations from './experience.contract.ts';
import type { ExperienceService } from './experience.service.ts';
import { hasForeignSender } from './pages/evidence.ts';
import type { SignInDependencies } from './sign-in.dependencies.ts';
import { fail } from './sign-in.errors.ts';
import { FlowRefusal, type VerificationRecord } from './sign-in.flow.ts';
import { type Flow, FlowConflict } from './sign-in.flows.ts';
import type { SignInService } from './sign-in.service.ts';
import * as store from './sign-in.store.ts';

/** The header and the query parameter that tell flows of two applications in one browser apart (clients.md 1.7). */
function appIdOf(request: FastifyRequest): string | undefined {
  const header = request.headers['logto-app-id'];
  const query = (request.query as Record<string, unknown>).app_id;
  if (typeof header === 'string') return header;
  return typeof query === 'string' ? query : undefined;
}

/** A record without what only the server may know. */
function toWire(record: VerificationRecord) {
  const { id } = record;
  switch (record.type) {
    case 'Password':
      return { id, type: record.type, identifier: record.identifier, verified: true };
    case 'NewPasswordIdentity':
      return { id, type: record.type, identifier: { type: 'username' as const, value: record.username } };
    case 'Social':
      return {
        id,
        type: record.type,
        connectorId: record.connectorId,
        ...(record.verified && { socialUserInfo: record.identity.userInfo }),
      };
  }
}

type Dependencies = Pick<SignInDependencies, 'interactions' | 'users' | 'applications' | 'experience'>;

export function experienceRoutes(deps: Dependencies, service: SignInService, experience: ExperienceService): Routes {
  /** Finds the flow of the calling browser; a page of somebody else's cannot speak for it. */
  const within = async <Result>(
    { request, scope }: { request: FastifyRequest; scope: Scope },
    work: (flow: Flow) => Promise<Result>,
  ): Promise<Result> => {
    if (hasForeignSender(request)) throw fail('session.csrf_token_mismatch');
    const cookie = { address: request.tenant, cookieHeader: request.headers.cookie };
    const flow = await service.find(scope, cookie, appIdOf(request));
    if (!flow) throw fail('session.not_found');
    try {
      return await work(flow);
    } catch (error) {
      if (error instanceof FlowRefusal) throw fail('session.invalid_interaction_type', { cause: error });
      if (error instanceof FlowConflict) throw fail('session.identity_conflict', { cause: error });
      throw error;
    }
  };

  const consenting = (flow: Flow): Flow => {
    if (flow.context.state !== 'consent') throw fail('session.invalid_interaction_type');
    return flow;
  };

  return (route) => {
    route(operations.putExperience, (call) =>
      within(call, (flow) => experience.begin(call.scope, flow, call.body.interactionEvent)),
    );
    route(operations.putInteractionEvent, (call) =>
      within(call, (flow) => experience.switchEvent(call.scope, flow, call.body.interactionEvent)),
    );
    route(operations.getInteraction, (call) =>
      within(call, async ({ context: { event, userId, profile, records } }) => ({
        interactionEvent: event,
        ...(userId !== undefined && { userId }),
        profile: {
          ...(profile.username && { username: profile.username }),
          ...(profile.social && { socialIdentity: profile.social }),
        },
        verificationRecords: records.map(toWire),
      })),
    );
    route(operations.postIdentification, (call) =>
      within(call, async (flow) => {
        const created = await experience.identify(call.scope, flow, call.body);
        call.reply.code(created ? 201 : 204);
      }),
    );
    route(operations.postSubmit, (call) =>
      within(call, async (flow) => ({ redirectTo: await experience.submit(call.scope, flow) })),
    );
    route(operations.postPasswordVerification, (call) =>
      within(call, async (flow) => ({
        verificationId: await experience.verifyPassword(call.scope, flow, call.body),
      })),
    );
    route(operations.postNewPasswordIdentity, (call) =>
      within(call, async (flow) => {
        const { identifier, password } = call.body;
        const input = { username: identifier.value, password };
        return { verificationId: await experience.chooseCredentials(call.scope, flow, input) };
      }),
    );
    route(operations.postSocialAuthorizationUri, (call) =>
      within(call, (flow) => experience.startSocial(call.scope, flow, call.params.connectorId, call.body)),
    );
    route(operations.postSocialVerify, (call) =>
      within(call, async (flow) => ({
        verificationId: await experience.finishSocial(call.scope, flow, { ...call.params, ...call.body }),
      })),
    );
    route(operations.postProfile, (call) =>
      within(call, (flow) => experience.giveProfile(call.scope, flow, call.body)),
    );

    route(operations.getConsent, (call) =>
      within(call, async (flow) => {
        const { application, params, sessionUserId, missingScopes, tenantId } = consenting(flow).interaction;
        const [user, override] = await Promise.all([
          sessionUserId === undefined ? undefined : deps.users.find(call.scope, sessionUserId),
          deps.applications.findExperience(call.scope, application.id),
        ]);
        if (!user) throw fail('session.invalid_interaction_type');
        const { branding, termsOfUseUrl, privacyPolicyUrl } = await deps.experience.settingsFor(tenantId, override);
        return {
          application: {
            id: application.id,
            name: application.name,
            ...(override?.displayName && { displayName: override.displayName }),
            branding,
            termsOfUseUrl,
            privacyPolicyUrl,
          },
          user,
          missingOIDCScope: missingScopes.oidc,
          missingResourceScopes: await store.describeScopes(call.scope.db, tenantId, missingScopes.resources),
          redirectUri: params.redirect_uri ?? '',
        };
      }),
    );
    route(operations.postConsent, (call) =>
      within(call, async (flow) => ({ redirectTo: await service.consent(call.scope, consenting(flow), 'allow') })),
    );
  };
}
