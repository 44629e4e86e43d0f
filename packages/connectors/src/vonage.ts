import { composeSms, defineSmsConnector, handOver, refused, taken } from '@latchkey/connector-kit';
import { z } from 'zod';
import { firstOf } from './answers.ts';
import { logos } from './logos.ts';
import { credential, isAscii, oneLine, smsTemplatesItem, smsTemplatesMember, textItem } from './message-config.ts';

const ENDPOINT = 'https://rest.nexmo.com/sms/json';

/** Text messages by Vonage, its SMS API. */
export const vonage = defineSmsConnector({
  metadata: {
    id: 'vonage-sms',
    target: 'vonage-sms',
    platform: null,
    name: { en: 'Vonage', ja: 'Vonage' },
    description: { en: 'Text messages by Vonage.', ja: 'Vonage で SMS を送信します。' },
    ...logos.vonage,
    formItems: [
      textItem('apiKey', ['API key', 'API キー']),
      textItem('apiSecret', ['API secret', 'API シークレット'], { secret: true }),
      textItem('brandName', ['Sender', '送信元'], {
        placeholder: 'Example',
        description: {
          en: 'A name, or a number of yours where names are not allowed.',
          ja: '送信者名、または名前を使えない地域では取得済みの番号を入力します。',
        },
      }),
      smsTemplatesItem,
    ],
  },
  configSchema: z.object({
    apiKey: credential,
    apiSecret: credential,
    brandName: oneLine(20),
    templates: smsTemplatesMember,
  }),

  sendMessage(request, context) {
    const { config, to } = request;
    const text = composeSms(request);
    return handOver(context, {
      url: ENDPOINT,
      form: {
        api_key: config.apiKey,
        api_secret: config.apiSecret,
        from: config.brandName,
        to,
        text,
        type: isAscii(text) ? 'text' : 'unicode',
      },
      secrets: [config.apiSecret],
      codes: {
        '1': 'rate_limit_exceeded',
        '4': 'authorization_failed',
        '5': 'general',
        '8': 'authorization_failed',
        '9': 'usage_limit_exceeded',
        '14': 'authorization_failed',
        '15': 'invalid_config',
      },
      // The status is in the answer: a refusal comes with 200 as well.
      verdict: ({ body }) => {
        const message = firstOf(body?.messages);
        if (message?.status === undefined) return undefined;
        return message.status === '0' ? taken(message['message-id']) : refused(message.status, message['error-text']);
      },
    });
  },
});
