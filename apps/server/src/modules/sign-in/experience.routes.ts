import type { FastifyRequest } from 'fastify';
import { fail as kernelFail } from '../../kernel/errors.ts';
import type { Route, Routes } from '../../kernel/operations.ts';
import { admitUpload } from './actions/attempts.ts';
import * as flowOperations from './experience.contract.ts';
import { experienceEnterprise } from './experience.enterprise.ts';
import { bindFactorOperations, type Within } from './experience.factors.routes.ts';
import { experienceFactors } from './experience.factors.ts';
import { experienceProfile } from './experience.profile.ts';
import { createExperienceService } from './experience.service.ts';
import * as verificationOperations from './experience.verifications.contract.ts';
import { experienceVerifications } from './experience.verifications.ts';
import { FlowRefusal, type PendingProfile } from './flow-context.ts';
import { checkDoubleSubmit, hasForeignSender, ONE_TAP_TOKEN } from './pages/evidence.ts';
import type { SignInDependencies } from './sign-in.dependencies.ts';
import type { Engine } from './sign-in.engine.ts';
import { fail } from './sign-in.errors.ts';
import { statesOfExperience } from './sign-in.flow.ts';

import { type Flow, FlowConflict } from './sign-in.flows.ts';
import type { SignInService } from './sign-in.service.ts';
import * as store from './sign-in.store.ts';
import { recordToWire } from './verification-records.ts';

const operations = { ...flowOperations, ...verificationOperations };

/** The header and the query parameter that tell flows of two applications in one browser apart (clients.md 1.7). */
function appIdOf(request: FastifyRequest): string | undefined {
  const header = request.headers['logto-app-id'];
  const query = (request.query as Record<string, unknown>).app_id;
  if (typeof header === 'string') return header;
  return typeof query === 'string' ? query : undefined;
}

/** A profile without what only the server may know. */
function toWireProfile({ passwordDigest: _, social, sso, ...profile }: PendingProfile) {
  return {
    ...profile,
    ...(social && { socialIdentity: social }),
    ...(sso && {
      enterpriseSsoIdentity: {
        ssoConnectorId: sso.connectorId,
        issuer: sso.issuer,
        identityId: sso.userInfo.id,
        detail: { ...sso.userInfo },
      },
    }),
  };
}

type Dependencies = Pick<SignInDependencies, 'interactions' | 'users' | 'applications' | 'experience' | 'storeImage'>;

export function experienceRoutes(deps: Dependencies, service: SignInService, engine: Engine): Routes {
  const experience = createExperienceService(engine);
  const verifications = experienceVerifications(engine);
  const enterprise = experienceEnterprise(engine);
  const profile = experienceProfile(engine);
  const factors = experienceFactors(engine);

  /** Finds the flow of the calling browser, wherever it is; a page of somebody else's cannot speak for it. */
  const anywhere: Within = async ({ request, scope }, work) => {
    if (hasForeignSender(request)) throw fail('session.csrf_token_mismatch');
    const { cookie: cookieHeader, 'accept-language': acceptLanguage } = request.headers;
    const cookie = { address: request.tenant, cookieHeader, acceptLanguage };
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

  /** The same, unless the hosted pages wait for an answer of their own. */
  const within: Within = (call, work) =>
    anywhere(call, (flow) => {
      if (!statesOfExperience.includes(flow.context.state)) throw fail('session.invalid_interaction_type');
      return work(flow);
    });

  const bindVerifications = (route: Route): void => {
    route(operations.postPasswordVerification, (call) =>
      within(call, async (flow) => ({
        verificationId: await verifications.verifyPassword(call.scope, flow, call.body),
      })),
    );
    route(operations.postNewPasswordIdentity, (call) =>
      within(call, async (flow) => {
        const { identifier, password } = call.body;
        const input = { username: identifier.value, password };
        return { verificationId: await verifications.chooseCredentials(call.scope, flow, input) };
      }),
    );
    route(operations.postVerificationCode, (call) =>
      within(call, async (flow) => ({ verificationId: await verifications.sendCode(call.scope, flow, call.body) })),
    );
    route(operations.postVerificationCodeVerify, (call) =>
      within(call, async (flow) => ({ verificationId: await verifications.verifyCode(call.scope, flow, call.body) })),
    );
    route(operations.postOneTimeTokenVerify, (call) =>
      within(call, async (flow) => {
        const { identifier, token } = call.body;
        const input = { email: identifier.value, token };
        return { verificationId: await verifications.openLink(call.scope, flow, input) };
      }),
    );
    route(operations.postSocialAuthorizationUri, (call) =>
      within(call, (flow) => verifications.startSocial(call.scope, flow, call.params.connectorId, call.body)),
    );
    route(operations.postSocialVerify, (call) =>
      within(call, async (flow) => {
        const { connectorData, verificationId } = call.body;
        // A page may have it out of its own address, into which anybody can write.
        if (!verificationId) checkDoubleSubmit(call.request, connectorData[ONE_TAP_TOKEN]);
        return {
          verificationId: await verifications.finishSocial(call.scope, flow, { ...call.params, ...call.body }),
        };
      }),
    );
  };

  const bindEnterprise = (route: Route): void => {
    route(operations.findSsoConnectorsOfEmail, (call) =>
      anywhere(call, async (flow) => ({
        connectorIds: await enterprise.connectorIdsOf(call.scope, flow, call.query.email),
      })),
    );
    route(operations.postSsoAuthorizationUri, (call) =>
      within(call, (flow) => enterprise.start(call.scope, flow, call.params.connectorId, call.body)),
    );
    route(operations.postSsoVerify, (call) =>
      within(call, async (flow) => ({
        verificationId: await enterprise.finish(call.scope, flow, { ...call.params, ...call.body }),
      })),
    );
  };

  const consenting = (flow: Flow): Flow => {
    if (flow.context.state !== 'consent') throw fail('session.invalid_interaction_type');
    return flow;
  };

  const bindConsent = (route: Route): void => {
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

  return (route) => {
    route(operations.putExperience, (call) =>
      anywhere(call, (flow) => experience.begin(call.scope, flow, call.body.interactionEvent, call.body.captchaToken)),
    );
    route(operations.putInteractionEvent, (call) =>
      within(call, (flow) => experience.switchEvent(call.scope, flow, call.body.interactionEvent)),
    );
    route(operations.getInteraction, (call) =>
      anywhere(call, async (flow) => {
        const { event, userId, profile, records } = flow.context;
        return {
          interactionEvent: event,
          ...(userId !== undefined && { userId }),
          profile: toWireProfile(profile),
          verificationRecords: records.map(recordToWire),
          trustedDevice: await factors.trustedDevice(call.scope, flow),
        };
      }),
    );
    route(operations.postIdentification, (call) =>
      within(call, async (flow) => {
        const created = await experience.identify(call.scope, flow, call.body);
        call.reply.code(created ? 201 : 204);
      }),
    );
    route(operations.postSubmit, (call) =>
      within(call, async (flow) => {
        const redirectTo = await experience.submit(call.scope, flow);
        return redirectTo === undefined ? undefined : { redirectTo };
      }),
    );
    route(operations.postProfile, (call) => within(call, (flow) => profile.giveProfile(call.scope, flow, call.body)));
    route(operations.postAvatar, (call) =>
      within(call, async (flow) => {
        if (flow.context.event !== 'Register') throw fail('session.invalid_interaction_type');
        if (!(await admitUpload(call.scope))) throw kernelFail('request.rate_limited');
        return { url: `${call.request.tenant.endpoint}${await deps.storeImage(call.scope, call.upload)}` };
      }),
    );
    route(operations.putProfilePassword, (call) =>
      within(call, (flow) => profile.replacePassword(call.scope, flow, call.body.password)),
    );

    bindVerifications(route);
    bindFactorOperations(route, within, factors);
    bindEnterprise(route);
    bindConsent(route);
  };
}
