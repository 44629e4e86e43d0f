import { composeSms, defineSmsConnector, handOver, refused, taken } from '@latchkey/connector-kit';
import { z } from 'zod';
import { firstOf } from './answers.ts';
import { logos } from './logos.ts';
import { credential, oneLine, smsTemplatesItem, smsTemplatesMember, textItem } from './message-config.ts';

const ENDPOINT = 'https://rest.messagebird.com/messages';

/** Text messages by Bird, which was MessageBird, its SMS API. */
export const messageBird = defineSmsConnector({
  metadata: {
    id: 'messagebird-sms',
    target: 'messagebird-sms',
    platform: null,
    name: { en: 'Bird (MessageBird)', ja: 'Bird（MessageBird）' },
    description: {
      en: 'Text messages by Bird, formerly MessageBird.',
      ja: 'Bird（旧 MessageBird）で SMS を送信します。',
    },
    ...logos.messageBird,
    formItems: [
      textItem('accessKey', ['Access key', 'アクセスキー'], { secret: true }),
      textItem('originator', ['Originator', '送信元'], {
        placeholder: 'Example',
        description: {
          en: 'A name of at most 11 letters, or a number of yours.',
          ja: '11 文字以内の名前、または取得済みの番号を入力します。',
        },
      }),
      smsTemplatesItem,
    ],
  },
  configSchema: z.object({ accessKey: credential, originator: oneLine(17), templates: smsTemplatesMember }),

  sendMessage(request, context) {
    const { config, to } = request;
    return handOver(context, {
      url: ENDPOINT,
      headers: { authorization: `AccessKey ${config.accessKey}` },
      json: { originator: config.originator, recipients: [to], body: composeSms(request), datacoding: 'auto' },
      secrets: [config.accessKey],
      codes: { '2': 'authorization_failed', '25': 'usage_limit_exceeded', '98': 'general', '99': 'general' },
      verdict: ({ status, body }) => {
        if (status === 201) return typeof body?.id === 'string' ? taken(body.id) : undefined;
        const error = firstOf(body?.errors);
        return error && refused(error.code, error.description);
      },
    });
  },
});
