import { composeSms, defineSmsConnector, handOver, optionalText, refused, taken } from '@latchkey/connector-kit';
import { z } from 'zod';
import { awsItems, awsOrigin, awsSecrets, awsShape, signForAws } from './aws.ts';
import { logos } from './logos.ts';
import { smsTemplatesItem, smsTemplatesMember, textItem } from './message-config.ts';

const TYPE = 'application/x-www-form-urlencoded; charset=utf-8';

/** Members of the service's XML that are read: plain words of ASCII, so that no parser is needed. */
const elementOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]{1,1000})</${name}>`).exec(xml)?.[1];

function bodyOf(to: string, message: string, senderId: string | undefined): string {
  const form = new URLSearchParams({
    Action: 'Publish',
    Version: '2010-03-31',
    PhoneNumber: `+${to}`,
    Message: message,
  });
  const attributes = [
    ['AWS.SNS.SMS.SMSType', 'Transactional'],
    ...(senderId ? [['AWS.SNS.SMS.SenderID', senderId]] : []),
  ];
  for (const [index, [name = '', value = '']] of attributes.entries()) {
    const entry = `MessageAttributes.entry.${index + 1}`;
    form.set(`${entry}.Name`, name);
    form.set(`${entry}.Value.DataType`, 'String');
    form.set(`${entry}.Value.StringValue`, value);
  }
  return form.toString();
}

/** Text messages by Amazon Simple Notification Service. */
export const awsSns = defineSmsConnector({
  metadata: {
    id: 'aws-sns-sms',
    target: 'aws-sns-sms',
    platform: null,
    name: { en: 'Amazon SNS', ja: 'Amazon SNS' },
    description: {
      en: 'Text messages by Amazon Simple Notification Service.',
      ja: 'Amazon Simple Notification Service で SMS を送信します。',
    },
    ...logos.awsSns,
    formItems: [
      ...awsItems,
      textItem('senderId', ['Sender ID', '送信者 ID'], {
        optional: true,
        placeholder: 'Example',
        description: { en: 'Where the country supports one.', ja: '対応している国でのみ表示されます。' },
      }),
      smsTemplatesItem,
    ],
  },
  configSchema: z.object({
    ...awsShape,
    senderId: optionalText(z.string().regex(/^[A-Za-z0-9-]{1,11}$/, 'Must be at most 11 letters, digits and hyphens.')),
    templates: smsTemplatesMember,
  }),

  async sendMessage(request, context) {
    const { config, to } = request;
    const url = `${awsOrigin('sns', config.region)}/`;
    const body = bodyOf(to, composeSms(request), config.senderId);
    return handOver(context, {
      url,
      headers: {
        accept: 'text/xml',
        ...(await signForAws(config, { service: 'sns', url, type: TYPE, body, now: context.now() })),
      },
      body,
      secrets: awsSecrets(config),
      codes: {
        Throttled: 'rate_limit_exceeded',
        Throttling: 'rate_limit_exceeded',
        InternalError: 'general',
      },
      verdict: ({ status, text }) => {
        const messageId = elementOf(text, 'MessageId');
        if (status === 200) return messageId ? taken(messageId) : undefined;
        const code = elementOf(text, 'Code');
        return code ? refused(code, elementOf(text, 'Message')) : undefined;
      },
    });
  },
});
