import {
  composeEmail,
  defineEmailConnector,
  handOver,
  htmlOf,
  optionalText,
  refused,
  taken,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { aliyunCodes, aliyunItems, aliyunSecrets, aliyunShape, signForAliyun } from './aliyun.ts';
import { logos } from './logos.ts';
import { emailTemplatesItem, emailTemplatesMember, oneLine, region, textItem } from './message-config.ts';

const HOME = 'cn-hangzhou';

/** E-mail by Alibaba Cloud Direct Mail. */
export const aliyunDirectMail = defineEmailConnector({
  metadata: {
    id: 'aliyun-direct-mail',
    target: 'aliyun-dm',
    platform: null,
    name: { en: 'Alibaba Cloud Direct Mail', ja: 'Alibaba Cloud Direct Mail' },
    description: {
      en: 'E-mail by Alibaba Cloud (Aliyun) Direct Mail.',
      ja: 'Alibaba Cloud（Aliyun）Direct Mail でメールを送信します。',
    },
    ...logos.alibabaCloud,
    formItems: [
      ...aliyunItems,
      textItem('regionId', ['Region', 'リージョン'], { optional: true, placeholder: HOME }),
      textItem('accountName', ['Sender address', '送信元アドレス'], { placeholder: 'no-reply@mail.example.com' }),
      textItem('fromAlias', ['Sender’s name', '送信者名'], { optional: true, placeholder: 'Example' }),
      emailTemplatesItem,
    ],
  },
  configSchema: z.object({
    ...aliyunShape,
    regionId: optionalText(region),
    accountName: z.email().max(320),
    // The service itself takes no more than fifteen characters.
    fromAlias: optionalText(oneLine(15)),
    templates: emailTemplatesMember,
  }),

  sendMessage(request, context) {
    const { config, to } = request;
    const { regionId = HOME } = config;
    const email = composeEmail(request);
    const call = {
      Action: 'SingleSendMail',
      Version: '2015-11-23',
      RegionId: regionId,
      AccountName: config.accountName,
      // A sender address, not a random one.
      AddressType: '1',
      ReplyToAddress: email.replyTo ? 'false' : 'true',
      ReplyAddress: email.replyTo,
      ToAddress: to,
      FromAlias: config.fromAlias,
      Subject: email.subject,
      TextBody: email.text,
      HtmlBody: htmlOf(email),
    };
    return handOver(context, {
      url: regionId === HOME ? 'https://dm.aliyuncs.com/' : `https://dm.${regionId}.aliyuncs.com/`,
      form: signForAliyun(config, call, context.now()),
      secrets: aliyunSecrets(config),
      codes: {
        ...aliyunCodes,
        'InvalidMailAddress.NotFound': 'invalid_config',
        'InvalidMailAddress.Status': 'invalid_config',
        InvalidFromAlias: 'invalid_config',
      },
      verdict: ({ status, body }) => {
        if (typeof body?.Code === 'string') return refused(body.Code, body.Message);
        return status === 200 && typeof body?.EnvId === 'string' ? taken(body.EnvId) : undefined;
      },
    });
  },
});
