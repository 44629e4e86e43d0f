import { composeSms, defineSmsConnector, endpointSchema, handOver, refused, taken } from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import { credential, isAscii, oneLine, smsTemplatesItem, smsTemplatesMember, textItem } from './message-config.ts';

const ENDPOINT = 'https://gatewayapi.com/rest/mtsms';

/** Text messages by GatewayAPI. */
export const gatewayApi = defineSmsConnector({
  metadata: {
    id: 'gatewayapi-sms',
    target: 'gatewayapi-sms',
    platform: null,
    name: { en: 'GatewayAPI', ja: 'GatewayAPI' },
    description: { en: 'Text messages by GatewayAPI.', ja: 'GatewayAPI で SMS を送信します。' },
    ...logos.gatewayApi,
    formItems: [
      {
        key: 'endpoint',
        type: 'Text',
        required: true,
        defaultValue: ENDPOINT,
        label: { en: 'Endpoint', ja: 'エンドポイント' },
        description: {
          en: 'https://gatewayapi.eu/rest/mtsms for accounts in the EU.',
          ja: 'EU のアカウントの場合は https://gatewayapi.eu/rest/mtsms を入力します。',
        },
      },
      textItem('apiToken', ['API token', 'API トークン'], { secret: true }),
      textItem('sender', ['Sender', '送信元'], { placeholder: 'Example' }),
      smsTemplatesItem,
    ],
  },
  configSchema: z.object({
    endpoint: endpointSchema,
    apiToken: credential,
    sender: oneLine(18),
    templates: smsTemplatesMember,
  }),

  sendMessage(request, context) {
    const { config, to } = request;
    const message = composeSms(request);
    return handOver(context, {
      url: config.endpoint,
      headers: { authorization: `Basic ${Buffer.from(`${config.apiToken}:`).toString('base64')}` },
      json: {
        sender: config.sender,
        message,
        // Otherwise letters outside the phones' own alphabet are lost.
        encoding: isAscii(message) ? 'UTF8' : 'UCS2',
        recipients: [{ msisdn: Number(to) }],
      },
      secrets: [config.apiToken],
      codes: { '0x0216': 'usage_limit_exceeded' },
      verdict: ({ status, body }) => {
        if (status === 200) return Array.isArray(body?.ids) ? taken(body.ids[0]) : undefined;
        return body ? refused(body.code, body.message) : undefined;
      },
    });
  },
});
