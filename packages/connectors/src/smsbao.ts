import { composeSms, defineSmsConnector, handOver, optionalText, refused, taken } from '@latchkey/connector-kit';
import { z } from 'zod';
import { isChineseNumber, nationalChineseNumber } from './aliyun.ts';
import { logos } from './logos.ts';
import { credential, oneLine, smsTemplatesItem, smsTemplatesMember, textItem } from './message-config.ts';

const ORIGIN = 'https://api.smsbao.com';

/** Words of the documentation for the numbers that the service answers. */
const SENTENCES: Readonly<Record<string, string>> = {
  '-1': 'A parameter is missing.',
  '-2': 'The server does not support the request.',
  '30': 'The password is wrong.',
  '40': 'There is no such account.',
  '41': 'The balance is too low.',
  '42': 'The account has expired.',
  '43': 'This IP address is not allowed.',
  '50': 'The text has words that are not allowed.',
  '51': 'The phone number is wrong.',
};

/** Text messages by smsbao. */
export const smsBao = defineSmsConnector({
  metadata: {
    id: 'smsbao-sms',
    target: 'smsbao-sms',
    platform: null,
    name: { en: 'smsbao', ja: 'smsbao（短信宝）' },
    description: { en: 'Text messages by smsbao.', ja: 'smsbao（短信宝）で SMS を送信します。' },
    ...logos.smsBao,
    formItems: [
      textItem('username', ['User name', 'ユーザー名']),
      textItem('passwordOrApiKey', ['API key, or MD5 of the password', 'API キー、またはパスワードの MD5'], {
        secret: true,
      }),
      textItem('goodsId', ['Product ID', '製品 ID'], {
        optional: true,
        description: { en: 'Of a dedicated channel.', ja: '専用チャネルを使用する場合に入力します。' },
      }),
      smsTemplatesItem,
    ],
  },
  configSchema: z.object({
    username: oneLine(100),
    passwordOrApiKey: credential,
    goodsId: optionalText(oneLine(64)),
    templates: smsTemplatesMember,
  }),

  sendMessage(request, context) {
    const { config, to } = request;
    const chinese = isChineseNumber(to);
    const query = new URLSearchParams({
      u: config.username,
      p: config.passwordOrApiKey,
      ...(config.goodsId && { g: config.goodsId }),
      m: chinese ? nationalChineseNumber(to) : `+${to}`,
      c: composeSms(request),
    });
    return handOver(context, {
      // Numbers outside China have an address of their own.
      url: `${ORIGIN}/${chinese ? 'sms' : 'wsms'}?${query}`,
      method: 'GET',
      secrets: [config.passwordOrApiKey],
      codes: {
        '30': 'authorization_failed',
        '40': 'authorization_failed',
        '41': 'usage_limit_exceeded',
        '42': 'usage_limit_exceeded',
        '43': 'authorization_failed',
      },
      // The whole answer is a number, with more lines after it at times.
      verdict: ({ status, text }) => {
        const code = /^-?\d{1,3}(?=\s|$)/.exec(text.trim())?.[0];
        if (status !== 200 || code === undefined) return undefined;
        return code === '0' ? taken() : refused(code, SENTENCES[code]);
      },
    });
  },
});
