import {
  composeEmail,
  defineEmailConnector,
  formatMailbox,
  handOver,
  htmlOf,
  refused,
  senderOf,
  taken,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import {
  credential,
  emailTemplatesItem,
  emailTemplatesMember,
  senderItems,
  senderShape,
  textItem,
} from './message-config.ts';

const ENDPOINT = 'https://mailjunky.ai/api/v1/emails/send';

/** E-mail by MailJunky. */
export const mailJunky = defineEmailConnector({
  metadata: {
    id: 'mailjunky-email-service',
    target: 'mailjunky',
    platform: null,
    name: { en: 'MailJunky', ja: 'MailJunky' },
    description: { en: 'E-mail by MailJunky.', ja: 'MailJunky でメールを送信します。' },
    ...logos.mailJunky,
    formItems: [
      textItem('apiKey', ['API key', 'API キー'], { secret: true, placeholder: 'mj_live_…' }),
      ...senderItems,
      emailTemplatesItem,
    ],
  },
  configSchema: z.object({ apiKey: credential, ...senderShape, templates: emailTemplatesMember }),

  sendMessage(request, context) {
    const { config, to } = request;
    const email = composeEmail(request);
    const from = senderOf({ name: config.fromName, address: config.fromEmail }, email.sendFrom);
    return handOver(context, {
      url: ENDPOINT,
      headers: { authorization: `Bearer ${config.apiKey}` },
      json: {
        from: formatMailbox(from),
        to,
        subject: email.subject,
        text: email.text,
        html: htmlOf(email),
        reply_to: email.replyTo,
      },
      secrets: [config.apiKey],
      verdict: ({ status, body }) => {
        if (status >= 200 && status < 300) return body ? taken(body.id) : undefined;
        return body && status >= 400 ? refused(undefined, body.message ?? body.error) : undefined;
      },
    });
  },
});
