import { type FormItem, optionalText } from '@latchkey/connector-kit';
import { z } from 'zod';
import { emailTemplatesItem, emailTemplatesMember, flag, mailbox, oneLine, orUnset } from './message-config.ts';

/** Longest that each step may take: somebody waits for the message. */
const LONGEST_MS = 30_000;
const timeLimit = orUnset(z.coerce.number().int().min(100).max(LONGEST_MS));

/** `oauth2` with an access token of one's own, or with what a new one is asked for at `accessUrl`. */
const auth = z.discriminatedUnion('type', [
  z.object({ type: z.literal('login'), user: oneLine(1024), pass: z.string().min(1).max(4096) }),
  z.object({
    type: z.literal('oauth2'),
    user: oneLine(1024),
    accessToken: optionalText(oneLine(16_384)),
    clientId: optionalText(oneLine(1024)),
    clientSecret: optionalText(oneLine(4096)),
    refreshToken: optionalText(oneLine(16_384)),
    accessUrl: optionalText(z.url({ protocol: /^https?$/ }).max(2048)),
  }),
  z.object({ type: z.literal('none') }),
]);

export const smtpConfigSchema = z.object({
  host: oneLine(255),
  port: z.coerce.number().int().min(1).max(65_535),
  /** Logins without a `type` come from forms older than the other kinds. */
  auth: z
    .preprocess(
      (value) =>
        typeof value === 'object' && value !== null && !('type' in value) ? { type: 'login', ...value } : value,
      auth,
    )
    .refine((given) => given.type !== 'oauth2' || given.accessToken || given.refreshToken, {
      path: ['refreshToken'],
      message: 'OAuth 2.0 needs an access token or a refresh token.',
    })
    .refine((given) => given.type !== 'oauth2' || !given.refreshToken || (given.clientId && given.accessUrl), {
      path: ['accessUrl'],
      message: 'A refresh token needs the client id and the token endpoint.',
    }),
  fromEmail: mailbox,
  replyTo: optionalText(mailbox),
  templates: emailTemplatesMember,
  secure: flag,
  requireTLS: flag,
  ignoreTLS: flag,
  tls: orUnset(
    z.object({
      servername: optionalText(oneLine(255)),
      rejectUnauthorized: z.boolean().optional(),
      minVersion: z.enum(['TLSv1.2', 'TLSv1.3']).optional(),
      ca: z.string().max(65_536).optional(),
    }),
  ),
  servername: optionalText(oneLine(255)),
  name: optionalText(oneLine(255)),
  customHeaders: orUnset(
    z.record(
      z.string().regex(/^[A-Za-z][\w-]{0,63}$/, 'Must be a header name.'),
      z
        .string()
        .max(998)
        .regex(/^[^\r\n\0]*$/, 'Must be one line.'),
    ),
  ),
  connectionTimeout: timeLimit,
  greetingTimeout: timeLimit,
  socketTimeout: timeLimit,
});
export type SmtpConfig = z.output<typeof smtpConfigSchema>;

/** `auth.user` edits the member `user` of `auth`. */
const ordinaryItems: readonly FormItem[] = [
  {
    key: 'host',
    type: 'Text',
    required: true,
    placeholder: 'smtp.example.com',
    label: { en: 'Host', ja: 'ホスト' },
  },
  {
    key: 'port',
    type: 'Number',
    required: true,
    defaultValue: 587,
    label: { en: 'Port', ja: 'ポート' },
    description: {
      en: '587 with STARTTLS, 465 with TLS from the start.',
      ja: 'STARTTLS の場合は 587、最初から TLS の場合は 465 です。',
    },
  },
  {
    key: 'secure',
    type: 'Switch',
    defaultValue: false,
    label: { en: 'TLS from the start', ja: '最初から TLS で接続する' },
    description: {
      en: 'For port 465. Otherwise the connection is encrypted by STARTTLS if the server offers it.',
      ja: 'ポート 465 で使用します。オフの場合、サーバーが対応していれば STARTTLS で暗号化します。',
    },
  },
  {
    key: 'requireTLS',
    type: 'Switch',
    defaultValue: true,
    showConditions: [{ targetKey: 'secure', expectValue: false }],
    label: { en: 'Require STARTTLS', ja: 'STARTTLS を必須にする' },
    description: {
      en: 'Nothing is sent when the server cannot encrypt.',
      ja: 'サーバーが暗号化に対応していない場合は送信しません。',
    },
  },
  {
    key: 'auth.type',
    type: 'Select',
    required: true,
    defaultValue: 'login',
    selectItems: [
      { value: 'login', title: { en: 'User name and password', ja: 'ユーザー名とパスワード' } },
      { value: 'oauth2', title: { en: 'OAuth 2.0', ja: 'OAuth 2.0' } },
      { value: 'none', title: { en: 'None', ja: 'なし' } },
    ],
    label: { en: 'Authentication', ja: '認証' },
  },
  {
    key: 'auth.user',
    type: 'Text',
    required: true,
    showConditions: [{ targetKey: 'auth.type', expectValue: ['login', 'oauth2'] }],
    label: { en: 'User name', ja: 'ユーザー名' },
  },
  {
    key: 'auth.pass',
    type: 'Text',
    required: true,
    isConfidential: true,
    showConditions: [{ targetKey: 'auth.type', expectValue: 'login' }],
    label: { en: 'Password', ja: 'パスワード' },
  },
  ...(
    [
      ['clientId', { en: 'Client ID', ja: 'クライアント ID' }, false],
      ['clientSecret', { en: 'Client secret', ja: 'クライアントシークレット' }, true],
      ['refreshToken', { en: 'Refresh token', ja: 'リフレッシュトークン' }, true],
      ['accessUrl', { en: 'Token endpoint', ja: 'トークンエンドポイント' }, false],
      ['accessToken', { en: 'Access token', ja: 'アクセストークン' }, true],
    ] as const
  ).map(
    ([member, label, isConfidential]): FormItem => ({
      key: `auth.${member}`,
      type: 'Text',
      isConfidential,
      showConditions: [{ targetKey: 'auth.type', expectValue: 'oauth2' }],
      label,
    }),
  ),
  {
    key: 'fromEmail',
    type: 'Text',
    required: true,
    placeholder: 'Example <no-reply@example.com>',
    label: { en: 'Sender', ja: '送信元' },
    description: {
      en: 'An address, or a name and an address.',
      ja: 'アドレスのみ、または「名前 <アドレス>」の形式で入力します。',
    },
  },
  {
    key: 'replyTo',
    type: 'Text',
    placeholder: 'support@example.com',
    label: { en: 'Reply to', ja: '返信先' },
  },
  emailTemplatesItem,
];

const advancedItems: readonly FormItem[] = [
  {
    key: 'servername',
    type: 'Text',
    label: { en: 'Name in the certificate', ja: '証明書のサーバー名' },
    description: { en: 'When it is not the host’s.', ja: 'ホスト名と異なる場合に入力します。' },
  },
  {
    key: 'tls',
    type: 'Json',
    placeholder: '{ "minVersion": "TLSv1.3" }',
    label: { en: 'TLS options', ja: 'TLS オプション' },
  },
  {
    key: 'ignoreTLS',
    type: 'Switch',
    defaultValue: false,
    showConditions: [
      { targetKey: 'secure', expectValue: false },
      { targetKey: 'requireTLS', expectValue: false },
    ],
    label: { en: 'Never use STARTTLS', ja: 'STARTTLS を使用しない' },
  },
  {
    key: 'name',
    type: 'Text',
    label: { en: 'Name in the greeting', ja: '接続時に名乗るホスト名' },
    description: { en: 'Sent with EHLO.', ja: 'EHLO コマンドで送信されます。' },
  },
  {
    key: 'customHeaders',
    type: 'Json',
    placeholder: '{ "X-Stream": "transactional" }',
    label: { en: 'More header fields', ja: '追加のヘッダー' },
  },
  ...(
    [
      ['connectionTimeout', { en: 'Time to connect (ms)', ja: '接続のタイムアウト（ミリ秒）' }, '10000'],
      ['greetingTimeout', { en: 'Time to greet (ms)', ja: '応答開始のタイムアウト（ミリ秒）' }, '10000'],
      ['socketTimeout', { en: 'Time without an answer (ms)', ja: '無応答のタイムアウト（ミリ秒）' }, '15000'],
    ] as const
  ).map(([key, label, placeholder]): FormItem => ({ key, type: 'Number', placeholder, label })),
];

export const smtpFormItems: readonly FormItem[] = [
  ...ordinaryItems,
  ...advancedItems.map((item) => ({ ...item, isAdvanced: true })),
];
