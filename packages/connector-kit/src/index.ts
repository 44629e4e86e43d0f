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
  parseConfig,
  type SocialConnector,
  type SocialUserInfo,
} from './connector.ts';
export { ConnectorError, type ConnectorErrorCode } from './connector-error.ts';
export { type JsonObject, requestJson, requestJsonList, unexpectedAnswer } from './http.ts';
export { verifyIdToken, verifyIdTokenClaims } from './id-token.ts';
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
