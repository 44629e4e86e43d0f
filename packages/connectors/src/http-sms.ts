import { defineSmsConnector } from '@latchkey/connector-kit';
import { httpConfigSchema, httpFormItems, httpLogo, postMessage } from './http-message.ts';

/** Text messages by a service of one's own, which writes the text itself. */
export const httpSms = defineSmsConnector({
  metadata: {
    id: 'http-sms',
    target: 'http-sms',
    platform: null,
    name: { en: 'HTTP SMS', ja: 'HTTP SMS' },
    description: {
      en: 'Hands each text message to a web service of your own, which writes and sends it.',
      ja: 'SMS を自社の Web サービスに渡します。本文の作成と送信はそのサービスが行います。',
    },
    logo: httpLogo('#2b8a3e'),
    logoDark: httpLogo('#8ce99a'),
    formItems: httpFormItems,
  },
  configSchema: httpConfigSchema,

  sendMessage: ({ config, to, type, payload, locale }, context) =>
    postMessage(config, { to, type, payload: { locale, ...payload } }, context),
});
