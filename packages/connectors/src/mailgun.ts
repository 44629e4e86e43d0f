import {
  baseUrlSchema,
  composeEmail,
  defineEmailConnector,
  formatMailbox,
  handOver,
  htmlOf,
  type MessageRequest,
  optionalText,
  parseMailbox,
  refused,
  renderEmail,
  renderSms,
  senderOf,
  taken,
  templateTypes,
} from '@latchkey/connector-kit';
import { z } from 'zod';
import { logos } from './logos.ts';
import { credential, mailbox, oneLine, textItem } from './message-config.ts';

const text = z.string().min(1).max(262_144);
const shared = { subject: optionalText(oneLine(998)), replyTo: optionalText(mailbox) };
/** A text of one's own, or the name of a template that is kept at Mailgun. */
const delivery = z.union([
  z.object({ html: text, text: text.optional(), ...shared }),
  z.object({ template: oneLine(255), variables: z.record(z.string(), z.unknown()).optional(), ...shared }),
]);

const configSchema = z.object({
  endpoint: optionalText(baseUrlSchema).pipe(z.string().default('https://api.mailgun.net')),
  domain: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9.-]{1,253}$/, 'Must be a domain.'),
  apiKey: credential,
  from: mailbox,
  deliveries: z.preprocess(
    (value) => (value === '' || value === null ? undefined : value),
    z.partialRecord(z.enum(templateTypes), delivery).optional(),
  ),
});

type Request = MessageRequest<z.output<typeof configSchema>, Parameters<typeof renderEmail>[0]>;

/** The fields of the form that are the message itself. */
function contentOf(request: Request): Record<string, string | undefined> {
  const { config, type, payload, template, fallback } = request;
  const chosen = config.deliveries?.[type] ?? config.deliveries?.Generic;
  if (template || !chosen) {
    const email = composeEmail({ config: {}, type, payload, template, fallback });
    return {
      from: formatMailbox(senderOf(parseMailbox(config.from) ?? { address: config.from }, email.sendFrom)),
      subject: email.subject,
      text: email.text,
      html: htmlOf(email),
      'h:Reply-To': email.replyTo,
    };
  }
  const common = { from: config.from, 'h:Reply-To': chosen.replyTo };
  if ('template' in chosen) {
    const variables = JSON.stringify({ ...chosen.variables, ...payload });
    const subject = chosen.subject && renderEmail({ ...fallback, subject: chosen.subject }, payload).subject;
    return { ...common, subject, template: chosen.template, 't:variables': variables };
  }
  const {
    subject,
    content,
    text: plain,
  } = renderEmail(
    { subject: chosen.subject ?? fallback.subject, content: chosen.html, contentType: 'text/html' },
    payload,
  );
  return {
    ...common,
    subject,
    html: content,
    text: chosen.text ? renderSms({ content: chosen.text }, payload).content : plain,
  };
}

/** E-mail by Mailgun. */
export const mailgun = defineEmailConnector({
  metadata: {
    id: 'mailgun-email',
    target: 'mailgun-email',
    platform: null,
    name: { en: 'Mailgun', ja: 'Mailgun' },
    description: {
      en: 'E-mail by Mailgun, in the US or the EU.',
      ja: 'Mailgun（米国または EU）でメールを送信します。',
    },
    ...logos.mailgun,
    formItems: [
      textItem('endpoint', ['Endpoint', 'エンドポイント'], {
        optional: true,
        placeholder: 'https://api.mailgun.net',
        description: {
          en: 'https://api.eu.mailgun.net for domains in the EU region.',
          ja: 'EU リージョンのドメインの場合は https://api.eu.mailgun.net を入力します。',
        },
      }),
      textItem('domain', ['Domain', 'ドメイン'], { placeholder: 'mg.example.com' }),
      textItem('apiKey', ['API key', 'API キー'], { secret: true }),
      textItem('from', ['Sender', '送信元'], { placeholder: 'Example <no-reply@mg.example.com>' }),
      {
        key: 'deliveries',
        type: 'Json',
        // The two ways to give a text; the purposes stand for any.
        placeholder: JSON.stringify({
          Generic: { subject: 'Your code: {{code}}', html: '<p>{{code}}</p>', text: '', replyTo: '' },
          SignIn: { template: 'verification-code', subject: '', replyTo: '', variables: {} },
        }),
        label: { en: 'Deliveries', ja: '配信設定' },
        description: {
          en: 'A text in one language, or the name of a template that is kept at Mailgun, for each purpose. A purpose without one uses the e-mail templates, which are edited on their own page.',
          ja: '用途ごとに、1 言語の文面、または Mailgun に保存されたテンプレートの名前を指定します。指定しない用途には、専用ページで編集できるメールテンプレートが使用されます。',
        },
      },
    ],
  },
  configSchema,

  sendMessage: (request, context) => {
    const { config, to } = request;
    return handOver(context, {
      url: `${config.endpoint}/v3/${config.domain}/messages`,
      headers: { authorization: `Basic ${Buffer.from(`api:${config.apiKey}`).toString('base64')}` },
      form: { to, ...contentOf(request) },
      secrets: [config.apiKey],
      // An unknown domain is a 404, and a sandbox without this recipient a 403.
      codes: { '404': 'invalid_config' },
      verdict: ({ status, body }) => {
        if (status === 200 && typeof body?.id === 'string') return taken(body.id);
        return status >= 400 && body ? refused(status, body.message) : undefined;
      },
    });
  },
});
