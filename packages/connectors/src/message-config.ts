import {
  contentTypes,
  emailTemplatesSchema,
  type FormItem,
  type LocalizedText,
  optionalText,
  parseMailbox,
  smsTemplatesSchema,
} from '@latchkey/connector-kit';
import { z } from 'zod';

/** What the configurations and forms of e-mail and SMS providers have in common. */

export const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\r\n\0]*$/, 'Must be one line.');

/** Keys, tokens and names that travel in header fields, URLs and signatures. */
export const credential = z
  .string()
  .trim()
  .max(4096)
  .regex(/^[\x21-\x7e]+$/, 'Must be ASCII without spaces.');

/** A region of a cloud: it becomes a part of a host name, so nothing else may stand in it. */
export const region = z
  .string()
  .trim()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+){1,4}$/, 'Must be a region, such as us-east-1.');

/** What an empty field of a form stands for. */
const unset = (value: unknown) => (value === '' || value === null ? undefined : value);
export const orUnset = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(unset, schema.optional());

export const mailbox = z
  .string()
  .trim()
  .max(320)
  .refine((text) => parseMailbox(text) !== undefined, 'Must be an address, or Name <address>.');

/** An address and the name beside it, as the forms of most providers ask for them. */
export const senderShape = {
  fromEmail: z.email().max(320),
  fromName: optionalText(oneLine(200)),
};

export const emailTemplatesMember = orUnset(emailTemplatesSchema);
export const smsTemplatesMember = orUnset(smsTemplatesSchema);

type ItemOptions = { optional?: true; secret?: true; placeholder?: string; description?: LocalizedText };

/** A field of text that has to be filled in, unless it is said otherwise. */
export const textItem = (
  key: string,
  [en, ja]: readonly [en: string, ja: string],
  { optional, secret, placeholder, description }: ItemOptions = {},
): FormItem => ({
  key,
  type: 'Text',
  label: { en, ja },
  ...(optional ? {} : { required: true }),
  ...(secret ? { isConfidential: true } : {}),
  ...(placeholder === undefined ? {} : { placeholder }),
  ...(description ? { description } : {}),
});

export const senderItems: readonly FormItem[] = [
  textItem('fromEmail', ['Sender’s address', '送信元アドレス'], { placeholder: 'no-reply@example.com' }),
  textItem('fromName', ['Sender’s name', '送信者名'], { optional: true, placeholder: 'Example' }),
];

const oneLanguage: LocalizedText = {
  en: 'Texts in one language. Leave it empty to use the e-mail templates, which are edited on their own page.',
  ja: '1 言語のみの文面です。空欄の場合は、専用ページで編集できるメールテンプレートが使用されます。',
};
const builtIn: LocalizedText = {
  en: 'Texts of your own. Leave it empty to use the built-in ones, which speak the recipient’s language.',
  ja: '独自の文面を使う場合に入力します。空欄の場合は、受信者の言語に応じた標準の文面が使用されます。',
};

/**
 * The list of templates. Its placeholder is one template with all its members, of which the Console draws a form;
 * a member whose example is empty may be left out.
 */
export const templatesItem = (example: Record<string, string>, description: LocalizedText): FormItem => ({
  key: 'templates',
  type: 'Json',
  placeholder: JSON.stringify([{ usageType: 'Generic', ...example }]),
  label: { en: 'Templates', ja: 'テンプレート' },
  description,
});

export const emailTemplatesItem = templatesItem(
  { contentType: contentTypes[1], subject: '…', content: '{{code}}' },
  oneLanguage,
);
export const smsTemplatesItem = templatesItem({ content: '{{code}}' }, builtIn);

/** Templates that are kept at the provider, which knows them by name; `example` has the members that name one. */
export const providerTemplatesItem = (example: Record<string, string>, description: LocalizedText): FormItem => ({
  ...templatesItem(example, description),
  required: true,
});
export const usageTypes = smsTemplatesSchema.element.shape.usageType;

/** A switch that an older configuration may lack. */
export const flag = orUnset(z.boolean());

/** Whether a text fits into any phone's own alphabet; all others are sent as Unicode. */
export const isAscii = (text: string): boolean => /^[\x20-\x7e\r\n]*$/.test(text);
