import {
  ConnectorError,
  type FormItem,
  type LocalizedText,
  type OneTap,
  parseConfig,
  type SocialUserInfo,
  verifyIdTokenClaims,
  verifyStatement,
} from '@latchkey/connector-kit';
import { z } from 'zod';

const KEYS = 'https://www.googleapis.com/oauth2/v3/certs';
// Both are documented (https://developers.google.com/identity/gsi/web/guides/verify-google-id-token).
const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];

export const oneTapShape = {
  oneTap: z
    .object({
      isEnabled: z.boolean().default(false),
      autoSelect: z.boolean().default(false),
      closeOnTapOutside: z.boolean().default(true),
      itpSupport: z.boolean().default(true),
    })
    .optional(),
};

const switchItem = (
  member: string,
  defaultValue: boolean,
  label: LocalizedText,
  description?: LocalizedText,
): FormItem => ({
  key: `oneTap.${member}`,
  type: 'Switch',
  defaultValue,
  ...(member !== 'isEnabled' && { showConditions: [{ targetKey: 'oneTap.isEnabled', expectValue: true }] }),
  label,
  ...(description && { description }),
});

export const oneTapFormItems: readonly FormItem[] = [
  switchItem(
    'isEnabled',
    false,
    { en: 'Google One Tap', ja: 'Google One Tap' },
    {
      en: 'The sign-in page offers the Google accounts of the browser in a prompt. It loads a script of Google’s.',
      ja: 'サインインページに、ブラウザーの Google アカウントを選ぶプロンプトを表示します。Google のスクリプトが読み込まれます。',
    },
  ),
  switchItem(
    'autoSelect',
    false,
    { en: 'Automatic sign-in', ja: '自動ログイン' },
    {
      en: 'Signs returning users in without a tap when they have one Google account.',
      ja: '以前に承認したユーザーの Google アカウントが 1 つの場合、タップなしでサインインします。',
    },
  ),
  switchItem('closeOnTapOutside', true, {
    en: 'Close the prompt by a tap outside of it',
    ja: 'プロンプトの外側をタップして閉じる',
  }),
  switchItem(
    'itpSupport',
    true,
    { en: 'One Tap on browsers with ITP', ja: 'ITP ブラウザーで One Tap を使用する' },
    {
      en: 'Intelligent Tracking Prevention of Safari and Firefox hides the prompt otherwise.',
      ja: 'オフの場合、Safari や Firefox の ITP（Intelligent Tracking Prevention）によりプロンプトが表示されません。',
    },
  ),
];

const configSchema = z.object({ clientId: z.string().min(1), ...oneTapShape });
const times = z.object({ exp: z.number() });

/** Google One Tap (https://developers.google.com/identity/gsi/web), told who it is by `userOf` the ID token's claims. */
export const googleOneTap = (userOf: (claims: unknown) => Omit<SocialUserInfo, 'rawData'>): OneTap => ({
  settings(config) {
    const { clientId, oneTap } = parseConfig(configSchema, config);
    return oneTap && { clientId, ...oneTap };
  },

  async verify({ config, credential, nonce }, context) {
    const { clientId, oneTap } = parseConfig(configSchema, config);
    if (!oneTap?.isEnabled) throw new ConnectorError('invalid_request_parameters', 'One Tap is switched off.');
    const expected = { idToken: credential, jwksUri: KEYS, issuer: ISSUERS, clientId };
    const claims =
      nonce === undefined
        ? await verifyStatement(expected, context)
        : await verifyIdTokenClaims({ ...expected, nonce }, context);
    return { userInfo: { ...userOf(claims), rawData: claims }, expiresAt: times.parse(claims).exp * 1000 };
  },
});
