import { ConnectorError, defineSmsConnector, getTemplate, handOver } from '@latchkey/connector-kit';
import { z } from 'zod';
import {
  aliyunCodes,
  aliyunItems,
  aliyunSecrets,
  aliyunShape,
  aliyunSmsVerdict,
  isChineseNumber,
  nationalChineseNumber,
  signForAliyun,
} from './aliyun.ts';
import { logos } from './logos.ts';
import { oneLine, providerTemplatesItem, textItem, usageTypes } from './message-config.ts';

/** Codes by Alibaba Cloud's SMS authentication, with the signatures and templates that come with it. Numbers in China only. */
export const aliyunSmsAuth = defineSmsConnector({
  metadata: {
    id: 'aliyun-short-message-auth-service',
    target: 'aliyun-sms-mas',
    platform: null,
    name: { en: 'Alibaba Cloud SMS authentication', ja: 'Alibaba Cloud SMS 認証' },
    description: {
      en: 'Codes to numbers in mainland China, by signatures and templates that Alibaba Cloud provides.',
      ja: 'Alibaba Cloud が用意した署名とテンプレートで、中国本土の番号に確認コードを送信します。',
    },
    ...logos.alibabaCloud,
    formItems: [
      ...aliyunItems,
      textItem('signName', ['Signature', '署名']),
      providerTemplatesItem(
        { templateCode: '100001', minutes: '' },
        {
          en: 'Codes of the provided templates, and for how many minutes they say that a code is valid (10 if left out).',
          ja: '用意されているテンプレートのコードと、本文に表示する有効期間（分）です。省略時は 10 分です。',
        },
      ),
    ],
  },
  configSchema: z.object({
    ...aliyunShape,
    signName: oneLine(100),
    templates: z
      .array(
        z.object({
          usageType: usageTypes,
          templateCode: oneLine(64),
          minutes: z.coerce.number().int().min(1).max(1440).default(10),
        }),
      )
      .min(1),
  }),

  async sendMessage({ config, to, type, payload }, context) {
    if (!isChineseNumber(to)) {
      throw new ConnectorError('invalid_request_parameters', 'The service reaches numbers in mainland China only.');
    }
    if (!payload.code) throw new ConnectorError('template_not_supported', 'The service sends nothing but codes.');
    const { templateCode, minutes } = getTemplate(config.templates, type);
    const call = {
      Action: 'SendSmsVerifyCode',
      Version: '2017-05-25',
      RegionId: 'cn-hangzhou',
      CountryCode: '86',
      PhoneNumber: nationalChineseNumber(to),
      SignName: config.signName,
      TemplateCode: templateCode,
      TemplateParam: JSON.stringify({ code: payload.code, min: String(minutes) }),
    };
    return handOver(context, {
      url: 'https://dypnsapi.aliyuncs.com/',
      form: signForAliyun(config, call, context.now()),
      secrets: aliyunSecrets(config),
      codes: { ...aliyunCodes, FREQUENCY_FAIL: 'rate_limit_exceeded', 'biz.FREQUENCY': 'rate_limit_exceeded' },
      verdict: aliyunSmsVerdict,
    });
  },
});
