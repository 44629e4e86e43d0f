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

/** Every page and variant in the test's frame. */
export const pages = (changes: Partial<Frame> = {}) => samples(frame(changes));
