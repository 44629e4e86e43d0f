import { renderEmail, renderSms } from '@latchkey/connector-kit';
import { audit } from '../../kernel/audit.ts';
import { acceptedLanguages } from '../../kernel/http.ts';
import type { Page, Routes } from '../../kernel/operations.ts';
import { transaction } from '../../kernel/scope.ts';
import type { Codes } from './codes.service.ts';
import * as deliveries from './deliveries.store.ts';
import * as inbox from './inbox.store.ts';
import * as contract from './messages.contract.ts';
import { fail } from './messages.errors.ts';
import type { Recipient } from './recipients.ts';
import { sampleVariables } from './sample-variables.ts';
import type { SendingDependencies } from './sending.service.ts';
import type { Texting } from './templates.service.ts';

interface RouteDependencies extends Pick<SendingDependencies, 'developmentInbox' | 'findMessenger'> {
  codes: Codes;
  texts: Texting;
}

const recipientOf = (body: { email: string } | { phone: string }): Recipient =>
  'email' in body ? { type: 'email', value: body.email } : { type: 'phone', value: body.phone };

const onWire = <Row extends { createdAt: Date }>({ createdAt, ...row }: Row) => ({
  ...row,
  createdAt: createdAt.getTime(),
});

const toInboxMessage = ({ message, ...row }: inbox.InboxRow): contract.InboxMessage => ({ ...onWire(row), ...message });

const paged = (page: Page | undefined): Page => {
  if (!page) throw new Error('this list is always paged');
  return page;
};

function codesRoutes({ codes }: RouteDependencies): Routes {
  return (route) => {
    route(contract.createVerificationCode, async ({ scope, body, request }) => {
      const locales = acceptedLanguages(request.headers['accept-language']);
      await codes.send(scope, { recipient: recipientOf(body), purpose: 'Generic', deliver: true, locales });
    });

    route(contract.verifyVerificationCode, ({ scope, body }) =>
      codes.verify(scope, { recipient: recipientOf(body), purpose: 'Generic', code: body.verificationCode }),
    );
  };
}

function emailTemplatesRoutes({ texts }: RouteDependencies): Routes {
  const { email } = texts;
  return (route) => {
    route(contract.listEmailTemplates, async ({ scope, query }) => (await email.list(scope, query)).map(onWire));
    route(contract.replaceEmailTemplates, async ({ scope, body }) =>
      (await email.put(scope, body.templates)).map(onWire),
    );
    route(contract.deleteEmailTemplates, async ({ scope, query }) => ({
      rowCount: await email.removeAll(scope, query),
    }));
    route(contract.getEmailTemplate, async ({ scope, params }) => onWire(await email.get(scope, params.id)));
    route(contract.deleteEmailTemplate, ({ scope, params }) => email.remove(scope, params.id));
    route(contract.updateEmailTemplateDetails, async ({ scope, params, body }) =>
      onWire(await email.update(scope, params.id, body)),
    );

    route(contract.previewEmailTemplate, async ({ scope, body }) => {
      const { languageTag, templateType: type, details } = body;
      const locales = await texts.languages(scope.tenantId, [languageTag]);
      const carries = type === 'OrganizationInvitation' ? 'link' : 'code';
      const { template, fallback } = await texts.emailTexts(scope, { type, locales, carries });
      const source = { contentType: 'text/html' as const, ...(details ?? template ?? fallback) };
      return { source, rendered: renderEmail(source, sampleVariables) };
    });
  };
}

function smsTemplatesRoutes({ texts }: RouteDependencies): Routes {
  const { sms } = texts;
  return (route) => {
    route(contract.listSmsTemplates, async ({ scope, query }) => (await sms.list(scope, query)).map(onWire));
    route(contract.replaceSmsTemplates, async ({ scope, body }) => (await sms.put(scope, body.templates)).map(onWire));
    route(contract.deleteSmsTemplates, async ({ scope, query }) => ({ rowCount: await sms.removeAll(scope, query) }));
    route(contract.getSmsTemplate, async ({ scope, params }) => onWire(await sms.get(scope, params.id)));
    route(contract.updateSmsTemplateDetails, async ({ scope, params, body }) =>
      onWire(await sms.update(scope, params.id, body)),
    );
    route(contract.deleteSmsTemplate, ({ scope, params }) => sms.remove(scope, params.id));

    route(contract.previewSmsTemplate, async ({ scope, body }) => {
      const { languageTag, templateType: type, details } = body;
      const locales = await texts.languages(scope.tenantId, [languageTag]);
      const carries = type === 'OrganizationInvitation' ? 'link' : 'code';
      const { template, fallback } = await texts.smsTexts(scope, { type, locales, carries });
      const source = details ?? template ?? fallback;
      return { source, rendered: renderSms(source, sampleVariables) };
    });
  };
}

function inboxRoutes({ developmentInbox: enabled, findMessenger }: RouteDependencies): Routes {
  return (route) => {
    route(contract.getDevelopmentInbox, async ({ scope }) => {
      const lands = async (channel: contract.Channel) => enabled && !(await findMessenger(scope.tenantId, channel));
      return { enabled, channels: { Email: await lands('Email'), Sms: await lands('Sms') } };
    });

    route(contract.listInboxMessages, async ({ scope, query, page, setTotal }) => {
      setTotal(await inbox.countInbox(scope.db, scope.tenantId, query));
      return (await inbox.listInbox(scope.db, scope.tenantId, query, paged(page))).map(toInboxMessage);
    });

    route(contract.getInboxMessage, async ({ scope, params }) => {
      const row = await inbox.findInboxMessage(scope.db, scope.tenantId, params.id);
      if (!row) throw fail('entity.not_exists_with_id', { data: { name: 'message', id: params.id } });
      return toInboxMessage(row);
    });

    route(contract.clearDevelopmentInbox, ({ scope }) =>
      transaction(scope, async (tx) => {
        const deleted = await inbox.clearInbox(tx.db, tx.tenantId);
        await audit(tx, { key: 'DevelopmentInbox.Cleared', details: { deleted } });
      }),
    );
  };
}

const deliveriesRoutes: Routes = (route) => {
  route(contract.listMessageDeliveries, async ({ scope, query, page, setTotal }) => {
    setTotal(await deliveries.countDeliveries(scope.db, scope.tenantId, query));
    return (await deliveries.listDeliveries(scope.db, scope.tenantId, query, paged(page))).map(onWire);
  });
};

export function messagesRoutes(deps: RouteDependencies): Routes {
  return (route) => {
    codesRoutes(deps)(route);
    emailTemplatesRoutes(deps)(route);
    smsTemplatesRoutes(deps)(route);
    inboxRoutes(deps)(route);
    deliveriesRoutes(route);
  };
}
