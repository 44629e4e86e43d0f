import { z } from 'zod';
import { defineOperation, emailAddress, noContent, timestamp } from '../../kernel/wire.contract.ts';

const codesTag = 'Verification codes';
const emailTag = 'Email templates';
const smsTag = 'SMS templates';
const inboxTag = 'Development inbox';
const deliveriesTag = 'Message deliveries';

export const messageTemplateTypes = [
  'SignIn',
  'Register',
  'ForgotPassword',
  'OrganizationInvitation',
  'Generic',
  'UserPermissionValidation',
  'BindNewIdentifier',
  'MfaVerification',
  'BindMfa',
] as const;
const templateType = z.enum(messageTemplateTypes).describe('What the message is for.');

const channel = z.enum(['Email', 'Sms']);
const channelFilter = channel.optional().describe('Only e-mails, or only text messages.');
export type Channel = z.infer<typeof channel>;

// Codes ---------------------------------------------------------------------------------------------------------------

const email = emailAddress.max(320);
const phone = z.string().max(32).regex(/^\d+$/, 'must be digits: the country code and the number');
const verificationCode = z.string().min(1).max(64);

const limits =
  'It has six digits. How long it lives and how many tries it allows is the setting `verificationCodePolicy`: 600 seconds and 10 tries unless set.';

export const createVerificationCode = defineOperation({
  method: 'POST',
  path: '/api/verification-codes',
  tag: codesTag,
  summary: 'Send a verification code',
  description: `Sends a one-time code to an e-mail address or a phone number, in place of the one before. ${limits} A recipient is sent at most 10 messages in 600 seconds.`,
  body: z.union([z.object({ email }), z.object({ phone })]),
  response: { 204: noContent },
  errors: {
    400: ['connector.general'],
    429: ['request.message_rate_limited', 'connector.rate_limit_exceeded', 'connector.usage_limit_exceeded'],
    501: ['connector.not_found'],
  },
});

export const verifyVerificationCode = defineOperation({
  method: 'POST',
  path: '/api/verification-codes/verify',
  tag: codesTag,
  summary: 'Verify a verification code',
  description: 'Spends the code that was sent last to the address or number: it is good for one time.',
  body: z.union([z.object({ email, verificationCode }), z.object({ phone, verificationCode })]),
  response: { 204: noContent },
  errors: {
    400: [
      'verification_code.not_found',
      'verification_code.expired',
      'verification_code.exceed_max_try',
      'verification_code.code_mismatch',
    ],
  },
});

// Templates -----------------------------------------------------------------------------------------------------------

const languageTag = z
  .string()
  .min(1)
  .max(16)
  .regex(/^[A-Za-z]{2,8}(?:-[A-Za-z\d]{1,8})*$/, 'must be a language tag such as en or pt-BR');

const variables = 'May have variables such as `{{code}}` and `{{application.name}}`.';
const subject = z.string().min(1).max(998).describe(variables);
const contentType = z
  .enum(['text/html', 'text/plain'])
  .describe('Values of variables are escaped in HTML. Unless set, it is text/html.');
const address = z.string().max(998);

export const emailTemplateDetails = z.object({
  subject,
  content: z.string().min(1).max(262_144).describe(variables),
  contentType: contentType.optional(),
  replyTo: address.optional().describe('Address that answers go to.'),
  sendFrom: address
    .optional()
    .describe('Name of the sender, or `Name <address>` in place of the connector’s own sender.'),
});
export type EmailTemplateDetails = z.infer<typeof emailTemplateDetails>;

export const smsTemplateDetails = z.object({
  content: z.string().min(1).max(4096).describe(variables),
});
export type SmsTemplateDetails = z.infer<typeof smsTemplateDetails>;
export type TemplateDetails = EmailTemplateDetails | SmsTemplateDetails;

const templateKey = { languageTag, templateType };
const templateRow = { tenantId: z.string(), id: z.string(), ...templateKey, createdAt: timestamp };
const emailTemplate = z.object({ ...templateRow, details: emailTemplateDetails });
export type EmailTemplate = z.infer<typeof emailTemplate>;
const smsTemplate = z.object({ ...templateRow, details: smsTemplateDetails });

const templateFilter = z.object({
  languageTag: languageTag.optional().describe('Only those in this language.'),
  templateType: templateType.optional(),
});
export type TemplateFilter = z.infer<typeof templateFilter>;
const templateId = z.object({ id: z.string().min(1).max(21) });
const templateMissing = { 404: ['entity.not_exists_with_id'] } as const;

export const replaceEmailTemplates = defineOperation({
  method: 'PUT',
  path: '/api/email-templates',
  tag: emailTag,
  summary: 'Put e-mail templates',
  description:
    'Writes the texts of e-mails, one for a language and a purpose. What is there of the same language and purpose is replaced; all else stays. When an e-mail is sent, its language is looked for first, then the tenant’s default language, then the connector’s own templates.',
  body: z.object({
    templates: z.array(z.object({ ...templateKey, details: emailTemplateDetails })).max(1000),
  }),
  response: { 200: z.array(emailTemplate) },
});

export const listEmailTemplates = defineOperation({
  method: 'GET',
  path: '/api/email-templates',
  tag: emailTag,
  summary: 'List e-mail templates',
  description: 'All texts of e-mails, or those of a language or a purpose.',
  query: templateFilter,
  response: { 200: z.array(emailTemplate) },
});

export const deleteEmailTemplates = defineOperation({
  method: 'DELETE',
  path: '/api/email-templates',
  tag: emailTag,
  summary: 'Delete e-mail templates',
  description: 'Deletes the texts of a language, of a purpose, or of both together; one of them has to be named.',
  query: templateFilter,
  response: { 200: z.object({ rowCount: z.number().int() }) },
  errors: { 422: ['connector.email_connector.bulk_deletion_no_filter'] },
});

export const getEmailTemplate = defineOperation({
  method: 'GET',
  path: '/api/email-templates/:id',
  tag: emailTag,
  summary: 'Get an e-mail template',
  description: 'One text of an e-mail.',
  params: templateId,
  response: { 200: emailTemplate },
  errors: templateMissing,
});

export const deleteEmailTemplate = defineOperation({
  method: 'DELETE',
  path: '/api/email-templates/:id',
  tag: emailTag,
  summary: 'Delete an e-mail template',
  description: 'E-mails of this language and purpose are made of the next text in line.',
  params: templateId,
  response: { 204: noContent },
  errors: templateMissing,
});

export const updateEmailTemplateDetails = defineOperation({
  method: 'PATCH',
  path: '/api/email-templates/:id/details',
  tag: emailTag,
  summary: 'Update an e-mail template',
  description: 'Changes the members that are sent.',
  params: templateId,
  body: emailTemplateDetails.partial(),
  response: { 200: emailTemplate },
  errors: templateMissing,
});

const previewRequest = { languageTag: languageTag.default('en'), templateType };

export const previewEmailTemplate = defineOperation({
  method: 'POST',
  path: '/api/email-templates/preview',
  tag: emailTag,
  summary: 'Preview an e-mail',
  description:
    'Fills a text in with made-up values. Without a text, the one in use for the language and purpose is shown.',
  body: z.object({ ...previewRequest, details: emailTemplateDetails.optional() }),
  response: {
    200: z.object({
      source: emailTemplateDetails.describe('The text before its variables were filled in.'),
      rendered: emailTemplateDetails,
    }),
  },
});

export const replaceSmsTemplates = defineOperation({
  method: 'PUT',
  path: '/api/sms-templates',
  tag: smsTag,
  summary: 'Put SMS templates',
  description:
    'Writes the texts of text messages, one for a language and a purpose. What is there of the same language and purpose is replaced; all else stays.',
  body: z.object({ templates: z.array(z.object({ ...templateKey, details: smsTemplateDetails })).max(1000) }),
  response: { 200: z.array(smsTemplate) },
});

export const listSmsTemplates = defineOperation({
  method: 'GET',
  path: '/api/sms-templates',
  tag: smsTag,
  summary: 'List SMS templates',
  description: 'All texts of text messages, or those of a language or a purpose.',
  query: templateFilter,
  response: { 200: z.array(smsTemplate) },
});

export const deleteSmsTemplates = defineOperation({
  method: 'DELETE',
  path: '/api/sms-templates',
  tag: smsTag,
  summary: 'Delete SMS templates',
  description: 'Deletes the texts of a language, of a purpose, or of both together; one of them has to be named.',
  query: templateFilter,
  response: { 200: z.object({ rowCount: z.number().int() }) },
  errors: { 422: ['connector.email_connector.bulk_deletion_no_filter'] },
});

export const getSmsTemplate = defineOperation({
  method: 'GET',
  path: '/api/sms-templates/:id',
  tag: smsTag,
  summary: 'Get an SMS template',
  description: 'One text of a text message.',
  params: templateId,
  response: { 200: smsTemplate },
  errors: templateMissing,
});

export const updateSmsTemplateDetails = defineOperation({
  method: 'PATCH',
  path: '/api/sms-templates/:id/details',
  tag: smsTag,
  summary: 'Update an SMS template',
  description: 'Changes the members that are sent.',
  params: templateId,
  body: smsTemplateDetails.partial(),
  response: { 200: smsTemplate },
  errors: templateMissing,
});

export const deleteSmsTemplate = defineOperation({
  method: 'DELETE',
  path: '/api/sms-templates/:id',
  tag: smsTag,
  summary: 'Delete an SMS template',
  description: 'Text messages of this language and purpose are made of the next text in line.',
  params: templateId,
  response: { 204: noContent },
  errors: templateMissing,
});

export const previewSmsTemplate = defineOperation({
  method: 'POST',
  path: '/api/sms-templates/preview',
  tag: smsTag,
  summary: 'Preview a text message',
  description:
    'Fills a text in with made-up values. Without a text, the one in use for the language and purpose is shown.',
  body: z.object({ ...previewRequest, details: smsTemplateDetails.optional() }),
  response: { 200: z.object({ source: smsTemplateDetails, rendered: smsTemplateDetails }) },
});

// Development inbox ---------------------------------------------------------------------------------------------------

const inboxContent = z.object({
  subject: z.string().optional(),
  content: z.string(),
  contentType,
  text: z.string().optional().describe('An e-mail for readers that show no HTML.'),
  replyTo: z.string().optional(),
  sendFrom: z.string().optional(),
  code: z.string().optional().describe('The one-time code in it.'),
  link: z.string().optional().describe('The link in it.'),
});
export type InboxContent = z.infer<typeof inboxContent>;

const inboxMessage = z.object({
  id: z.string(),
  channel,
  recipient: z.string(),
  templateType,
  locale: z.string(),
  ...inboxContent.shape,
  createdAt: timestamp,
});
export type InboxMessage = z.infer<typeof inboxMessage>;

const recipientFilter = z.string().min(1).max(320).optional().describe('Only messages to this address or number.');

export const getDevelopmentInbox = defineOperation({
  method: 'GET',
  path: '/api/development-inbox/status',
  tag: inboxTag,
  summary: 'Tell where messages go',
  description:
    'Whether messages land in the development inbox: for each channel they do while it has no connector, as long as the inbox is on. It is on by itself while the server is reachable on its own machine alone, else by DEVELOPMENT_INBOX=true.',
  response: {
    200: z.object({
      enabled: z.boolean(),
      channels: z
        .object({ Email: z.boolean(), Sms: z.boolean() })
        .describe('True for messages that land in the inbox.'),
    }),
  },
});

export const listInboxMessages = defineOperation({
  method: 'GET',
  path: '/api/development-inbox',
  tag: inboxTag,
  summary: 'List the development inbox',
  description:
    'Messages that would have been sent if there were a connector, the newest first. The newest 200 are kept, for 7 days.',
  query: z.object({ channel: channelFilter, recipient: recipientFilter }),
  paging: 'always',
  response: { 200: z.array(inboxMessage) },
});

export const getInboxMessage = defineOperation({
  method: 'GET',
  path: '/api/development-inbox/:id',
  tag: inboxTag,
  summary: 'Get a message of the development inbox',
  description: 'One message as it would have been sent.',
  params: templateId,
  response: { 200: inboxMessage },
  errors: templateMissing,
});

export const clearDevelopmentInbox = defineOperation({
  method: 'DELETE',
  path: '/api/development-inbox',
  tag: inboxTag,
  summary: 'Clear the development inbox',
  description: 'Deletes all messages in it.',
  response: { 204: noContent },
});

// Deliveries ----------------------------------------------------------------------------------------------------------

const delivery = z.object({
  id: z.string(),
  channel,
  recipient: z.string(),
  templateType,
  connectorId: z.string().describe('Id of the connector, which may be gone by now.'),
  factoryId: z.string(),
  status: z
    .enum(['Sent', 'Failed'])
    .describe('Sent: the provider took the message; what became of it then, only the provider knows.'),
  answer: z.string().nullable().describe('What the provider answered.'),
  messageId: z.string().nullable().describe('The provider’s id of the message.'),
  errorCode: z.string().nullable(),
  error: z.string().nullable(),
  dialogue: z.string().nullable().describe('What was said until it failed, secrets masked.'),
  durationMs: z.number().int(),
  requestId: z.string(),
  createdAt: timestamp,
});
export type MessageDelivery = z.infer<typeof delivery>;

export const listMessageDeliveries = defineOperation({
  method: 'GET',
  path: '/api/message-deliveries',
  tag: deliveriesTag,
  summary: 'List message deliveries',
  description:
    'What became of the messages that were handed to a provider, the newest first; kept for 30 days. Their texts are not kept.',
  query: z.object({
    channel: channelFilter,
    status: z.enum(['Sent', 'Failed']).optional().describe('Only those that the provider took, or refused.'),
    recipient: recipientFilter,
  }),
  paging: 'always',
  response: { 200: z.array(delivery) },
});
