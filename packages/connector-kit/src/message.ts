import type { Socket } from 'node:net';
import type { z } from 'zod';
import type { ConnectorContext } from './connector.ts';
import { parseConfig } from './connector-config.ts';
import type { ConnectorMetadata } from './metadata.ts';
import type { EmailTemplate, MessagePayload, SmsTemplate, TemplateType } from './templates.ts';

/**
 * A connector's only way to a bare TCP socket, given by the server, which judges the very address it connects to.
 * The socket is connected when it is answered; it is the connector's to destroy.
 */
export type ConnectorConnect = (target: { host: string; port: number; timeoutMs: number }) => Promise<Socket>;

export interface MessageContext extends ConnectorContext {
  connect: ConnectorConnect;
}

export interface MessageRequest<Config, Template> {
  config: Config;
  /** An e-mail address; or a phone number with its country code, digits alone. */
  to: string;
  type: TemplateType;
  payload: MessagePayload;
  /** Language of the message, BCP 47. */
  locale?: string | undefined;
  /** The tenant's own text for this type and language: it goes before the connector's templates. */
  template?: Template | undefined;
  /** The product's text, for a type that nobody has written a template for. */
  fallback: Template;
}

/** What the provider said to a message that it took. */
export interface MessageReceipt {
  /** Fit for the delivery log: a status and the members that the provider documents, never a whole body. */
  answer: string;
  /** The provider's id of the message. */
  messageId?: string | undefined;
}

interface MessageConnector<Type extends 'Email' | 'Sms', Template> {
  type: Type;
  metadata: ConnectorMetadata;
  configSchema: z.ZodObject;
  /** Hands one message to the provider; a refusal is a `ConnectorError`. */
  sendMessage(request: MessageRequest<unknown, Template>, context: MessageContext): Promise<MessageReceipt>;
}

/** E-mail and SMS connectors as the server sees them: their configuration is checked at each use. */
export type EmailConnector = MessageConnector<'Email', EmailTemplate>;
export type SmsConnector = MessageConnector<'Sms', SmsTemplate>;

interface MessageConnectorDefinition<Schema extends z.ZodObject, Template> {
  metadata: ConnectorMetadata;
  /** Parses and normalises a configuration; its members are the keys of `metadata.formItems`. */
  configSchema: Schema;
  sendMessage(request: MessageRequest<z.output<Schema>, Template>, context: MessageContext): Promise<MessageReceipt>;
}

const defineMessageConnector = <Type extends 'Email' | 'Sms', Template, Schema extends z.ZodObject>(
  type: Type,
  { metadata, configSchema, sendMessage }: MessageConnectorDefinition<Schema, Template>,
): MessageConnector<Type, Template> => ({
  type,
  metadata,
  configSchema,
  sendMessage: async (request, context) =>
    sendMessage({ ...request, config: parseConfig(configSchema, request.config) }, context),
});

/** Makes an e-mail connector of its typed definition. */
export const defineEmailConnector = <Schema extends z.ZodObject>(
  definition: MessageConnectorDefinition<Schema, EmailTemplate>,
): EmailConnector => defineMessageConnector('Email', definition);

/** Makes an SMS connector of its typed definition. */
export const defineSmsConnector = <Schema extends z.ZodObject>(
  definition: MessageConnectorDefinition<Schema, SmsTemplate>,
): SmsConnector => defineMessageConnector('Sms', definition);
