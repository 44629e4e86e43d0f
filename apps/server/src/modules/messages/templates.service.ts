import type { EmailTemplate, SmsTemplate, TemplateType } from '@latchkey/connector-kit';
import { emailMessage, smsMessage } from '@latchkey/phrases/messages';
import { audit } from '../../kernel/audit.ts';
import { standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type {
  Channel,
  EmailTemplateDetails,
  SmsTemplateDetails,
  TemplateDetails,
  TemplateFilter,
} from './messages.contract.ts';
import { fail } from './messages.errors.ts';
import * as store from './templates.store.ts';

/** The texts that a message may be made of. */
export interface Texts<Template> {
  /** The tenant's own, in the first language that has one. */
  template: Template | undefined;
  /** The product's own. */
  fallback: Template;
}

export interface TextRequest {
  type: TemplateType;
  /** Languages of the recipient, best first. */
  locales: readonly string[];
  carries: 'code' | 'link';
}

type DetailsOf<Of extends Channel> = Of extends 'Email' ? EmailTemplateDetails : SmsTemplateDetails;
type RowOf<Of extends Channel> = Omit<store.TemplateRow, 'channel' | 'details'> & { details: DetailsOf<Of> };

interface NewTemplate<Of extends Channel> {
  languageTag: string;
  templateType: TemplateType;
  details: DetailsOf<Of>;
}

const toEmailTemplate = ({ contentType = 'text/html', ...details }: EmailTemplateDetails): EmailTemplate => ({
  ...details,
  contentType,
});

/** Each language with the wider ones that it falls back to: `pt-BR`, then `pt`. */
const widened = (locales: readonly string[]): string[] =>
  locales.flatMap((locale) => {
    const parts = locale.toLowerCase().split('-');
    return parts.map((_part, index) => parts.slice(0, parts.length - index).join('-'));
  });

/** The tenant's texts for one channel. */
export function createTemplates<Of extends Channel>(channel: Of) {
  const subject = channel === 'Email' ? 'EmailTemplate' : 'SmsTemplate';
  const auditTarget = (id: string) => ({ type: subject, id }) as const;
  // A row of a channel has the details of the channel: both were written together.
  const typed = (row: store.TemplateRow) => row as unknown as RowOf<Of>;
  const missing = (id: string) => fail('entity.not_exists_with_id', { data: { name: 'template', id } });

  const put = async (
    tx: Scope,
    { languageTag, templateType, details }: NewTemplate<Of>,
  ): Promise<store.TemplateRow> => {
    const [before] = await store.listTemplates(tx.db, tx.tenantId, channel, { languageTag, templateType });
    const after = await store.putTemplate(tx.db, {
      tenantId: tx.tenantId,
      id: standardId(),
      channel,
      languageTag,
      templateType,
      details: details as TemplateDetails,
      createdAt: tx.now,
    });
    await audit(tx, {
      key: before ? `${subject}.Updated` : `${subject}.Created`,
      target: auditTarget(after.id),
      before,
      after,
    });
    return after;
  };

  const remove = (scope: Scope, filter: TemplateFilter & { id?: string }): Promise<number> =>
    transaction(scope, async (tx) => {
      const deleted = await store.deleteTemplates(tx.db, tx.tenantId, channel, filter);
      for (const before of deleted) {
        await audit(tx, { key: `${subject}.Deleted`, target: auditTarget(before.id), before });
      }
      return deleted.length;
    });

  return {
    list: async (scope: Scope, filter: TemplateFilter) =>
      (await store.listTemplates(scope.db, scope.tenantId, channel, filter)).map(typed),

    async get(scope: Scope, id: string) {
      const row = await store.findTemplateById(scope.db, scope.tenantId, channel, id);
      if (!row) throw missing(id);
      return typed(row);
    },

    put: (scope: Scope, templates: readonly NewTemplate<Of>[]) =>
      transaction(scope, async (tx) => {
        const rows: RowOf<Of>[] = [];
        for (const template of templates) rows.push(typed(await put(tx, template)));
        return rows;
      }),

    update: (scope: Scope, id: string, change: Partial<DetailsOf<Of>>) =>
      transaction(scope, async (tx) => {
        const row = await store.findTemplateById(tx.db, tx.tenantId, channel, id);
        if (!row) throw missing(id);
        const { languageTag, templateType, details } = typed(row);
        return typed(await put(tx, { languageTag, templateType, details: { ...details, ...change } }));
      }),

    /** Deletes those of a language, of a purpose or of both; answers how many. */
    removeAll(scope: Scope, filter: TemplateFilter): Promise<number> {
      if (filter.languageTag === undefined && filter.templateType === undefined) {
        throw fail('connector.email_connector.bulk_deletion_no_filter');
      }
      return remove(scope, filter);
    },

    async remove(scope: Scope, id: string): Promise<void> {
      if ((await remove(scope, { id })) === 0) throw missing(id);
    },

    /** The tenant's text of a purpose in the first language that has one. */
    async find(scope: Scope, { type, locales }: TextRequest): Promise<DetailsOf<Of> | undefined> {
      const rows = await store.listTemplates(scope.db, scope.tenantId, channel, { templateType: type });
      for (const locale of widened(locales)) {
        const row = rows.find(({ languageTag }) => languageTag.toLowerCase() === locale);
        if (row) return typed(row).details;
      }
      return undefined;
    },
  };
}

export type Texting = ReturnType<typeof createTexts>;

/** The texts of messages, for both channels. `fallbackLanguage` is the tenant's default language. */
export function createTexts(deps: { fallbackLanguage(tenantId: string): Promise<string> }) {
  const email = createTemplates('Email');
  const sms = createTemplates('Sms');

  /** The recipient's languages, then the tenant's. */
  const languages = async (tenantId: string, locales: readonly string[]): Promise<[string, ...string[]]> => {
    const last = await deps.fallbackLanguage(tenantId);
    const [first = last, ...others] = locales;
    return [first, ...others, last];
  };

  return {
    email,
    sms,
    languages,
    async emailTexts(scope: Scope, request: TextRequest): Promise<Texts<EmailTemplate>> {
      const own = await email.find(scope, request);
      return {
        template: own && toEmailTemplate(own),
        fallback: emailMessage(request.type, request.locales, request.carries),
      };
    },
    async smsTexts(scope: Scope, request: TextRequest): Promise<Texts<SmsTemplate>> {
      return {
        template: await sms.find(scope, request),
        fallback: smsMessage(request.type, request.locales, request.carries),
      };
    },
  };
}
