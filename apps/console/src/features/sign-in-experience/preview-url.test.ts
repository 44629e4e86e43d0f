import { describe, expect, it } from 'vitest';
import { previewUrl } from './preview-url.ts';

const view = { page: 'register', lang: 'ja', theme: 'dark' } as const;

function draftOf(url: string): unknown {
  return JSON.parse(Buffer.from(new URL(url).searchParams.get('draft') ?? '', 'base64url').toString('utf8'));
}

describe('previewUrl', () => {
  it('carries the draft and the view below the endpoint', () => {
    const draft = { customCss: '.lk-body::before { content: "日本語 ÿ?>" }' };
    const { url, isCut } = previewUrl('https://id.example.com/t/acme', draft, view);
    expect(url).toMatch(/^https:\/\/id\.example\.com\/t\/acme\/sign-in\/preview\?/);
    expect(url).toMatch(/draft=[\w-]+&page=register&lang=ja&theme=dark$/);
    expect(draftOf(url)).toEqual(draft);
    expect(isCut).toBe(false);
  });

  it.each([
    ['style rules', { customCss: 'a{}'.repeat(10_000) }],
    ['texts', { customContent: { '/sign-in': 'long '.repeat(3_000) } }],
  ])('leaves out %s that would make the address too long, and says so', (_what, long) => {
    const draft = { ...long, termsOfUseUrl: null };
    const { url, isCut } = previewUrl('https://id.example.com', draft, view);
    expect(draftOf(url)).toEqual({ termsOfUseUrl: null });
    expect(isCut).toBe(true);
    expect(url.length).toBeLessThan(8500);
  });
});
