import { SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';
import type { TestApp } from './harness.ts';
import { field, type Page } from './pages.ts';

const POST_BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

/** A stock service provider, and the SAML application that it is registered as. */
export async function connectServiceProvider(
  app: TestApp,
  settings: Record<string, unknown> = {},
  options: Partial<SamlConfig> = {},
) {
  const entityId = `https://sp-${Math.random().toString(36).slice(2)}.example/metadata`;
  const acsUrl = 'https://sp.example/acs';
  const created = await app.api('POST', '/api/saml-applications', {
    name: 'Wiki',
    entityId,
    acsUrl: { binding: POST_BINDING, url: acsUrl },
    ...settings,
  });
  if (created.status !== 201) throw new Error(JSON.stringify(created.body));
  const id: string = created.body.id;
  const metadata = await (await fetch(`${app.origin}/api/saml-applications/${id}/metadata`)).text();
  const entryPoint = `${app.origin}/api/saml/${id}/authn`;
  const saml = new SAML({
    issuer: entityId,
    audience: entityId,
    callbackUrl: acsUrl,
    entryPoint,
    idpIssuer: `${app.origin}/saml/${id}`,
    idpCert: [...metadata.matchAll(/X509Certificate>([^<]+)</g)].map(([, body]) => body ?? ''),
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    validateInResponseTo: ValidateInResponseTo.always,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    acceptedClockSkewMs: 5000,
    ...options,
  });

  return {
    id,
    saml,
    entityId,
    acsUrl,
    entryPoint,
    metadata,
    /** The address of a request, by the redirect binding. */
    authorizeUrl: (relayState = '') => saml.getAuthorizeUrlAsync(relayState, undefined, {}),
    /** The fields of a request, by the POST binding. */
    async authorizeForm(relayState = ''): Promise<Record<string, string>> {
      const html = await saml.getAuthorizeFormAsync(relayState);
      const read = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
      return { SAMLRequest: read('SAMLRequest'), RelayState: read('RelayState') };
    },
    /** What the service provider makes of the page that brings it the answer. */
    async read(page: Page) {
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: field(page, 'SAMLResponse') });
      return profile;
    },
  };
}

/** The XML of the answer that a page brings. */
export const answerXml = (page: Page): string => Buffer.from(field(page, 'SAMLResponse'), 'base64').toString();
