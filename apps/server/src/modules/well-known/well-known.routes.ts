import type { FastifyRequest } from 'fastify';
import { acceptedLanguages } from '../../kernel/http.ts';
import { describeOperations, type OpenApiDocument } from '../../kernel/openapi.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { OperationDefinition } from '../../kernel/wire.contract.ts';
import type { AccountCenterSettings } from '../account/account-center.contract.ts';
import type { PublicCaptchaConfig } from '../captcha-provider/captcha-provider.contract.ts';
import type { OneTapSettings } from '../connectors/index.ts';
import type { CustomPhrasesApi } from '../custom-phrases/index.ts';
import type { CustomProfileFieldsApi } from '../custom-profile-fields/index.ts';
import type { SignInSettings } from '../sign-in-experience/sign-in-experience.contract.ts';
import * as contract from './well-known.contract.ts';

type PublicConnector = contract.PublicSignInExperience['socialConnectors'][number];

type SocialConnector = PublicConnector & { oneTap: OneTapSettings | undefined };

export interface WellKnownDependencies {
  /** The tenant's settings as a sign-in shows them to one application, for one organization, where these are named. */
  settingsFor(
    scope: Scope,
    under: { appId?: string | undefined; organizationId?: string | undefined },
  ): Promise<SignInSettings>;
  /** By which addresses a forgotten password can be reset. */
  recovery(tenantId: string, settings: SignInSettings): Promise<{ phone: boolean; email: boolean }>;
  listSocial(tenantId: string): Promise<SocialConnector[]>;
  listSso(tenantId: string): Promise<{ id: string; connectorName: string; logo: string; darkLogo: string }[]>;
  captchaConfig(tenantId: string): Promise<PublicCaptchaConfig | undefined>;
  phrases: Pick<CustomPhrasesApi, 'spokenLanguage' | 'phrases'>;
  profileFields: CustomProfileFieldsApi;
  accountCenter(tenantId: string): Promise<AccountCenterSettings>;
}

/** Connectors of the enabled targets, in the order of the settings. */
const enabledConnectors = (targets: readonly string[], connectors: readonly SocialConnector[]): SocialConnector[] =>
  targets.flatMap((target) => connectors.filter((connector) => connector.target === target));

/** Of the one connector that has it. */
function googleOneTap(connectors: readonly SocialConnector[]) {
  const found = connectors.find(({ oneTap }) => oneTap !== undefined);
  return found?.oneTap && { googleOneTap: { ...found.oneTap, connectorId: found.id } };
}

function apiDocument(title: string, operations: readonly OperationDefinition[]): OpenApiDocument {
  return describeOperations(operations, {
    title,
    description: 'Made from the declarations that check every request and every answer.',
  });
}

/** Serves a document, described once, with the address of the tenant that is asked. */
function documentSource(title: string, operations: readonly OperationDefinition[]) {
  let described: OpenApiDocument | undefined;
  return async ({ request }: { request: FastifyRequest }): Promise<OpenApiDocument> => {
    described ??= apiDocument(title, operations);
    return { ...described, servers: [{ url: request.tenant.endpoint }] };
  };
}

export function wellKnownRoutes(deps: WellKnownDependencies, operations: readonly OperationDefinition[]): Routes {
  return (route) => {
    for (const operation of [contract.getPublicSignInExperience, contract.getPublicExperience]) {
      route(operation, async ({ scope, query }) => {
        const settings = await deps.settingsFor(scope, query);
        const { tenantId } = scope;
        const targets = settings.socialSignInConnectorTargets;
        const captcha = settings.captchaPolicy.enabled ? await deps.captchaConfig(tenantId) : undefined;
        const socialConnectors = enabledConnectors(targets, await deps.listSocial(tenantId));
        return {
          tenantId,
          id: 'default',
          ...settings,
          socialConnectors,
          ...googleOneTap(socialConnectors),
          ssoConnectors: settings.singleSignOnEnabled ? await deps.listSso(tenantId) : [],
          forgotPassword: await deps.recovery(tenantId, settings),
          isDevelopmentTenant: false,
          ...(captcha && { captchaConfig: captcha }),
          customProfileFields: await deps.profileFields.fields(tenantId, settings.signUpProfileFields),
          customProfileFieldCatalog: [...(await deps.profileFields.catalogue(tenantId))],
        };
      });
    }

    route(contract.getPhrases, async ({ scope, query, request, reply }) => {
      const { languageInfo } = await deps.settingsFor(scope, {});
      const browser = languageInfo.autoDetect ? acceptedLanguages(request.headers['accept-language']) : [];
      const asked = [...(query.lng ? [query.lng] : []), ...browser, languageInfo.fallbackLanguage];
      const language = (await deps.phrases.spokenLanguage(scope.tenantId, asked)) ?? 'en';
      reply.header('content-language', language);
      return deps.phrases.phrases(scope.tenantId, language);
    });

    route(contract.getPublicAccountCenter, async ({ scope }) => ({
      tenantId: scope.tenantId,
      id: 'default',
      ...(await deps.accountCenter(scope.tenantId)),
    }));

    route(contract.getStatus, async () => undefined);

    route(contract.getSwagger, documentSource('Latchkey API', operations));
    route(contract.getManagementOpenApi, documentSource('Latchkey Management API', operations));
    // The APIs of these two documents have no operations yet.
    route(contract.getExperienceOpenApi, documentSource('Latchkey Experience API', []));
    route(contract.getUserOpenApi, documentSource('Latchkey user API', []));
  };
}
