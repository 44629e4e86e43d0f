import { ConnectorError, defineSmsConnector, getTemplate, handOver, refused, taken } from '@latchkey/connector-kit';
import { z } from 'zod';
import { firstOf, objectOf } from './answers.ts';
import { logos } from './logos.ts';
import { credential, oneLine, providerTemplatesItem, textItem, usageTypes } from './message-config.ts';

const ORIGIN = 'https://graph.facebook.com/v19.0';

/** Codes by WhatsApp, of authentication templates that Meta approved. */
export const whatsApp = defineSmsConnector({
  metadata: {
    id: 'whatsapp-short-message-service',
    target: 'whatsapp-sms',
    platform: null,
    name: { en: 'WhatsApp', ja: 'WhatsApp' },
    description: {
      en: 'Codes by WhatsApp, through Meta’s Cloud API.',
      ja: 'Meta のクラウド API を使い、WhatsApp で確認コードを送信します。',
    },
    ...logos.whatsApp,
    formItems: [
      textItem('accessToken', ['Access token', 'アクセストークン'], { secret: true }),
      textItem('phoneNumberId', ['Phone number ID', '電話番号 ID']),
      providerTemplatesItem(
        { templateName: 'verification_code', language: 'en_US' },
        {
          en: 'Names and languages of approved templates of the category Authentication, with a button that copies the code.',
          ja: '承認済みの「認証」カテゴリーのテンプレートの名前と言語です。コードをコピーするボタンが必要です。',
        },
      ),
    ],
  },
  configSchema: z.object({
    accessToken: credential,
    phoneNumberId: z
      .string()
      .trim()
      .regex(/^\d{1,32}$/, 'Must be digits.'),
    templates: z.array(z.object({ usageType: usageTypes, templateName: oneLine(512), language: oneLine(16) })).min(1),
  }),

  async sendMessage({ config, to, type, payload }, context) {
    if (!payload.code)
      throw new ConnectorError('template_not_supported', 'Authentication templates carry nothing but codes.');
    const { templateName, language } = getTemplate(config.templates, type);
    const parameters = [{ type: 'text', text: payload.code }];
    return handOver(context, {
      url: `${ORIGIN}/${config.phoneNumberId}/messages`,
      headers: { authorization: `Bearer ${config.accessToken}` },
      json: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        type: 'template',
        template: {
          name: templateName,
          language: { code: language },
          // The button that copies the code gets it as well as the text.
          components: [
            { type: 'body', parameters },
            { type: 'button', sub_type: 'url', index: '0', parameters },
          ],
        },
      },
      secrets: [config.accessToken],
      codes: {
        '190': 'authorization_failed',
        '4': 'rate_limit_exceeded',
        '80007': 'rate_limit_exceeded',
        '130429': 'rate_limit_exceeded',
        '131048': 'rate_limit_exceeded',
        '131056': 'rate_limit_exceeded',
        '131042': 'usage_limit_exceeded',
        '132001': 'template_not_found',
        '132000': 'invalid_config',
        '132012': 'invalid_config',
      },
      verdict: ({ status, body }) => {
        const error = objectOf(body?.error);
        if (error) return refused(error.code, objectOf(error.error_data)?.details ?? error.message);
        const message = firstOf(body?.messages);
        return status === 200 && message ? taken(message.id) : undefined;
      },
    });
  },
});
