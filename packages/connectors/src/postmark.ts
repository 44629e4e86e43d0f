import {
  composeEmail,
  defineEmailConnector,
  findTemplate,
  formatMailbox,
  handOver,
  htmlOf,
  parseMailbox,
  refused,
  senderOf,
  taken,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import { credential, mailbox, oneLine, orUnset, templatesItem, textItem, usageTypes } from './message-config.ts';

const ENDPOINT = 'https://api.postmarkapp.com/email';

/** E-mail by Postmark: of templates that are kept there, or of texts of one's own. */
export const postmark = defineEmailConnector({
  metadata: {
    id: 'postmark-mail',
    target: 'postmark-mail',
    platform: null,
    name: { en: 'Postmark', ja: 'Postmark' },
    description: { en: 'E-mail by Postmark.', ja: 'Postmark でメールを送信します。' },
    ...logos.postmark,
    formItems: [
      textItem('serverToken', ['Server API token', 'サーバー API トークン'], { secret: true }),
      textItem('fromEmail', ['Sender', '送信元'], { placeholder: 'Example <no-reply@example.com>' }),
      templatesItem(
        { templateAlias: 'verification-code' },
        {
          en: 'Aliases of templates at Postmark; their model has code, link, application, user and organization. Leave it empty to use the e-mail templates, which are edited on their own page.',
          ja: 'Postmark のテンプレートのエイリアスです。テンプレートでは code・link・application・user・organization を参照できます。空欄の場合は、専用ページで編集できるメールテンプレートが使用されます。',
        },
      ),
    ],
  },
  configSchema: z.object({
    serverToken: credential,
    fromEmail: mailbox,
    templates: orUnset(z.array(z.object({ usageType: usageTypes, templateAlias: oneLine(255) }))),
  }),

  sendMessage({ config, to, type, payload, template, fallback }, context) {
    const configured = parseMailbox(config.fromEmail) ?? { address: config.fromEmail };
    const kept = template ? undefined : findTemplate(config.templates, type);
    const email = kept ? undefined : composeEmail({ config: {}, type, payload, template, fallback });
    const content = email
      ? {
          Subject: email.subject,
          TextBody: email.text,
          HtmlBody: htmlOf(email),
          ReplyTo: email.replyTo,
        }
      : { TemplateAlias: kept?.templateAlias, TemplateModel: payload };
    return handOver(context, {
      url: kept ? `${ENDPOINT}/withTemplate` : ENDPOINT,
      headers: { 'x-postmark-server-token': config.serverToken },
      json: { From: formatMailbox(senderOf(configured, email?.sendFrom)), To: to, ...content },
      secrets: [config.serverToken],
      codes: {
        '400': 'invalid_config',
        '401': 'invalid_config',
        '405': 'usage_limit_exceeded',
        '1101': 'template_not_found',
      },
      verdict: ({ status, body }) => {
        if (typeof body?.ErrorCode !== 'number') return undefined;
        return status === 200 && body.ErrorCode === 0 ? taken(body.MessageID) : refused(body.ErrorCode, body.Message);
      },
    });
  },
});
