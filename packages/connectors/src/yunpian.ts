import {
  ConnectorError,
  composeSms,
  defineSmsConnector,
  handOver,
  optionalText,
  refused,
  taken,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { isChineseNumber, nationalChineseNumber } from './aliyun.ts';
import { logos } from './logos.ts';
import { credential, flag, oneLine, smsTemplatesItem, smsTemplatesMember, textItem } from './message-config.ts';

const ENDPOINT = 'https://sms.yunpian.com/v2/sms/single_send.json';

/** Text messages by Yunpian. */
export const yunpian = defineSmsConnector({
  metadata: {
    id: 'yunpian-sms',
    target: 'yunpian-sms',
    platform: null,
    name: { en: 'Yunpian', ja: 'Yunpian（云片）' },
    description: { en: 'Text messages by Yunpian.', ja: 'Yunpian（云片）で SMS を送信します。' },
    ...logos.yunpian,
    formItems: [
      textItem('apikey', ['API key', 'API キー'], { secret: true }),
      smsTemplatesItem,
      {
        key: 'enableInternational',
        type: 'Switch',
        defaultValue: false,
        label: { en: 'Numbers outside China', ja: '中国国外の番号にも送信する' },
      },
      textItem('unsupportedCountriesMsg', ['Words of the refusal', '送信できない番号へのメッセージ'], {
        optional: true,
        description: {
          en: 'Kept in the delivery log when a number outside China is refused.',
          ja: '中国国外の番号への送信を拒否したときに、配信ログに記録されます。',
        },
      }),
    ],
  },
  configSchema: z.object({
    apikey: credential,
    templates: smsTemplatesMember,
    enableInternational: flag,
    unsupportedCountriesMsg: optionalText(oneLine(500)),
  }),

  async sendMessage(request, context) {
    const { config, to } = request;
    const chinese = isChineseNumber(to);
    if (!chinese && !config.enableInternational) {
      throw new ConnectorError(
        'invalid_request_parameters',
        config.unsupportedCountriesMsg ?? 'Numbers outside China are not enabled.',
      );
    }
    return handOver(context, {
      url: ENDPOINT,
      form: {
        apikey: config.apikey,
        mobile: chinese ? nationalChineseNumber(to) : `+${to}`,
        text: composeSms(request),
      },
      secrets: [config.apikey],
      codes: {
        '-1': 'authorization_failed',
        '-3': 'authorization_failed',
        '-50': 'general',
        '3': 'usage_limit_exceeded',
        '5': 'template_not_found',
        '8': 'rate_limit_exceeded',
        '9': 'rate_limit_exceeded',
        '17': 'rate_limit_exceeded',
        '22': 'rate_limit_exceeded',
        '33': 'rate_limit_exceeded',
        '53': 'rate_limit_exceeded',
      },
      verdict: ({ body }) => {
        if (typeof body?.code !== 'number') return undefined;
        return body.code === 0 ? taken(body.sid) : refused(body.code, body.detail ?? body.msg);
      },
    });
  },
});
