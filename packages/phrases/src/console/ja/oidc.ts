import type { oidc as en } from '../en/oidc.ts';

export const oidc: typeof en = {
  title: 'OpenID Connect',
  lead: 'トークンと Cookie に署名する鍵、サインインの有効期間、登録されていないクライアントの扱いを設定します。',
  units: { minutes: '分', hours: '時間', days: '日' },
  keys: {
    'private-keys': {
      title: '署名鍵',
      lead: 'ID トークンとアクセストークンに署名します。公開鍵は JWKS のアドレスから取得されます。',
      rotateBody: '新しい鍵に切り替えます。以前の鍵による署名は、その鍵を削除するまで有効です。',
      deleteBody: 'この鍵で署名したトークンは拒否されます。元に戻せません。',
    },
    'cookie-keys': {
      title: 'Cookie 鍵',
      lead: 'サインイン画面の Cookie に署名します。',
      rotateBody: '新しい鍵にすぐ切り替わります。以前の鍵で署名した Cookie は、その鍵を削除するまで有効です。',
      deleteBody: 'この鍵で署名した Cookie しか持たない人は、サインインし直す必要があります。元に戻せません。',
    },
  },
  none: '鍵はありません。',
  statuses: { Next: '次', Current: '使用中', Previous: '以前' },
  created: ({ time }) => `${time} 作成`,
  effective: ({ time }) => `${time} から署名に使用`,
  rotate: 'ローテーション',
  rotateOf: ({ name }) => `ローテーション：${name}`,
  rotateTitle: '新しい鍵を作りますか？',
  algorithm: 'アルゴリズム',
  algorithmHint: 'ES256 が最も軽量です。RS256 は、それしか扱えないライブラリのためのものです。',
  grace: '署名を始めるまでの時間（時間）',
  graceHint:
    '新しい鍵はすぐに公開されます。鍵をキャッシュするアプリに行き渡ってから署名を始めます。0 にするとすぐに署名します。',
  rotated: '新しい鍵を作成しました。',
  deleteTitle: 'この鍵を削除しますか？',
  deleted: '鍵を削除しました。',
  session: {
    title: 'セッション',
    lead: '利用がないまま、サインインした状態が続く期間です。これから始まる、または使われるセッションに適用されます。',
    ttl: '有効期間',
    unit: '単位',
    wrong: '整数で、365 日以内にしてください。',
  },
  documents: {
    title: 'クライアント ID メタデータドキュメント',
    lead: 'クライアントが、自身を説明するドキュメントの https アドレスをクライアント ID として名乗れるようにします。AI エージェントなどで使われます。ユーザーにはホスト名が表示され、同意が必要です。',
    enabled: 'このようなクライアントを受け入れる',
    enabledHint: 'オフにすると、サインインもトークンの更新もできなくなります。',
    userScopes: 'ユーザーについて要求できる内容',
    userScopesHint: 'クライアントは、ここに挙げたものしか要求できません。一覧が空の間は何も許可されません。',
    resourceScopes: 'API の権限',
    organizationScopes: '組織の権限',
    organizationResourceScopes: '組織内での API の権限',
  },
};
