import { englishPhrases } from '@latchkey/phrases/sign-in';
import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { Translation } from './custom-phrases.contract.ts';
import { fail } from './custom-phrases.errors.ts';
import * as store from './custom-phrases.store.ts';
import { unknownPaths } from './translation.ts';

/** The caches' topic of a tenant's phrases, which are kept together under one key. */
export const PHRASES_TOPIC = 'custom-phrases';
export const PHRASES_KEY = 'all';

export interface CustomPhrasesDependencies {
  /** The language that pages fall back to. */
  fallbackLanguage(tenantId: string): Promise<string>;
}

export type CustomPhrasesService = ReturnType<typeof createCustomPhrasesService>;

export function createCustomPhrasesService(deps: CustomPhrasesDependencies) {
  const changed = async (tx: Scope, languageTag: string, before?: Translation, after?: Translation): Promise<void> => {
    const key = after ? 'CustomPhrases.Updated' : 'CustomPhrases.Deleted';
    await audit(tx, { key, target: { type: 'CustomPhrases', id: languageTag }, before, after });
    await announceChange(tx, PHRASES_TOPIC, PHRASES_KEY);
  };

  return {
    list: (scope: Scope) => store.listPhrases(scope.db, scope.tenantId),

    async get(scope: Scope, languageTag: string): Promise<store.CustomPhrasesRow> {
      const row = await store.findPhrases(scope.db, scope.tenantId, languageTag);
      if (!row) throw fail('entity.not_found');
      return row;
    },

    set(scope: Scope, languageTag: string, translation: Translation): Promise<store.CustomPhrasesRow> {
      const unknown = unknownPaths(translation, englishPhrases as object as Record<string, unknown>);
      if (unknown.length > 0) {
        throw fail('localization.invalid_translation_structure', { details: unknown.slice(0, 20).join('\n') });
      }
      return transaction(scope, async (tx) => {
        const before = await store.findPhrases(tx.db, tx.tenantId, languageTag);
        const row = await store.upsertPhrases(tx.db, {
          tenantId: tx.tenantId,
          languageTag,
          id: standardId(),
          translation,
        });
        await changed(tx, languageTag, before?.translation, translation);
        return row;
      });
    },

    remove: (scope: Scope, languageTag: string): Promise<void> =>
      transaction(scope, async (tx) => {
        const before = await store.findPhrases(tx.db, tx.tenantId, languageTag);
        if (!before) throw fail('entity.not_found');
        if ((await deps.fallbackLanguage(tx.tenantId)) === languageTag) {
          throw fail('localization.cannot_delete_default_language');
        }
        await store.deletePhrases(tx.db, tx.tenantId, languageTag);
        await changed(tx, languageTag, before.translation);
      }),
  };
}
