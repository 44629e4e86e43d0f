import { audit } from '../../kernel/audit.ts';
import type { Page } from '../../kernel/operations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { deriveKey } from '../../kernel/secrets.ts';
import * as store from './inbox.store.ts';
import { type Receivers, requestHeaders } from './receivers.ts';
import { fail } from './webhooks.errors.ts';

/** Bytes of a signing key. */
const KEY_BYTES = 24;

export type Inbox = ReturnType<typeof createInbox>;

/** What webhooks are told, for developers to look at: with a receiver, and before there is one. */
export function createInbox(deps: { receivers: Receivers; masterKey: Buffer }) {
  const { receivers, masterKey } = deps;

  /** Signs what nobody receives, so that a receiver in the making can check it. */
  const ownKey = (tenantId: string): string =>
    deriveKey(masterKey, `development-inbox-webhooks:${tenantId}`).subarray(0, KEY_BYTES).toString('base64');

  return {
    list: (scope: Scope, page: Page) => store.listMessages(scope.db, scope.tenantId, page),

    /** A message with its request as it went out last, or will go out first. */
    async get(scope: Scope, id: string) {
      const found = await store.findMessage(scope.db, scope.tenantId, id);
      if (!found) throw fail('entity.not_exists_with_id', { data: { name: 'message', id } });
      const { message, webhook } = found;
      const sentAt = webhook
        ? await store.findLastSent(scope.db, scope.tenantId, { webhookId: webhook.id, id })
        : undefined;
      const signed = { id, body: message.body, sentAt: sentAt ?? message.createdAt };
      const keys: [string, string?] = webhook ? receivers.openKeys(webhook, signed.sentAt) : [ownKey(scope.tenantId)];
      const headers = requestHeaders(webhook ? receivers.openHeaders(webhook) : undefined, keys, signed);
      return { ...found, request: { headers, body: message.body, signingKey: keys[0] } };
    },

    clear: (scope: Scope): Promise<void> =>
      transaction(scope, async (tx) => {
        const deleted = await store.clearMessages(tx.db, tx.tenantId);
        await audit(tx, { key: 'DevelopmentInbox.Webhooks.Cleared', details: { deleted } });
      }),
  };
}
