import { defineEmailConnector } from '@latchkey/connector-kit';
import { httpConfigSchema, httpFormItems, httpLogo, postMessage } from './http-message.ts';

/** E-mail by a service of one's own, which writes the text itself. */
export const httpEmail = defineEmailConnector({
  metadata: {
    id: 'http-email',
    target: 'http-mail',
    platform: null,
    name: { en: 'HTTP e-mail', ja: 'HTTP メール' },
    description: {
      en: 'Hands each e-mail to a web service of your own, which writes and sends it.',
      ja: 'メールを自社の Web サービスに渡します。本文の作成と送信はそのサービスが行います。',
    },
    logo: httpLogo('#1c7ed6'),
    logoDark: httpLogo('#74c0fc'),
    formItems: httpFormItems,
  },
  configSchema: httpConfigSchema,

  sendMessage: ({ config, to, type, payload, locale }, context) =>
    postMessage(config, { to, type, payload: { locale, ...payload } }, context),
});
