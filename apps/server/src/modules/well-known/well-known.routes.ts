import { signInPhrases } from '@latchkey/phrases/sign-in';
import type { FastifyRequest } from 'fastify';
import { acceptedLanguages } from '../../kernel/http.ts';
import { describeOperations, type OpenApiDocument } from '../../kernel/openapi.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { OperationDefinition } from '../../kernel/wire.contract.ts';
import type { SignInSettings } from '../sign-in-experience/sign-in-experience.contract.ts';
import * as contract from './well-known.contract.ts';

type PublicConnector = contract.PublicSignInExperience['socialConnectors'][number];

export interface WellKnownDependencies {
  /** The tenant's settings as a sign-in to one application, if named, shows them. */
  settingsFor(scope: Scope, applicationId: string | undefined): Promise<SignInSettings>;
  listSocial(tenantId: string): Promise<PublicConnector[]>;
}

/** Connectors of the enabled targets, in the order of the settings. */
const enabledConnectors = (targets: readonly string[], connectors: readonly PublicConnector[]): PublicConnector[] =>
  targets.flatMap((target) => connectors.filter((connector) => connector.target === target));

/** The first of `languages` that the pages speak, with or without its region. */
function spokenLanguage(languages: readonly string[]): string | undefined {
  return languages.flatMap((tag) => [tag, tag.split('-')[0] ?? tag]).find((tag) => tag in signInPhrases);
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
        const settings = await deps.settingsFor(scope, query.appId);
        const targets = settings.socialSignInConnectorTargets;
        return {
          tenantId: scope.tenantId,
          id: 'default',
          ...settings,
          socialConnectors: enabledConnectors(targets, await deps.listSocial(scope.tenantId)),
          ssoConnectors: [],
          // Nothing sends codes yet.
          forgotPassword: { phone: false, email: false },
          isDevelopmentTenant: false,
          customProfileFields: [],
        };
      });
    }

    route(contract.getPhrases, async ({ scope, query, request, reply }) => {
      const { languageInfo } = await deps.settingsFor(scope, undefined);
      const browser = languageInfo.autoDetect ? acceptedLanguages(request.headers['accept-language']) : [];
      const asked = [...(query.lng ? [query.lng] : []), ...browser, languageInfo.fallbackLanguage];
      const language = spokenLanguage(asked) ?? 'en';
      reply.header('content-language', language);
      return { ...signInPhrases[language] };
    });

    // There is no account center yet, and this says so.
    route(contract.getPublicAccountCenter, async ({ scope }) => ({
      tenantId: scope.tenantId,
      id: 'default',
      enabled: false,
      fields: {},
      webauthnRelatedOrigins: [],
      deleteAccountUrl: null,
      customCss: null,
      profileFields: [],
    }));

    route(contract.getStatus, async () => undefined);

    route(contract.getSwagger, documentSource('Latchkey API', operations));
    route(contract.getManagementOpenApi, documentSource('Latchkey Management API', operations));
    // The APIs of these two documents have no operations yet.
    route(contract.getExperienceOpenApi, documentSource('Latchkey Experience API', []));
    route(contract.getUserOpenApi, documentSource('Latchkey user API', []));
  };
}
