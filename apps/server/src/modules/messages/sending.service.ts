import {
  ConnectorError,
  type EmailTemplate,
  type MessagePayload,
  type MessageReceipt,
  renderEmail,
  renderSms,
  type SmsTemplate,
  type TemplateType,
} from '@latchkey/connector-kit';
import { audit } from '../../kernel/audit.ts';
import { emitEvent } from '../../kernel/events.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Log } from '../../kernel/log.ts';
import { networkOf } from '../../kernel/networks.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import type { Messaging, Messenger } from '../connectors/index.ts';
import { countSend, type SendKey } from './codes.store.ts';
import { insertDelivery } from './deliveries.store.ts';
import { createDeliveryPace } from './delivery-pace.ts';
import { insertInboxMessage } from './inbox.store.ts';
import {
  type MessageSubject,
  type MessageVariables,
  type SubjectDependencies,
  variablesOf,
} from './message-subject.ts';
import type { Channel, InboxContent } from './messages.contract.ts';
import { fail } from './messages.errors.ts';
import { channelOf, normalRecipient, type Recipient } from './recipients.ts';
import type { Texting, Texts } from './templates.service.ts';

/** How many messages one recipient is sent in a window, whatever they are (features 2.5). */
const MAX_SENDS = 10;
const WINDOW_MS = 600_000;
/** How many one address may cause in it, whomever they go to: many people may sit behind it. */
const MAX_SENDS_OF_ADDRESS = 200;

export interface Message {
  recipient: Recipient;
  type: TemplateType;
  code?: string;
  link?: string;
  /** Languages of the recipient, best first. */
  locales?: readonly string[] | undefined;
  /** What it is about, by ids. */
  subject?: MessageSubject | undefined;
  /** What else its template may read; goes before what the ids stand for. */
  context?: MessageVariables | undefined;
}

export interface SendingDependencies extends SubjectDependencies {
  log: Log;
  now: () => Date;
  /** Messages without a connector go to the development inbox; else they are refused. */
  developmentInbox: boolean;
  findMessenger<Type extends Channel>(tenantId: string, type: Type): Promise<Messenger<Type> | undefined>;
  messaging: Messaging;
}

export type Sending = ReturnType<typeof createSending>;

/** Whose messages are counted together; administrators and machines send as many as they like. */
function senderOf({ actor, ip }: Scope): SendKey | undefined {
  const isCounted = ip !== null && (actor.type === 'anonymous' || actor.type === 'user');
  return isCounted ? { type: 'address', value: hashSecret(networkOf(ip)) } : undefined;
}

/** What a provider's failure is to somebody who waits for a message: the reasons are the administrators' business. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof ConnectorError)) return error;
  const limited = error.code === 'rate_limit_exceeded' || error.code === 'usage_limit_exceeded';
  return fail(limited ? `connector.${error.code}` : 'connector.general', { cause: error });
}

interface Prepared {
  channel: Channel;
  to: string;
  type: TemplateType;
  payload: MessagePayload;
  locale: string;
  email?: Texts<EmailTemplate>;
  sms?: Texts<SmsTemplate>;
}

/** Renders what a connector would have sent. */
function toInboxContent({ email, sms, payload }: Prepared): InboxContent {
  const { code, link } = payload;
  if (email) return { ...renderEmail(email.template ?? email.fallback, payload), code, link };
  if (!sms) throw new Error('a message has a text for its channel');
  return { ...renderSms(sms.template ?? sms.fallback, payload), contentType: 'text/plain', code, link };
}

/** Sends messages: straight to the provider, because the person who waits is told when it fails (decision 0040). */
export function createSending(deps: SendingDependencies, texts: Texting) {
  const pace = createDeliveryPace();

  const prepare = async (scope: Scope, message: Message): Promise<Prepared> => {
    const { recipient, type, code, link, subject = {}, context, locales: asked = [] } = message;
    const locales = await texts.languages(scope.tenantId, asked);
    const request = { type, locales, carries: code === undefined ? 'link' : 'code' } as const;
    const channel = channelOf(recipient);
    const [locale] = locales;
    const known = await variablesOf(deps, scope, subject);
    const payload = { ...known, ...context, code, link, locale, uiLocales: asked.join(' ') || undefined };
    const prepared = { channel, to: recipient.value, type, payload, locale };
    return channel === 'Email'
      ? { ...prepared, email: await texts.emailTexts(scope, request) }
      : { ...prepared, sms: await texts.smsTexts(scope, request) };
  };

  const hand = async (tenantId: string, { channel, email, sms, ...message }: Prepared): Promise<MessageReceipt> => {
    if (email) {
      const messenger = await deps.findMessenger(tenantId, 'Email');
      if (messenger) return deps.messaging.sendEmail(messenger, { ...message, ...email });
    }
    if (sms) {
      const messenger = await deps.findMessenger(tenantId, 'Sms');
      if (messenger) return deps.messaging.sendSms(messenger, { ...message, ...sms });
    }
    throw fail('connector.not_found', { data: { type: channel } });
  };

  /** Hands the message to the provider and keeps what came of it, whichever way it went. */
  const deliverBy = async (scope: Scope, messenger: Messenger, prepared: Prepared): Promise<void> => {
    const begin = performance.now();
    const record = (outcome: Partial<Parameters<typeof insertDelivery>[1]>) =>
      insertDelivery(scope.db, {
        tenantId: scope.tenantId,
        id: standardId(),
        channel: prepared.channel,
        recipient: prepared.to,
        templateType: prepared.type,
        connectorId: messenger.connectorId,
        factoryId: messenger.factory.metadata.id,
        status: 'Sent',
        answer: null,
        messageId: null,
        errorCode: null,
        error: null,
        dialogue: null,
        durationMs: Math.round(performance.now() - begin),
        requestId: scope.requestId,
        createdAt: deps.now(),
        ...outcome,
      });
    try {
      const { answer, messageId } = await hand(scope.tenantId, prepared);
      await record({ answer: answer.slice(0, 4096), messageId: messageId?.slice(0, 512) ?? null });
    } catch (error) {
      const known = error instanceof ConnectorError ? error : undefined;
      await record({
        status: 'Failed',
        errorCode: known?.code ?? 'internal',
        error: known?.message ?? null,
        dialogue: known?.dialogue?.slice(0, 65_536) ?? null,
      });
      deps.log.warn({ tenantId: scope.tenantId, connectorId: messenger.connectorId, err: error }, 'a message failed');
      throw asRefusal(error);
    }
  };

  const keepInInbox = (scope: Scope, prepared: Prepared): Promise<void> =>
    transaction(scope, (tx) =>
      insertInboxMessage(tx.db, {
        tenantId: tx.tenantId,
        id: standardId(),
        channel: prepared.channel,
        recipient: prepared.to,
        templateType: prepared.type,
        locale: prepared.locale,
        message: toInboxContent(prepared),
        createdAt: deps.now(),
      }),
    );

  /** Where messages of the channel go; a tenant that can send nothing is refused. */
  const route = async (scope: Scope, channel: Channel): Promise<Messenger | 'inbox'> => {
    if (scope.inTransaction) throw new Error('a message would keep a transaction open while a provider takes its time');
    const messenger = await deps.findMessenger(scope.tenantId, channel);
    if (messenger) return messenger;
    if (deps.developmentInbox) return 'inbox';
    throw fail('connector.not_found', { data: { type: channel } });
  };

  const paceOf = (scope: Scope, to: Messenger | 'inbox') => `${scope.tenantId} ${to === 'inbox' ? to : to.connectorId}`;

  const deliver = async (scope: Scope, message: Message): Promise<void> => {
    const to = await route(scope, channelOf(message.recipient));
    const prepared = await prepare(scope, message);
    await pace.measure(paceOf(scope, to), () =>
      to === 'inbox' ? keepInInbox(scope, prepared) : deliverBy(scope, to, prepared),
    );
  };

  /**
   * Counts a message to the recipient, and one that somebody causes who is no administrator for their address: numbers
   * of others could be called in turn. Refuses it when there were too many of late.
   */
  const admit = async (scope: Scope, recipient: Recipient, action: string): Promise<void> => {
    const { window, ofAddress } = await transaction(scope, async (tx) => {
      const endsAt = new Date(tx.now.getTime() + WINDOW_MS);
      const counted = await countSend(tx.db, tx.tenantId, normalRecipient(recipient), tx.now, endsAt);
      const sender = senderOf(tx);
      const ofAddress = sender && (await countSend(tx.db, tx.tenantId, sender, tx.now, endsAt));
      // Told once a window, so that insisting fills no table.
      if (counted.sends === MAX_SENDS + 1) {
        const payload = { action, recipient: recipient.value };
        await audit(tx, { key: 'Message.RateLimited', result: 'Error', details: payload });
        await emitEvent(tx, {
          event: 'Message.RateLimited',
          object: { type: 'Recipient', id: recipient.value },
          payload,
        });
      }
      return { window: counted, ofAddress };
    });
    const isTooMuch = ofAddress && ofAddress.sends > MAX_SENDS_OF_ADDRESS;
    if (window.sends <= MAX_SENDS && !isTooMuch) return;
    const { endsAt } = isTooMuch ? ofAddress : window;
    const seconds = Math.max(1, Math.ceil((endsAt.getTime() - scope.now.getTime()) / 1000));
    throw fail('request.message_rate_limited', { headers: { 'retry-after': String(seconds) } });
  };

  return {
    admit,
    deliver,

    /** Does all that `deliver` does, and takes as long, but sends nothing. */
    async pretend(scope: Scope, message: Message): Promise<void> {
      const to = await route(scope, channelOf(message.recipient));
      await prepare(scope, { ...message, code: '' });
      await pace.imitate(paceOf(scope, to));
    },

    /** Whether a message of this channel gets anywhere: to a provider, or to the development inbox. */
    canSend: async (tenantId: string, channel: Channel): Promise<boolean> =>
      deps.developmentInbox || (await deps.findMessenger(tenantId, channel)) !== undefined,
  };
}
