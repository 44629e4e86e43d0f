import {
  baseUrlSchema,
  type FormItem,
  handOver,
  type MessageContext,
  type MessageReceipt,
  optionalText,
  svgDataUri,
  type TemplateType,
  taken,
} from '@latchkey/connector-kit';
import { z } from 'zod';

/** What the two connectors to a service of the operator's own share: its address, and one request a message. */

export const httpConfigSchema = z.object({
  endpoint: z
    .string()
    .trim()
    .max(2048)
    // The path and query are the operator's own; only the scheme and the host are judged.
    .refine((text) => URL.canParse(text) && baseUrlSchema.safeParse(new URL(text).origin).success, {
      message: 'Must be an https URL; http is for loopback hosts only.',
    }),
  authorization: optionalText(
    z
      .string()
      .trim()
      .max(4096)
      .regex(/^[\x20-\x7e]*$/, 'Must be one line of ASCII.'),
  ),
});

export const httpFormItems: readonly FormItem[] = [
  {
    key: 'endpoint',
    type: 'Text',
    required: true,
    placeholder: 'https://messages.example.com/send',
    label: { en: 'Endpoint', ja: 'エンドポイント' },
    description: {
      en: 'Each message is sent here as a POST request with the JSON members to, type and payload.',
      ja: 'メッセージごとに、to・type・payload を持つ JSON が POST で送信されます。',
    },
  },
  {
    key: 'authorization',
    type: 'Text',
    isConfidential: true,
    placeholder: 'Bearer …',
    label: { en: 'Authorization header', ja: 'Authorization ヘッダー' },
    description: {
      en: 'Sent with every request, so that your service knows who calls.',
      ja: 'すべてのリクエストに付けて送信されます。サービス側での認証に使用してください。',
    },
  },
];

export const httpLogo = (fill: string): string =>
  svgDataUri(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="${fill}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M8 6 3 12l5 6M16 6l5 6-5 6M13.5 4.5l-3 15"/></svg>`,
  );

/** Posts a message; any 2xx means that the service took it, whatever its body says. */
export const postMessage = (
  { endpoint, authorization }: z.output<typeof httpConfigSchema>,
  message: { to: string; type: TemplateType; payload: object },
  context: MessageContext,
): Promise<MessageReceipt> =>
  handOver(context, {
    url: endpoint,
    headers: authorization ? { authorization } : {},
    json: message,
    secrets: [authorization],
    verdict: ({ status }) => (status >= 200 && status < 300 ? taken() : undefined),
  });
