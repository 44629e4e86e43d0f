import { defineSmsConnector, getTemplate, handOver } from '@latchkey/connector-kit';
import { z } from 'zod';
import {
  aliyunCodes,
  aliyunItems,
  aliyunSecrets,
  aliyunShape,
  aliyunSmsVerdict,
  isChineseNumber,
  signForAliyun,
} from './aliyun.ts';
import { logos } from './logos.ts';
import { flag, oneLine, providerTemplatesItem, textItem, usageTypes } from './message-config.ts';

const templateCode = oneLine(64);
const forRegions = z.object({ china: templateCode, overseas: templateCode });

/** Text messages by Alibaba Cloud SMS, of templates that are approved there. */
export const aliyunSms = defineSmsConnector({
  metadata: {
    id: 'aliyun-short-message-service',
    target: 'aliyun-sms',
    platform: null,
    name: { en: 'Alibaba Cloud SMS', ja: 'Alibaba Cloud SMS' },
    description: {
      en: 'Text messages by Alibaba Cloud (Aliyun) SMS.',
      ja: 'Alibaba Cloud（Aliyun）SMS で SMS を送信します。',
    },
    ...logos.alibabaCloud,
    formItems: [
      ...aliyunItems,
      textItem('signName', ['Signature', '署名']),
      providerTemplatesItem(
        { templateCode: 'SMS_…' },
        {
          en: 'Codes of approved templates, whose variables are called code and link. In place of a code there may be { "china": "SMS_…", "overseas": "SMS_…" }.',
          ja: '承認済みテンプレートのコードです。変数名は code と link です。コードの代わりに { "china": "SMS_…", "overseas": "SMS_…" } も指定できます。',
        },
      ),
      {
        key: 'strictPhoneRegionNumberCheck',
        type: 'Switch',
        defaultValue: true,
        label: { en: 'Chinese numbers have a country code', ja: '中国の番号は国番号付きのみとする' },
        description: {
          en: 'When off, eleven digits that begin with 1 are taken for a number in China too.',
          ja: 'オフの場合、1 で始まる 11 桁の番号も中国の番号とみなします。',
        },
      },
    ],
  },
  configSchema: z.object({
    ...aliyunShape,
    signName: oneLine(100),
    templates: z.array(z.object({ usageType: usageTypes, templateCode: templateCode.or(forRegions) })).min(1),
    strictPhoneRegionNumberCheck: flag,
  }),

  async sendMessage({ config, to, type, payload }, context) {
    const { templateCode: code } = getTemplate(config.templates, type);
    const chinese = isChineseNumber(to, config.strictPhoneRegionNumberCheck ?? false);
    const call = {
      Action: 'SendSms',
      Version: '2017-05-25',
      RegionId: 'cn-hangzhou',
      PhoneNumbers: to,
      SignName: config.signName,
      TemplateCode: typeof code === 'string' ? code : code[chinese ? 'china' : 'overseas'],
      TemplateParam: JSON.stringify({ code: payload.code, link: payload.link }),
    };
    return handOver(context, {
      url: 'https://dysmsapi.aliyuncs.com/',
      form: signForAliyun(config, call, context.now()),
      secrets: aliyunSecrets(config),
      codes: aliyunCodes,
      verdict: aliyunSmsVerdict,
    });
  },
});
