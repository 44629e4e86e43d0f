import type { DatabasePool } from '../../kernel/database.ts';
import { DAY_MS } from '../../kernel/durations.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import { type CodePolicy, type Codes, createCodes } from './codes.service.ts';
import { deleteExpiredCodes } from './codes.store.ts';
import { deleteDeliveries } from './deliveries.store.ts';
import { deleteInboxMessages } from './inbox.store.ts';
import { messagesRoutes } from './messages.routes.ts';
import { createSending, type Message, type Sending, type SendingDependencies } from './sending.service.ts';
import { createTexts } from './templates.service.ts';

export type { Codes } from './codes.service.ts';
export type { Recipient } from './recipients.ts';
export type { Message } from './sending.service.ts';

export interface MessagesDependencies extends SendingDependencies {
  database: DatabasePool;
  masterKey: Buffer;
  codePolicy(tenantId: string): Promise<CodePolicy>;
  fallbackLanguage(tenantId: string): Promise<string>;
}

export interface MessagesApi {
  /** One-time codes that prove an address or a number. */
  codes: Codes;
  /** Sends a message that carries a link. Never inside a transaction: a provider may take its time. */
  send(scope: Scope, message: Message): Promise<void>;
  /** Whether a message of the channel gets anywhere: to a provider, or to the development inbox. */
  canSend: Sending['canSend'];
  /** The texts that a message of the tenant's is made of, for a connector that is tried out. */
  emailTemplates(
    scope: Scope,
    type: 'Generic',
    locale: string,
  ): ReturnType<ReturnType<typeof createTexts>['emailTexts']>;
  smsTemplates(scope: Scope, type: 'Generic', locale: string): ReturnType<ReturnType<typeof createTexts>['smsTexts']>;
}

const DELIVERIES_KEPT_MS = 30 * DAY_MS;
const INBOX_KEPT_MS = 7 * DAY_MS;
const CLEANUP_BATCH = 5_000;

/** E-mails and text messages: codes, texts, sending, what became of it, and the development inbox. */
export function createMessagesModule(deps: MessagesDependencies): {
  routes: Routes;
  api: MessagesApi;
  jobs: Job[];
} {
  const texts = createTexts(deps);
  const sending = createSending(deps, texts);
  const codes = createCodes({ ...deps, sending });
  const textRequest = async (scope: Scope, type: 'Generic', locale: string) =>
    ({ type, locales: await texts.languages(scope.tenantId, [locale]), carries: 'code' }) as const;

  /** Deletes codes that have expired, and what is too old in the delivery log and the development inbox. */
  const deleteOld = async (): Promise<void> => {
    const db = deps.database.forSystem('delete old messages');
    const now = deps.now();
    await deleteExpiredCodes(db, now);
    await deleteInboxMessages(db, new Date(now.getTime() - INBOX_KEPT_MS));
    const before = new Date(now.getTime() - DELIVERIES_KEPT_MS);
    while ((await deleteDeliveries(db, before, CLEANUP_BATCH)) === CLEANUP_BATCH);
  };

  return {
    routes: messagesRoutes({
      codes,
      texts,
      developmentInbox: deps.developmentInbox,
      findMessenger: deps.findMessenger,
    }),
    api: {
      codes,
      async send(scope, message) {
        await sending.admit(scope, message.recipient, message.type);
        await sending.deliver(scope, message);
      },
      canSend: sending.canSend,
      emailTemplates: async (scope, type, locale) => texts.emailTexts(scope, await textRequest(scope, type, locale)),
      smsTemplates: async (scope, type, locale) => texts.smsTexts(scope, await textRequest(scope, type, locale)),
    },
    jobs: [{ name: 'delete-old-messages', schedule: '27 * * * *', run: deleteOld }],
  };
}
