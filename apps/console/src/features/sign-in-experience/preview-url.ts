import type { UpdateSignInExperience } from '@latchkey/server/contract';
import type { PreviewPageName } from './preview-pages.ts';

export type PreviewView = {
  page: PreviewPageName;
  lang: string;
  theme: 'light' | 'dark';
};

/** Servers refuse request lines that are much longer, so a longer draft is sent without what may be long in it. */
const maxDraftLength = 8000;

function encode(draft: UpdateSignInExperience): string {
  const bytes = new TextEncoder().encode(JSON.stringify(draft));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Address of the real sign-in page with unsaved settings laid over the saved ones. */
export function previewUrl(endpoint: string, draft: UpdateSignInExperience, { page, lang, theme }: PreviewView) {
  const url = new URL(`${endpoint}/sign-in/preview`);
  const whole = encode(draft);
  const { customCss, customContent, ...others } = draft;
  const isCut = whole.length > maxDraftLength && (customCss !== undefined || customContent !== undefined);
  url.search = new URLSearchParams({ draft: isCut ? encode(others) : whole, page, lang, theme }).toString();
  return { url: url.href, isCut };
}
