import { z } from 'zod';
import { defineOperation, noContent } from '../../kernel/wire.contract.ts';

const tag = 'Custom phrases';

/** BCP 47, of at most 16 characters. */
const languageTag = z
  .string()
  .max(16)
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'must be a language tag');

const text = z.string().max(4096);

/** Texts by group and key, as `GET /api/.well-known/phrases` shows them; a group may have groups. */
export type Translation = { [key: string]: string | Translation };
const translation: z.ZodType<Translation> = z.lazy(() => z.record(z.string().max(128), z.union([text, translation])));

const customPhrase = z.object({
  tenantId: z.string(),
  id: z.string(),
  languageTag: z.string(),
  translation: z.record(z.string(), z.unknown()).describe('What differs from the built-in texts.'),
});

const params = z.object({ languageTag });

export const listCustomPhrases = defineOperation({
  method: 'GET',
  path: '/api/custom-phrases',
  tag,
  summary: 'List custom phrases',
  description: 'The texts of the sign-in pages that the tenant has changed, in all languages.',
  response: { 200: z.array(customPhrase) },
});

export const getCustomPhrases = defineOperation({
  method: 'GET',
  path: '/api/custom-phrases/:languageTag',
  tag,
  summary: 'Get the custom phrases of a language',
  description: 'The texts of one language that the tenant has changed.',
  params,
  response: { 200: customPhrase },
  errors: { 404: ['entity.not_found'] },
});

export const putCustomPhrases = defineOperation({
  method: 'PUT',
  path: '/api/custom-phrases/:languageTag',
  tag,
  summary: 'Set the custom phrases of a language',
  description:
    'Replaces what was changed before. The groups and keys are those of `GET /api/.well-known/phrases`; others are refused, because no page would show them. A language without built-in texts becomes available with this; what it leaves out stays English.',
  params,
  body: translation,
  response: { 201: customPhrase },
  errors: { 422: ['localization.invalid_translation_structure'] },
});

export const deleteCustomPhrases = defineOperation({
  method: 'DELETE',
  path: '/api/custom-phrases/:languageTag',
  tag,
  summary: 'Remove the custom phrases of a language',
  description: 'The built-in texts are shown again. The tenant’s fallback language cannot be removed.',
  params,
  response: { 204: noContent },
  errors: { 404: ['entity.not_found'], 409: ['localization.cannot_delete_default_language'] },
});
