import {
  ConnectorError,
  type ConnectorErrorCode,
  composeEmail,
  defineEmailConnector,
  htmlOf,
  type MessageContext,
  parseMailbox,
  type RenderedEmail,
  requestJson,
  senderOf,
  svgDataUri,
} from '@latchkey/connector-kit';
import { type SmtpConfig, smtpConfigSchema, smtpFormItems } from './smtp-config.ts';

const CONNECTION_MS = 10_000;
const GREETING_MS = 10_000;
const SILENCE_MS = 15_000;
/** Bound of the whole exchange, however often the server answers a little. */
const WHOLE_MS = 30_000;
const DIALOGUE_LIMIT = 32_768;

const logo = (fill: string): string =>
  svgDataUri(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="${fill}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><rect x="2.5" y="5" width="19" height="14" rx="2.5"/><path d="m3.5 7 8.5 6.5L20.500 7"/></svg>`,
  );

/** Writes the lines of both sides down; the library has masked what the client proves itself by. */
function createDialogue() {
  let text = '';
  const add = (prefix: string, lines: string) => {
    if (text.length < DIALOGUE_LIMIT) text += `${lines.trimEnd().replace(/^/gm, prefix)}\n`;
  };
  // One level serves all: what matters is who spoke.
  const log = (entry: { tnx?: string }, message: string, ...values: unknown[]) => {
    if (entry.tnx === 'server') add('S: ', message);
    else if (entry.tnx === 'client') add('C: ', message);
    else if (entry.tnx === 'smtp' && /TLS/.test(message)) add('-- ', [message, ...values].join(' '));
  };
  const logger = { level: () => undefined, trace: log, debug: log, info: log, warn: log, error: log, fatal: log };
  return { logger, note: (line: string) => add('-- ', line), read: () => text };
}

/** Asks the token endpoint by the server's own way out; the library would open a connection nobody has judged. */
async function accessTokenOf(
  auth: Extract<SmtpConfig['auth'], { type: 'oauth2' }>,
  context: MessageContext,
): Promise<string> {
  if (!auth.refreshToken || !auth.accessUrl) return auth.accessToken ?? '';
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: auth.refreshToken });
  if (auth.clientId) form.set('client_id', auth.clientId);
  if (auth.clientSecret) form.set('client_secret', auth.clientSecret);
  const answer = await requestJson(context, 'token', auth.accessUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const token = answer.body?.access_token;
  if (answer.status === 200 && typeof token === 'string' && token) return token;
  throw new ConnectorError('authorization_failed', 'The token endpoint gives no access token.', {
    data: { status: answer.status },
  });
}

async function loginOf({ auth }: SmtpConfig, context: MessageContext) {
  if (auth.type === 'none') return undefined;
  if (auth.type === 'login') return { user: auth.user, pass: auth.pass };
  return { type: 'OAuth2' as const, user: auth.user, accessToken: await accessTokenOf(auth, context) };
}

/** The library's words for what went wrong, and the kit's. */
const CODES: Record<string, [ConnectorErrorCode, string]> = {
  EAUTH: ['authorization_failed', 'The mail server refuses the user name, password or token.'],
  EOAUTH2: ['authorization_failed', 'The mail server refuses the access token.'],
  ENOAUTH: ['authorization_failed', 'The mail server wants credentials, and none are configured.'],
  ETLS: ['general', 'The connection to the mail server could not be encrypted.'],
  EENVELOPE: ['invalid_request_parameters', 'The mail server refuses the sender or the recipient.'],
  EMESSAGE: ['invalid_response', 'The mail server refuses the message.'],
  EPROTOCOL: ['invalid_response', 'What answers there does not speak SMTP.'],
};

function asConnectorError(error: unknown, dialogue: string): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { code = '', responseCode } = error as { code?: string; responseCode?: number };
  const [known, message] = CODES[code] ?? [
    'general' as const,
    'The mail server could not be reached or did not answer in time.',
  ];
  return new ConnectorError(known, message, {
    data: responseCode === undefined ? undefined : { responseCode },
    dialogue,
    cause: error,
  });
}

async function send(config: SmtpConfig, to: string, email: RenderedEmail, context: MessageContext) {
  const { host, port } = config;
  const dialogue = createDialogue();
  const timeoutMs = config.connectionTimeout ?? CONNECTION_MS;
  try {
    const auth = await loginOf(config, context);
    dialogue.note(`connecting to ${host}:${port}`);
    const connection = await context.connect({ host, port, timeoutMs });
    dialogue.note('connected');
    try {
      const { createTransport } = await import('nodemailer');
      const transport = createTransport({
        host,
        port,
        connection,
        auth,
        secure: config.secure ?? port === 465,
        // Unless it is said otherwise, credentials travel encrypted or not at all.
        requireTLS: config.requireTLS ?? (config.auth.type !== 'none' && !config.ignoreTLS),
        ignoreTLS: config.ignoreTLS,
        tls: config.tls,
        servername: config.servername ?? config.tls?.servername,
        name: config.name,
        connectionTimeout: timeoutMs,
        greetingTimeout: config.greetingTimeout ?? GREETING_MS,
        socketTimeout: config.socketTimeout ?? SILENCE_MS,
        logger: dialogue.logger,
        transactionLog: true,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      const from = senderOf(parseMailbox(config.fromEmail) ?? { address: config.fromEmail }, email.sendFrom);
      const replyTo = parseMailbox(email.replyTo ?? config.replyTo ?? '');
      const { response, messageId } = await transport.sendMail({
        from: { name: from.name ?? '', address: from.address },
        // Given apart, so that no comma in it becomes a second recipient.
        to: { name: '', address: to },
        replyTo: replyTo && { name: replyTo.name ?? '', address: replyTo.address },
        subject: email.subject,
        text: email.text,
        html: htmlOf(email),
        headers: config.customHeaders,
        signal: AbortSignal.timeout(WHOLE_MS),
      });
      return { answer: response, messageId };
    } finally {
      connection.destroy();
    }
  } catch (error) {
    throw asConnectorError(error, dialogue.read());
  }
}

/** E-mail by any mail server. */
export const smtp = defineEmailConnector({
  metadata: {
    id: 'simple-mail-transfer-protocol',
    target: 'smtp',
    platform: null,
    name: { en: 'SMTP', ja: 'SMTP' },
    description: {
      en: 'E-mail by any mail server that speaks SMTP, yours or a provider’s.',
      ja: '自社またはプロバイダーの SMTP サーバーからメールを送信します。',
    },
    logo: logo('#364fc7'),
    logoDark: logo('#91a7ff'),
    formItems: smtpFormItems,
  },
  configSchema: smtpConfigSchema,

  sendMessage: (request, context) => send(request.config, request.to, composeEmail(request), context),
});
