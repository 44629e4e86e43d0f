import { createHash, createHmac } from 'node:crypto';
import {
  type AnsweredRequest,
  type AnsweringProvider,
  type AuthnRequest,
  readAuthnRequest,
  type SamlRefusal,
  writeSamlAnswer,
  writeSamlRefusal,
  XmlRefusal,
} from '@latchkey/connectors/saml';
import { audit } from '../../kernel/audit.ts';
import { secretValue } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import type { OidcApi } from '../oidc/index.ts';
import type { AcsUrl } from './saml-applications.contract.ts';
import { fail } from './saml-applications.errors.ts';
import type { SamlApplicationRecord, SamlApplicationsService } from './saml-applications.service.ts';
import * as store from './saml-applications.store.ts';
import { POST_BINDING } from './saml-attributes.contract.ts';
import type { SamlSecretsService } from './saml-secrets.service.ts';
import { attributesOf, claimsFor, nameIdOf } from './saml-statement.ts';

/** As long as somebody may take to sign in, and as old as a request may be. */
const LIFETIME_MS = 3_600_000;
const SKEW_MS = 5 * 60_000;

/** A request as it came from the service provider, by way of the browser. */
export interface ReceivedRequest {
  encoded: string;
  binding: 'redirect' | 'post';
  relayState: string | undefined;
  /** The secret that the browser is known by. */
  browser: string;
}

/** What the browser posts to the service provider. */
export interface SamlForm {
  action: string;
  fields: Record<string, string>;
}

interface Dependencies {
  masterKey: Buffer;
  redeemCode: OidcApi['redeemCode'];
  claims: OidcApi['claims'];
}

export const samlPaths = {
  authn: (id: string) => `/api/saml/${id}/authn`,
  callback: (id: string) => `/api/saml-applications/${id}/callback`,
};
export const entityIdOf = ({ endpoint }: TenantAddress, applicationId: string): string =>
  `${endpoint}/saml/${applicationId}`;

export type SamlSignIn = ReturnType<typeof createSamlSignIn>;

/**
 * Signing in to a service provider (SAML profiles §4.1): its request becomes an authorization request to our own
 * protocol engine, which decides who may enter, and what comes back becomes a signed response.
 */
export function createSamlSignIn(
  deps: Dependencies,
  services: { applications: Pick<SamlApplicationsService, 'get'>; secrets: Pick<SamlSecretsService, 'getSigning'> },
) {
  /** RFC 7636 §4.1. It is made of the state, so that nobody has to keep it. */
  const verifierOf = (state: string) =>
    createHmac('sha256', deps.masterKey).update(`saml-code-verifier:${state}`).digest('base64url');

  const authorizationUrl = (
    address: TenantAddress,
    record: SamlApplicationRecord,
    asked: AuthnRequest,
    state: string,
  ) => {
    const { application, config } = record;
    const names = claimsFor(config.attributeMapping, config.nameIdFormat);
    const prompt = asked.isPassive ? 'none' : asked.forceAuthn ? 'login' : undefined;
    const query = new URLSearchParams({
      client_id: application.id,
      redirect_uri: address.endpoint + samlPaths.callback(application.id),
      response_type: 'code',
      scope: ['openid', ...deps.claims.scopesOf(names)].join(' '),
      state,
      code_challenge: createHash('sha256').update(verifierOf(state)).digest('base64url'),
      code_challenge_method: 'S256',
      ...(prompt && { prompt }),
    });
    return `${address.endpoint}/oidc/auth?${query}`;
  };

  /** Takes a request in: where the browser goes. */
  const begin = async (scope: Scope, address: TenantAddress, record: SamlApplicationRecord, got: ReceivedRequest) => {
    const { config, application } = record;
    const { entityId, acsUrl } = requireComplete(config);
    // Whoever could not be answered is not asked to sign in first.
    await services.secrets.getSigning(scope, application.id);
    const asked = read(got);
    if (asked.issuer !== entityId) throw fail('application.saml.auth_request_issuer_not_match');
    checkRequest(asked, { destination: address.endpoint + samlPaths.authn(application.id), acsUrl, now: scope.now });
    const state = secretValue();
    const begun = await store.beginSignIn(scope.db, {
      tenantId: scope.tenantId,
      applicationId: application.id,
      requestId: asked.id,
      stateHash: hashSecret(state),
      browserHash: hashSecret(got.browser),
      relayState: got.relayState ?? null,
      answeredAt: null,
      expiresAt: new Date(scope.now.getTime() + LIFETIME_MS),
    });
    if (!begun) throw invalid('The request has been answered already.');
    return { url: authorizationUrl(address, record, asked, state), requestId: asked.id };
  };

  /** Answers the service provider whose request the browser comes back with. */
  const finish = async (
    scope: Scope,
    address: TenantAddress,
    { application, config }: SamlApplicationRecord,
    back: {
      browser: string | undefined;
      state?: string | undefined;
      code?: string | undefined;
      error?: string | undefined;
    },
  ) => {
    if (!back.browser) throw fail('application.saml.sp_initiated_saml_sso_session_not_found_in_cookies');
    const key = { tenantId: scope.tenantId, applicationId: application.id, browserHash: hashSecret(back.browser) };
    const { state = '', code = '' } = back;
    const signIn = await store.spendSignIn(scope.db, { ...key, stateHash: hashSecret(state) }, scope.now);
    if (!signIn) throw fail('application.saml.sp_initiated_saml_sso_session_not_found');
    const { entityId, acsUrl } = requireComplete(config);
    const request: AnsweredRequest = {
      requestId: signIn.requestId,
      assertionConsumerServiceUrl: acsUrl.url,
      audience: entityId,
    };
    const signing = await services.secrets.getSigning(scope, application.id);
    const idp: AnsweringProvider = { entityId: entityIdOf(address, application.id), key: signing, now: scope.now };
    const formOf = (SAMLResponse: string): SamlForm => ({
      action: acsUrl.url,
      fields: { SAMLResponse, ...(signIn.relayState !== null && { RelayState: signIn.relayState }) },
    });
    if (back.error !== undefined) {
      return { form: formOf(await writeSamlRefusal(idp, request, refusalOf(back.error))), userId: undefined };
    }
    const signedIn = await deps.redeemCode(scope, {
      code,
      clientId: application.id,
      redirectUri: address.endpoint + samlPaths.callback(application.id),
      codeVerifier: verifierOf(state),
    });
    const names = claimsFor(config.attributeMapping, config.nameIdFormat);
    const claims = signedIn && (await deps.claims.find(scope, signedIn.userId, names));
    if (!claims) throw fail('application.saml.sp_initiated_saml_sso_session_not_found');
    const statement = {
      nameId: nameIdOf(claims, config.nameIdFormat),
      attributes: attributesOf(claims, config.attributeMapping),
      signedInAt: signedIn.signedInAt,
      // Names the session to this service provider alone.
      sessionIndex: `_${hashSecret(`${application.id}:${signedIn.sessionUid}`)}`,
    };
    const { encryptAssertion, certificate, encryptThenSign = true } = config.encryption ?? {};
    const encryption = encryptAssertion && certificate ? { certificate, encryptThenSign } : undefined;
    return { form: formOf(await writeSamlAnswer(idp, request, statement, encryption)), userId: signedIn.userId };
  };

  return {
    async begin(scope: Scope, address: TenantAddress, id: string, got: ReceivedRequest): Promise<string> {
      const record = await services.applications.get(scope, id);
      return recorded(scope, 'SamlApplication.AuthnRequest', id, async () => {
        const { url, requestId } = await begin(scope, address, record, got);
        return { result: url, details: { requestId, binding: got.binding } };
      });
    },

    async finish(
      scope: Scope,
      address: TenantAddress,
      id: string,
      back: Parameters<typeof finish>[3],
    ): Promise<SamlForm> {
      const record = await services.applications.get(scope, id);
      return recorded(scope, 'SamlApplication.Callback', id, async () => {
        const { form, userId } = await finish(scope, address, record, back);
        return { result: form, details: { userId, error: back.error } };
      });
    },
  };
}

const invalid = (details: string, cause?: unknown) => fail('application.saml.invalid_saml_request', { details, cause });

function read({ encoded, binding }: ReceivedRequest): AuthnRequest {
  try {
    return readAuthnRequest(encoded, binding);
  } catch (error) {
    if (error instanceof XmlRefusal) throw invalid(error.message, error);
    throw error;
  }
}

/** An application that has not been told who its service provider is, and where, can answer nobody. */
function requireComplete({ entityId, acsUrl }: store.ConfigRow): { entityId: string; acsUrl: AcsUrl } {
  if (!entityId) throw fail('application.saml.entity_id_required');
  if (!acsUrl) throw fail('application.saml.acs_url_required');
  return { entityId, acsUrl };
}

/** SAML core §3.2.1 and §3.4.1: one check a line. */
function checkRequest(asked: AuthnRequest, expected: { destination: string; acsUrl: AcsUrl; now: Date }): void {
  const { destination, assertionConsumerServiceUrl, protocolBinding, issuedAt } = asked;
  if (destination && destination !== expected.destination) throw invalid('The request was meant for another address.');
  if (assertionConsumerServiceUrl && assertionConsumerServiceUrl !== expected.acsUrl.url) {
    throw invalid('The request wants the answer at an address that is not registered.');
  }
  if (protocolBinding && protocolBinding !== POST_BINDING) throw invalid('Answers are sent by HTTP-POST alone.');
  const age = expected.now.getTime() - issuedAt.getTime();
  if (age > LIFETIME_MS || age < -SKEW_MS) throw invalid('The request is too old, or its clock is wrong.');
}

/** What the protocol engine's refusals are called in SAML (core §3.2.2.2). */
function refusalOf(error: string): SamlRefusal {
  if (error === 'access_denied') return 'RequestDenied';
  return /^(?:login|interaction|consent|account_selection)_required$/.test(error) ? 'NoPassive' : 'AuthnFailed';
}

/** Does it and records how it went: what a service provider does wrong can be read in the trail. */
async function recorded<Result>(
  scope: Scope,
  key: string,
  applicationId: string,
  work: () => Promise<{ result: Result; details: Record<string, unknown> }>,
): Promise<Result> {
  const target = { type: 'Application' as const, id: applicationId };
  try {
    const { result, details } = await work();
    await audit(scope, { key, target, details });
    return result;
  } catch (error) {
    const { code, details } = error as { code?: unknown; details?: unknown };
    await audit(scope, { key, result: 'Error', target, details: { error: { code, message: details } } });
    throw error;
  }
}
