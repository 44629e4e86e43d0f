import {
  composeEmail,
  defineEmailConnector,
  formatMailbox,
  handOver,
  htmlOf,
  optionalText,
  refused,
  senderOf,
  taken,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { firstOf, objectOf } from './answers.ts';
import { logos } from './logos.ts';
import { credential, emailTemplatesItem, emailTemplatesMember, oneLine, textItem } from './message-config.ts';

const ENDPOINT = 'https://api.smtp2go.com/v3/email/send';
const CODE = 'E_ApiResponseCodes.';

/** E-mail by SMTP2GO. */
export const smtp2go = defineEmailConnector({
  metadata: {
    id: 'smtp2go-email-service',
    target: 'smtp2go-email',
    platform: null,
    name: { en: 'SMTP2GO', ja: 'SMTP2GO' },
    description: { en: 'E-mail by SMTP2GO.', ja: 'SMTP2GO でメールを送信します。' },
    ...logos.smtp2go,
    formItems: [
      textItem('apiKey', ['API key', 'API キー'], { secret: true, placeholder: 'api-…' }),
      textItem('sender', ['Sender’s address', '送信元アドレス'], { placeholder: 'no-reply@example.com' }),
      textItem('senderName', ['Sender’s name', '送信者名'], { optional: true, placeholder: 'Example' }),
      emailTemplatesItem,
    ],
  },
  configSchema: z.object({
    apiKey: credential,
    sender: z.email().max(320),
    senderName: optionalText(oneLine(200)),
    templates: emailTemplatesMember,
  }),

  sendMessage(request, context) {
    const { config, to } = request;
    const email = composeEmail(request);
    return handOver(context, {
      url: ENDPOINT,
      headers: { 'x-smtp2go-api-key': config.apiKey },
      json: {
        sender: formatMailbox(senderOf({ name: config.senderName, address: config.sender }, email.sendFrom)),
        to: [to],
        subject: email.subject,
        text_body: email.text,
        html_body: htmlOf(email),
        custom_headers: email.replyTo ? [{ header: 'Reply-To', value: email.replyTo }] : undefined,
      },
      secrets: [config.apiKey],
      codes: {
        [`${CODE}ENDPOINT_PERMISSION_DENIED`]: 'authorization_failed',
        [`${CODE}API_EXCEPTION`]: 'general',
        [`${CODE}RATE_LIMIT_EXCEEDED`]: 'rate_limit_exceeded',
        [`${CODE}ACCOUNT_LIMIT_EXCEEDED`]: 'usage_limit_exceeded',
      },
      verdict: ({ status, body }) => {
        const data = objectOf(body?.data);
        if (status === 200 && data?.succeeded === 1) return taken(data.email_id);
        if (data?.error_code !== undefined) return refused(data.error_code, data.error);
        const [failure] = Array.isArray(data?.failures) ? data.failures : [];
        return failure === undefined ? undefined : refused(undefined, firstOf([failure])?.error ?? failure);
      },
    });
  },
});
