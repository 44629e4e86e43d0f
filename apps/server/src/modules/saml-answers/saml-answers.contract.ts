import { z } from 'zod';
import { defineOperation, noContent } from '../../kernel/wire.contract.ts';

const tag = 'Authn';

const connectorId = z.object({ connectorId: z.string().min(1).max(128) });

// SAML bindings §3.5.4. RelayState is what we have sent; its limit there is 80 bytes, which few providers keep to.
const answer = z.object({
  SAMLResponse: z.string().min(1).describe('The response, in Base64.'),
  RelayState: z.string().min(1).max(2048).optional().describe('The state that the request was sent with.'),
});

const description =
  'SAML’s HTTP-POST binding: the browser brings the provider’s answer as a form, and is sent on to where its sign-in began. The answer is judged there, once, and only for the browser that has asked for it.';
const errors = { 400: ['session.connector_session_not_found'], 404: ['connector.not_found'] } as const;

export const postSamlAnswer = defineOperation({
  method: 'POST',
  path: '/api/authn/saml/:connectorId',
  tag,
  summary: 'Take the answer of a SAML social connector',
  description,
  access: 'public',
  params: connectorId,
  body: answer,
  takesForm: true,
  response: { 302: noContent },
  errors,
});

export const postSingleSignOnSamlAnswer = defineOperation({
  method: 'POST',
  path: '/api/authn/single-sign-on/saml/:connectorId',
  tag,
  summary: 'Take the answer of a SAML enterprise connector',
  description,
  access: 'public',
  params: connectorId,
  body: answer,
  takesForm: true,
  response: { 302: noContent },
  errors,
});
