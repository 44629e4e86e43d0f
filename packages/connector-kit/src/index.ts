export { baseUrlSchema, optionalText } from './config-schemas.ts';
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
export { verifyIdToken } from './id-token.ts';
export {
  type ConnectorMetadata,
  type ConnectorPlatform,
  type ConnectorType,
  type FormItem,
  type LocalizedText,
  svgDataUri,
} from './metadata.ts';
export { exchangeCode, readCode, requestUserInfo, scopeList, startCodeFlow } from './oauth.ts';
