import type { PageModel } from '@latchkey/server/contract';
import { samples } from '../src/samples.ts';

type Frame = PageModel['frame'];

export function frame(changes: Partial<Frame> = {}): Frame {
  return {
    branding: {
      displayName: 'Bookstore',
      primaryColor: '#6139f6',
      darkPrimaryColor: '#8768f8',
      colorScheme: 'system',
      hideLogtoBranding: false,
    },
    language: 'en',
    dir: 'ltr',
    termsOfUseUrl: 'https://bookstore.test/terms',
    privacyPolicyUrl: 'https://bookstore.test/privacy',
    support: { email: 'help@bookstore.test' },
    basePath: '',
    appId: 'bookstore',
    csrf: 'the-csrf-token',
    nonce: 'the-nonce',
    preview: false,
    ...changes,
  };
}

/** What a tenant may write for a page, made harmless. */
const content = `<h2>Opening hours</h2><p>The shop is open <b>every day</b>. <a href="https://bookstore.test/">More</a></p>
  <ul><li>10:00 to 18:00</li><li>Sundays from noon</li></ul>`;

/** Every page and variant in the test's frame; on one of them the tenant says something more. */
export function pages(changes: Partial<Frame> = {}) {
  const all = samples(frame(changes));
  return { ...all, 'sign-in': { ...all['sign-in'], frame: frame({ ...changes, content }) } };
}
