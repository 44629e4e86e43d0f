export { baseUrlSchema, endpointSchema, optionalText } from './config-schemas.ts';
export {
  type AuthorizationCallback,
  type AuthorizationRequest,
  type Connector,
  type ConnectorContext,
  type ConnectorFetch,
  type ConnectorFetchInit,
  type ConnectorSession,
  defineSocialConnector,
  type OneTap,
  type OneTapSettings,
  type ProviderTokens,
  type SocialConnector,
  type SocialSignIn,
  type SocialUserInfo,
} from './connector.ts';
export { parseConfig } from './connector-config.ts';
export { ConnectorError, type ConnectorErrorCode } from './connector-error.ts';
export {
  errorMembers,
  type JsonAnswer,
  type JsonObject,
  type ProviderAnswer,
  requestJson,
  requestJsonList,
  unexpectedAnswer,
} from './http.ts';
export { verifyIdToken, verifyIdTokenClaims, verifyStatement } from './id-token.ts';
export {
  type ConnectorConnect,
  defineEmailConnector,
  defineSmsConnector,
  type EmailConnector,
  type MessageContext,
  type MessageReceipt,
  type MessageRequest,
  type SmsConnector,
} from './message.ts';
export { handOver, type MessageExchange, refused, taken, type Verdict } from './message-http.ts';
export {
  type ConnectorMetadata,
  type ConnectorPlatform,
  type ConnectorType,
  type FormItem,
  type LocalizedText,
  svgDataUri,
} from './metadata.ts';
export {
  clientAuthentications,
  exchangeCode,
  randomToken,
  readCode,
  refreshTokens,
  requestUserInfo,
  scopeList,
  startCodeFlow,
} from './oauth.ts';
export {
  defineOAuthConnector,
  idClaim,
  looseClaims,
  oauthConfigShape,
  oauthFormItems,
  trustEmailFormItem,
  trustEmailShape,
} from './oauth-connector.ts';
export {
  composeEmail,
  composeSms,
  contentTypes,
  type EmailTemplate,
  emailTemplatesSchema,
  findTemplate,
  formatMailbox,
  getTemplate,
  htmlOf,
  type Mailbox,
  type MessagePayload,
  parseMailbox,
  type RenderedEmail,
  renderEmail,
  renderSms,
  type SmsTemplate,
  senderOf,
  smsTemplatesSchema,
  type TemplateType,
  templateTypes,
} from './templates.ts';
