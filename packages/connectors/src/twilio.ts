import { composeSms, defineSmsConnector, handOver, refused, taken } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import { credential, flag, smsTemplatesItem, smsTemplatesMember, textItem } from './message-config.ts';

const ORIGIN = 'https://api.twilio.com';

/** Text messages by a Twilio messaging service. */
export const twilio = defineSmsConnector({
  metadata: {
    id: 'twilio-short-message-service',
    target: 'twilio-sms',
    platform: null,
    name: { en: 'Twilio', ja: 'Twilio' },
    description: { en: 'Text messages by Twilio.', ja: 'Twilio で SMS を送信します。' },
    ...logos.twilio,
    formItems: [
      textItem('accountSID', ['Account SID', 'Account SID'], { placeholder: 'AC…' }),
      textItem('authToken', ['Auth token', 'Auth Token'], { secret: true }),
      textItem('fromMessagingServiceSID', ['Messaging service SID', 'Messaging Service SID'], { placeholder: 'MG…' }),
      {
        key: 'disableRiskCheck',
        type: 'Switch',
        defaultValue: false,
        label: { en: 'Skip SMS pumping protection', ja: 'SMS パンピング保護を無効にする' },
        description: {
          en: 'Twilio then no longer blocks messages that it takes for fraud.',
          ja: '不正と判定されたメッセージも Twilio でブロックされなくなります。',
        },
      },
      smsTemplatesItem,
    ],
  },
  configSchema: z.object({
    accountSID: credential.regex(/^\w+$/, 'Must be a SID.'),
    authToken: credential,
    fromMessagingServiceSID: credential,
    disableRiskCheck: flag,
    templates: smsTemplatesMember,
  }),

  sendMessage(request, context) {
    const { config, to } = request;
    const { accountSID, authToken } = config;
    return handOver(context, {
      url: `${ORIGIN}/2010-04-01/Accounts/${accountSID}/Messages.json`,
      headers: { authorization: `Basic ${Buffer.from(`${accountSID}:${authToken}`).toString('base64')}` },
      form: {
        To: `+${to}`,
        MessagingServiceSid: config.fromMessagingServiceSID,
        Body: composeSms(request),
        RiskCheck: config.disableRiskCheck ? 'disable' : undefined,
      },
      secrets: [authToken],
      codes: {
        '20003': 'authorization_failed',
        '20429': 'rate_limit_exceeded',
        '21701': 'invalid_config',
        '21703': 'invalid_config',
        '63038': 'usage_limit_exceeded',
      },
      verdict: ({ status, body }) => {
        if (status === 201) return typeof body?.sid === 'string' ? taken(body.sid) : undefined;
        return body?.code === undefined ? undefined : refused(body.code, body.message);
      },
    });
  },
});
