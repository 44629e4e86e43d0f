import { signInLanguages } from '@latchkey/phrases/sign-in-languages';
import { useQuery } from '@tanstack/react-query';

export const builtInLanguages: readonly string[] = Object.keys(signInLanguages);

/** The built-in texts of the sign-in pages in one language, or in English where there are none in it. */
export function useBuiltInTexts(tag: string) {
  return useQuery({
    queryKey: ['built-in-texts', tag],
    queryFn: async () => {
      const { englishPhrases, loadSignInPhrases } = await import('@latchkey/phrases/sign-in');
      return (await loadSignInPhrases(tag)) ?? englishPhrases;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A language by the name its own readers know it by. */
export function languageName(tag: string): string {
  const builtIn = Object.entries(signInLanguages).find(([known]) => known === tag);
  if (builtIn) return builtIn[1];
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    // Not every tag that the server takes has a name in this browser.
    return tag;
  }
}
