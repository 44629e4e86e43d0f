import type {
  EmailConnector,
  EmailTemplate,
  MessageContext,
  MessagePayload,
  MessageReceipt,
  SmsConnector,
  SmsTemplate,
  TemplateType,
} from '@latchkey/connector-kit';
import type { Egress, EgressConnect } from '../../kernel/egress.ts';
import type { ConnectorRecord } from './connectors.service.ts';

/** A message on its way to a provider, with the texts that may become of it. */
export interface OutgoingMessage<Template> {
  to: string;
  type: TemplateType;
  payload: MessagePayload;
  locale?: string | undefined;
  template?: Template | undefined;
  fallback: Template;
}

/** A connector that sends messages, with its configuration. */
export type Messenger<Type extends 'Email' | 'Sms' = 'Email' | 'Sms'> = {
  connectorId: string;
  factory: Extract<EmailConnector | SmsConnector, { type: Type }>;
  config: Record<string, unknown>;
};

export type Messaging = ReturnType<typeof createMessaging>;

/** Sending by e-mail and SMS providers. A failure is a `ConnectorError`, which the caller records before it answers. */
export function createMessaging(deps: { egress: Egress; egressConnect: EgressConnect; now: () => Date }) {
  const context: MessageContext = { fetch: deps.egress, connect: deps.egressConnect, now: deps.now };
  return {
    sendEmail: (
      { factory, config }: Messenger<'Email'>,
      message: OutgoingMessage<EmailTemplate>,
    ): Promise<MessageReceipt> => factory.sendMessage({ ...message, config }, context),
    sendSms: ({ factory, config }: Messenger<'Sms'>, message: OutgoingMessage<SmsTemplate>): Promise<MessageReceipt> =>
      factory.sendMessage({ ...message, config }, context),
  };
}

/** The tenant's messenger of a type: there is one or none. */
export function findMessenger<Type extends 'Email' | 'Sms'>(
  records: readonly ConnectorRecord[],
  type: Type,
): Messenger<Type> | undefined {
  const record = records.find(({ factory }) => factory.type === type);
  return (
    record && { connectorId: record.id, factory: record.factory as Messenger<Type>['factory'], config: record.config }
  );
}
