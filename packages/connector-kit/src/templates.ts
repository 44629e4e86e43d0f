import { compile } from 'html-to-text';
import { z } from 'zod';
import { ConnectorError } from './connector-error.ts';

/** What a message is for; the wire's words. */
export const templateTypes = [
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
export type TemplateType = (typeof templateTypes)[number];

/** Values of a template's variables: `code`, `link`, and objects such as `application` whose members `{{application.name}}` reads. */
export interface MessagePayload {
  code?: string;
  link?: string;
  [name: string]: unknown;
}

export const contentTypes = ['text/html', 'text/plain'] as const;

/** An e-mail before its variables are filled in. */
export interface EmailTemplate {
  subject: string;
  content: string;
  contentType: (typeof contentTypes)[number];
  replyTo?: string | undefined;
  /** The sender's name, or `Name <address>` in place of the configured sender. */
  sendFrom?: string | undefined;
}

/** An e-mail as it is sent. `text`: the same for readers that show no HTML; the content itself where it is no HTML. */
export interface RenderedEmail extends EmailTemplate {
  text: string;
}

export interface SmsTemplate {
  content: string;
}

const usageType = z.enum(templateTypes);

/** Templates in an e-mail connector's configuration. Connectors older than `contentType` call it `type`. */
export const emailTemplatesSchema = z.array(
  z.preprocess(
    (value) =>
      typeof value === 'object' && value !== null && 'type' in value && !('contentType' in value)
        ? { ...value, contentType: value.type }
        : value,
    z.object({
      usageType,
      subject: z.string().min(1).max(998),
      content: z.string().min(1).max(262_144),
      contentType: z.enum(contentTypes).default('text/html'),
    }),
  ),
);

/** Templates in an SMS connector's configuration. */
export const smsTemplatesSchema = z.array(z.object({ usageType, content: z.string().min(1).max(4096) }));

/** The configured template of a type, else that of `Generic`. */
export const findTemplate = <Template extends { usageType: string }>(
  templates: readonly Template[] | undefined,
  type: TemplateType,
): Template | undefined =>
  templates?.find(({ usageType: usage }) => usage === type) ??
  templates?.find(({ usageType: usage }) => usage === 'Generic');

/** The same, for providers that keep the texts themselves and know nothing but templates' names. */
export function getTemplate<Template extends { usageType: string }>(
  templates: readonly Template[],
  type: TemplateType,
): Template {
  const template = findTemplate(templates, type);
  if (template) return template;
  throw new ConnectorError('template_not_found', `There is no template for ${type}, and none for Generic.`, {
    data: { type },
  });
}

/** `{{code}}`, `{{ application.name }}`: names and members alone; there is nothing to run in a template. */
const VARIABLE = /\{\{\s*([\w-]+(?:\.[\w-]+)*)\s*\}\}/g;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** Only what the payload itself holds is read, never what objects inherit. */
function valueAt(payload: MessagePayload, path: string): string {
  let value: unknown = payload;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return '';
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const fill = (template: string, payload: MessagePayload, encode = (text: string) => text): string =>
  template.replace(VARIABLE, (_whole, path: string) => encode(valueAt(payload, path)));

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const CONTROLS = /[\u0000-\u001f\u007f\u2028\u2029]+/g;

/** One line, so that no value can begin a header of its own (RFC 5322 §2.2). */
const fillLine = (template: string, payload: MessagePayload): string =>
  fill(template, payload).replace(CONTROLS, ' ').trim().slice(0, 998);

/** An address is written once, where the link's words are not the address already; pictures have nothing to read. */
const textOfHtml = compile({
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'table', options: { uppercaseHeaderCells: false } },
  ],
});

/** Fills in an e-mail's variables: escaped in HTML, kept to one line in header fields. */
export function renderEmail(template: EmailTemplate, payload: MessagePayload): RenderedEmail {
  const html = template.contentType === 'text/html';
  const content = fill(template.content, payload, html ? escapeHtml : undefined);
  return {
    subject: fillLine(template.subject, payload),
    content,
    text: html ? textOfHtml(content) : content,
    contentType: template.contentType,
    replyTo: template.replyTo === undefined ? undefined : fillLine(template.replyTo, payload) || undefined,
    sendFrom: template.sendFrom === undefined ? undefined : fillLine(template.sendFrom, payload) || undefined,
  };
}

/** Fills in a text message's variables. */
export const renderSms = (template: SmsTemplate, payload: MessagePayload): SmsTemplate => ({
  content: fill(template.content, payload),
});

/** Where a message's text comes from, the best first: the tenant's template, the connector's, the product's. */
interface Composition<Template> {
  config: { templates?: readonly (Template & { usageType: string })[] | undefined };
  type: TemplateType;
  payload: MessagePayload;
  template?: Template | undefined;
  fallback: Template;
}

const textOf = <Template>({ config, type, template, fallback }: Composition<Template>): Template =>
  template ?? findTemplate(config.templates, type) ?? fallback;

/** The e-mail that a request comes to, for connectors that send texts of ours. */
export const composeEmail = (request: Composition<EmailTemplate>): RenderedEmail =>
  renderEmail(textOf(request), request.payload);

/** The HTML of an e-mail that has one, for providers that take both forms. */
export const htmlOf = ({ content, contentType }: RenderedEmail): string | undefined =>
  contentType === 'text/html' ? content : undefined;

/** The same for text messages. */
export const composeSms = (request: Composition<SmsTemplate>): string =>
  renderSms(textOf(request), request.payload).content;

export interface Mailbox {
  name?: string | undefined;
  address: string;
}

const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/;

/** Reads `address` or `Name <address>`; undefined when it is neither. */
export function parseMailbox(text: string): Mailbox | undefined {
  const [, name = '', address = ''] = /^(.*)<([^<>]*)>$/.exec(text.trim()) ?? [undefined, '', text.trim()];
  if (!ADDRESS.test(address)) return undefined;
  const plain = name.trim().replace(/^"(.*)"$/, '$1');
  return plain ? { name: plain, address } : { address };
}

/** Who an e-mail is from: the configured sender, unless the template names another one, or another name for it. */
export function senderOf(configured: Mailbox, sendFrom: string | undefined): Mailbox {
  if (!sendFrom) return configured;
  return parseMailbox(sendFrom) ?? { name: sendFrom.replace(/[<>"]/g, ''), address: configured.address };
}

/** A mailbox in a header or a provider's JSON: the name is quoted, so that no comma in it makes two. */
export const formatMailbox = ({ name, address }: Mailbox): string =>
  name ? `"${name.replace(/["\\\r\n]/g, ' ')}" <${address}>` : address;
