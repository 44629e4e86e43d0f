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

const ENDPOINT = 'https://api.resend.com/emails';

/** E-mail by Resend. */
export const resend = defineEmailConnector({
  metadata: {
    id: 'resend-email',
    target: 'resend-email',
    platform: null,
    name: { en: 'Resend', ja: 'Resend' },
    description: { en: 'E-mail by Resend.', ja: 'Resend でメールを送信します。' },
    ...logos.resend,
    formItems: [
      textItem('apiKey', ['API key', 'API キー'], { secret: true, placeholder: 're_…' }),
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
        to: [to],
        subject: email.subject,
        text: email.text,
        html: htmlOf(email),
        reply_to: email.replyTo,
      },
      secrets: [config.apiKey],
      codes: {
        daily_quota_exceeded: 'usage_limit_exceeded',
        monthly_quota_exceeded: 'usage_limit_exceeded',
        invalid_from_address: 'invalid_config',
        // A domain that is not verified is answered with 403, as a wrong key is.
        validation_error: 'invalid_config',
      },
      verdict: ({ status, body }) => {
        if (status === 200) return typeof body?.id === 'string' ? taken(body.id) : undefined;
        return typeof body?.name === 'string' ? refused(body.name, body.message) : undefined;
      },
    });
  },
});
