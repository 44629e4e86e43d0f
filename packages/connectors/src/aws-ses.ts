import {
  ConnectorError,
  composeEmail,
  defineEmailConnector,
  formatMailbox,
  handOver,
  htmlOf,
  optionalText,
  parseMailbox,
  refused,
  senderOf,
  taken,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { awsItems, awsOrigin, awsSecrets, awsShape, signForAws } from './aws.ts';
import { logos } from './logos.ts';
import { emailTemplatesItem, emailTemplatesMember, mailbox, oneLine, textItem } from './message-config.ts';

const arn = optionalText(oneLine(2048));

/** E-mail by Amazon Simple Email Service, its API of version 2. */
export const awsSes = defineEmailConnector({
  metadata: {
    id: 'aws-ses-mail',
    target: 'aws-ses',
    platform: null,
    name: { en: 'Amazon SES', ja: 'Amazon SES' },
    description: {
      en: 'E-mail by Amazon Simple Email Service.',
      ja: 'Amazon Simple Email Service でメールを送信します。',
    },
    ...logos.awsSes,
    formItems: [
      ...awsItems,
      textItem('emailAddress', ['Sender', '送信元'], {
        optional: true,
        placeholder: 'Example <no-reply@example.com>',
        description: {
          en: 'A verified identity. May stay empty when each e-mail template names its sender.',
          ja: '検証済みの ID を指定します。すべてのメールテンプレートに送信元がある場合は空欄でもかまいません。',
        },
      }),
      textItem('emailAddressIdentityArn', ['ARN of the sender’s identity', '送信元 ID の ARN'], { optional: true }),
      textItem('feedbackForwardingEmailAddress', ['Address for bounces', 'バウンス通知の転送先'], { optional: true }),
      textItem(
        'feedbackForwardingEmailAddressIdentityArn',
        ['ARN of the identity for bounces', 'バウンス通知の転送先 ID の ARN'],
        { optional: true },
      ),
      textItem('configurationSetName', ['Configuration set', '設定セット'], { optional: true }),
      emailTemplatesItem,
    ],
  },
  configSchema: z.object({
    ...awsShape,
    emailAddress: optionalText(mailbox),
    emailAddressIdentityArn: arn,
    feedbackForwardingEmailAddress: optionalText(mailbox),
    feedbackForwardingEmailAddressIdentityArn: arn,
    configurationSetName: optionalText(oneLine(64)),
    templates: emailTemplatesMember,
  }),

  async sendMessage(request, context) {
    const { config, to } = request;
    const email = composeEmail(request);
    const configured = parseMailbox(config.emailAddress ?? '') ?? parseMailbox(email.sendFrom ?? '');
    if (!configured) throw new ConnectorError('invalid_config', 'Neither the connector nor the template has a sender.');
    const url = `${awsOrigin('email', config.region)}/v2/email/outbound-emails`;
    const charset = 'UTF-8';
    const html = htmlOf(email);
    const body = JSON.stringify({
      FromEmailAddress: formatMailbox(senderOf(configured, email.sendFrom)),
      FromEmailAddressIdentityArn: config.emailAddressIdentityArn,
      Destination: { ToAddresses: [to] },
      ReplyToAddresses: email.replyTo ? [email.replyTo] : undefined,
      FeedbackForwardingEmailAddress: config.feedbackForwardingEmailAddress,
      FeedbackForwardingEmailAddressIdentityArn: config.feedbackForwardingEmailAddressIdentityArn,
      ConfigurationSetName: config.configurationSetName,
      Content: {
        Simple: {
          Subject: { Data: email.subject, Charset: charset },
          Body: {
            Text: { Data: email.text, Charset: charset },
            Html: html === undefined ? undefined : { Data: html, Charset: charset },
          },
        },
      },
    });
    return handOver(context, {
      url,
      headers: await signForAws(config, { service: 'ses', url, type: 'application/json', body, now: context.now() }),
      body,
      secrets: awsSecrets(config),
      verdict: ({ status, body: answer }) => {
        if (status === 200) return typeof answer?.MessageId === 'string' ? taken(answer.MessageId) : undefined;
        return answer ? refused(answer.__type, answer.message ?? answer.Message) : undefined;
      },
    });
  },
});
