import {
  createScriptedIdentityProvider,
  type ReceivedSamlRequest,
  type ScriptedAnswer,
} from '@latchkey/connectors/saml/testing';
import { type ApiAnswer, call, type TestApp } from './harness.ts';

/** Posts an answer as a provider's page does: from another site, so that the browser sends no cookie along. */
export const postAnswer = (acs: string, fields: { SAMLResponse: string; RelayState?: string }): Promise<ApiAnswer> =>
  call(acs, 'POST', new URLSearchParams(fields as Record<string, string>).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    origin: 'https://idp.example',
    'sec-fetch-site': 'cross-site',
  });

/** A SAML provider of the test file's own, and the social connector that signs users in with it. */
export async function connectSaml(app: TestApp) {
  const idp = await createScriptedIdentityProvider();
  const connectorId = 'saml-1';
  const acs = `${app.origin}/api/authn/saml/${connectorId}`;
  const created = await app.api('POST', '/api/connectors', {
    id: connectorId,
    connectorId: 'saml',
    metadata: { target: 'acme', name: { en: 'Acme' } },
    config: {
      entityID: `${app.origin}/saml`,
      assertionConsumerServiceUrl: acs,
      idpMetadataXml: idp.metadata(),
      x509Certificate: idp.key.certificate,
    },
  });
  if (created.status !== 200) throw new Error(JSON.stringify(created.body));
  const offered = await app.api('PATCH', '/api/sign-in-exp', {
    socialSignInConnectorTargets: ['acme'],
    signUp: { identifiers: [], password: false, verify: false },
  });
  if (offered.status !== 200) throw new Error(JSON.stringify(offered.body));
  return {
    idp,
    acs,
    connectorId,
    /** The provider signs somebody in who was sent there by `uri`: where the browser is led next. */
    async answer(uri: string, said?: ScriptedAnswer, change?: (request: ReceivedSamlRequest) => ReceivedSamlRequest) {
      const request = idp.readRequest(uri);
      const SAMLResponse = idp.answer(change ? change(request) : request, said);
      const response = await postAnswer(acs, { SAMLResponse, RelayState: request.relayState });
      return { response, location: response.headers.get('location') ?? '', SAMLResponse, request };
    },
  };
}

export type TestSaml = Awaited<ReturnType<typeof connectSaml>>;

/** A SAML provider of a customer, and the enterprise connector that signs its people in. */
export async function connectEnterprise(app: TestApp, domains: string[], settings: object = {}) {
  const idp = await createScriptedIdentityProvider();
  const created = await app.api('POST', '/api/sso-connectors', {
    providerName: 'SAML',
    connectorName: `Enterprise ${idp.key.certificate.slice(60, 90)}`,
    config: { metadata: idp.metadata() },
    domains,
    ...settings,
  });
  if (created.status !== 200) throw new Error(JSON.stringify(created.body));
  const connectorId: string = created.body.id;
  const acs = `${app.origin}/api/authn/single-sign-on/saml/${connectorId}`;
  return {
    connectorId,
    idp,
    /** The provider signs somebody in who was sent there by `uri`: where the browser is led next. */
    async answer(uri: string, said?: ScriptedAnswer): Promise<string> {
      const request = idp.readRequest(uri);
      const { headers } = await postAnswer(acs, {
        SAMLResponse: idp.answer(request, said),
        RelayState: request.relayState,
      });
      return headers.get('location') ?? '';
    },
  };
}
