import { composeSms, defineSmsConnector, handOver, refused, taken } from '@latchkey/connector-kit';
import { z } from 'zod';
import { firstOf, objectOf } from './answers.ts';
import { logos } from './logos.ts';
import { credential, oneLine, smsTemplatesItem, smsTemplatesMember, textItem } from './message-config.ts';

const ENDPOINT = 'https://gate.smsaero.ru/v2/sms/send';

/** Text messages by SMS Aero. */
export const smsAero = defineSmsConnector({
  metadata: {
    id: 'smsaero-short-message-service',
    target: 'smsaero-sms',
    platform: null,
    name: { en: 'SMS Aero', ja: 'SMS Aero' },
    description: { en: 'Text messages by SMS Aero.', ja: 'SMS Aero で SMS を送信します。' },
    ...logos.smsAero,
    formItems: [
      textItem('email', ['Account’s e-mail address', 'アカウントのメールアドレス']),
      textItem('apiKey', ['API key', 'API キー'], { secret: true }),
      textItem('senderName', ['Sender', '送信元'], { placeholder: 'SMS Aero' }),
      smsTemplatesItem,
    ],
  },
  configSchema: z.object({
    email: z.email().max(320),
    apiKey: credential,
    senderName: oneLine(64),
    templates: smsTemplatesMember,
  }),

  sendMessage(request, context) {
    const { config, to } = request;
    return handOver(context, {
      url: ENDPOINT,
      headers: { authorization: `Basic ${Buffer.from(`${config.email}:${config.apiKey}`).toString('base64')}` },
      json: { number: to, sign: config.senderName, text: composeSms(request) },
      secrets: [config.apiKey],
      verdict: ({ body }) => {
        if (typeof body?.success !== 'boolean') return undefined;
        if (!body.success) return refused(undefined, body.message);
        return taken((objectOf(body.data) ?? firstOf(body.data))?.id);
      },
    });
  },
});
