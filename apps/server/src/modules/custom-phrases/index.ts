import { englishPhrases, loadSignInPhrases, type SignInPhrases } from '@latchkey/phrases/sign-in';
import { closestLanguage, signInLanguages } from '@latchkey/phrases/sign-in-languages';
import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Translation } from './custom-phrases.contract.ts';
import { customPhrasesRoutes } from './custom-phrases.routes.ts';
import {
  type CustomPhrasesDependencies,
  createCustomPhrasesService,
  PHRASES_KEY,
  PHRASES_TOPIC,
} from './custom-phrases.service.ts';
import { listPhrases } from './custom-phrases.store.ts';
import { mergeTexts } from './translation.ts';

export interface CustomPhrasesApi {
  /** Languages that the tenant's pages speak: the built-in ones and those it has written itself. */
  languages(tenantId: string): Promise<string[]>;
  /** What the tenant's pages speak that comes closest to `languages` (BCP 47 tags, best first). */
  spokenLanguage(tenantId: string, languages: readonly string[]): Promise<string | undefined>;
  /** All texts of a language as the tenant shows them; what nobody wrote in it is English. */
  phrases(tenantId: string, language: string): Promise<SignInPhrases>;
}

/** The texts of the sign-in pages that a tenant writes itself. */
export function createCustomPhrasesModule(
  deps: CustomPhrasesDependencies & { database: DatabasePool; caches: Caches },
): { routes: Routes; api: CustomPhrasesApi } {
  const cached = deps.caches.create(PHRASES_TOPIC, async (tenantId) => {
    const rows = await listPhrases(deps.database.forTenant(tenantId), tenantId);
    return new Map<string, Translation>(rows.map(({ languageTag, translation }) => [languageTag, translation]));
  });
  const own = async (tenantId: string) => (await cached.get(tenantId, PHRASES_KEY)) ?? new Map<string, Translation>();

  const languages = async (tenantId: string): Promise<string[]> => [
    ...new Set([...Object.keys(signInLanguages), ...(await own(tenantId)).keys()]),
  ];

  return {
    routes: customPhrasesRoutes(createCustomPhrasesService(deps)),
    api: {
      languages,
      async spokenLanguage(tenantId, wanted) {
        return closestLanguage(await languages(tenantId), wanted);
      },
      async phrases(tenantId, language) {
        const builtIn = (await loadSignInPhrases(language)) ?? englishPhrases;
        const translation = (await own(tenantId)).get(language);
        return translation
          ? (mergeTexts(builtIn as object as Record<string, unknown>, translation) as object as SignInPhrases)
          : builtIn;
      },
    },
  };
}
