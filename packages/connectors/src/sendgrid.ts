import {
  composeEmail,
  defineEmailConnector,
  handOver,
  htmlOf,
  parseMailbox,
  refused,
  senderOf,
  taken,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { firstOf } from './answers.ts';
import { logos } from './logos.ts';
import {
  credential,
  emailTemplatesItem,
  emailTemplatesMember,
  senderItems,
  senderShape,
  textItem,
} from './message-config.ts';

const ENDPOINT = 'https://api.sendgrid.com/v3/mail/send';

/** E-mail by Twilio SendGrid. */
export const sendGrid = defineEmailConnector({
  metadata: {
    id: 'sendgrid-email-service',
    target: 'sendgrid',
    platform: null,
    name: { en: 'SendGrid', ja: 'SendGrid' },
    description: { en: 'E-mail by Twilio SendGrid.', ja: 'Twilio SendGrid でメールを送信します。' },
    ...logos.sendGrid,
    formItems: [
      textItem('apiKey', ['API key', 'API キー'], { secret: true, placeholder: 'SG.…' }),
      ...senderItems,
      emailTemplatesItem,
    ],
  },
  configSchema: z.object({ apiKey: credential, ...senderShape, templates: emailTemplatesMember }),

  sendMessage(request, context) {
    const { config, to } = request;
    const email = composeEmail(request);
    const html = htmlOf(email);
    const from = senderOf({ name: config.fromName, address: config.fromEmail }, email.sendFrom);
    const replyTo = parseMailbox(email.replyTo ?? '');
    return handOver(context, {
      url: ENDPOINT,
      headers: { authorization: `Bearer ${config.apiKey}` },
      json: {
        personalizations: [{ to: [{ email: to }] }],
        from: { email: from.address, name: from.name },
        reply_to: replyTo && { email: replyTo.address, name: replyTo.name },
        subject: email.subject,
        // The plainest first, as the provider asks.
        content: [
          { type: 'text/plain', value: email.text },
          ...(html === undefined ? [] : [{ type: 'text/html', value: html }]),
        ],
      },
      secrets: [config.apiKey],
      verdict: ({ status, body }) => {
        if (status === 202) return taken();
        const error = firstOf(body?.errors);
        return error && refused(error.field, error.message);
      },
    });
  },
});
