import { FIRST_PAGE, type Routes } from '../../kernel/operations.ts';
import * as contract from './inbox.contract.ts';
import type { Inbox } from './inbox.service.ts';
import type { InboxMessage } from './inbox.store.ts';

const onWire = ({ message, delivery, webhook }: InboxMessage): contract.InboxWebhook => ({
  id: message.id,
  event: message.event,
  objectType: message.objectType,
  objectId: message.objectId,
  webhook: webhook && { id: webhook.id, name: webhook.name, url: webhook.url },
  state: delivery?.state ?? null,
  lastStatus: delivery?.lastStatus ?? null,
  lastError: delivery?.lastError ?? null,
  createdAt: message.createdAt.getTime(),
});

export function inboxRoutes(inbox: Inbox): Routes {
  return (route) => {
    route(contract.listInboxWebhooks, async ({ scope, page = FIRST_PAGE, setTotal }) => {
      const { messages, total } = await inbox.list(scope, page);
      setTotal(total);
      return messages.map(onWire);
    });

    route(contract.getInboxWebhook, async ({ scope, params }) => {
      const found = await inbox.get(scope, params.messageId);
      return { ...onWire(found), ...found.request };
    });

    route(contract.clearInboxWebhooks, ({ scope }) => inbox.clear(scope));
  };
}
