import type { ConsolePhrases } from '../index.ts';

export const protectedApplications: ConsolePhrases['protectedApplications'] = {
  host: 'サブドメイン',
  hostHint: ({ domain }) =>
    `${domain} の下に付ける名前です。wiki.example.com のような独自のホスト名をそのまま入力することもできます。`,
  ownHostHint: '独自のホスト名です。https:// やパスは付けません。所有していることは DNS のレコードで証明します。',
  hostProblem: '英小文字・数字・ハイフン、または完全なホスト名を入力してください。',
  origin: 'アプリのアドレス',
  originHint:
    'このサーバーから見たアプリのアドレスです。プライベートアドレスは EGRESS_ALLOWED_HOSTS で許可しておく必要があります。利用者が直接アクセスできないようにしてください。',
  originProblem: 'http://10.0.0.5:8080 のように、パスのないアドレスを入力してください。',
  address: 'アドレス',
  addressHint:
    '利用者はこのアドレスでアプリを開きます。サインインしていない場合は、先にサインインページが表示されます。',
  appAddress: 'アプリの公開アドレス',
  openApp: 'アプリを新しいタブで開く',
  signOutAddress: 'サインアウト用のリンク',
  behaviour: '保護の設定',
  behaviourHint: '変更は次のリクエストから反映されます。',
  session: 'セッションの長さ',
  sessionHint:
    'この時間が過ぎると、もう一度サインインが必要です（14 日間は 1,209,600 秒）。元になったサインインが終了したときにも、セッションは終了します。',
  rules: 'サインインが必要なパス',
  rulesHint: '^/admin のような正規表現で指定します。指定しなければ、すべてのパスでサインインが必要です。',
  patternProblem: '正規表現として正しくありません。',
  scopes: '追加で渡すユーザー情報',
  scopesHint:
    '氏名・メールアドレス・電話番号は常にアプリに渡されます。ここで選んだ項目は、テナントの ID トークンの設定でも有効になっている必要があります。',
  scopeNames: {
    custom_data: 'カスタムデータ',
    identities: '連携アカウント',
    roles: 'ロール',
    'urn:logto:scope:organizations': '組織',
    'urn:logto:scope:organization_roles': '組織でのロール',
  },
  domains: 'カスタムドメイン',
  domainsHint: 'アプリの追加のアドレスです。セッションはアドレスごとに別々です。',
  noDomains: 'まだありません。',
  deleteDomain: 'ドメインを削除',
  deleteDomainOf: ({ domain }) => `${domain} を削除`,
  deleteDomainBody: ({ domain }) => `${domain} ではアプリを開けなくなります。`,
  domainDeleted: 'ドメインを削除しました',
  told: 'アプリに渡される情報',
  toldHint: 'リクエストごとに次のヘッダーが付きます。訪問者が同じ名前で送ったヘッダーは、アプリには届きません。',
  header: 'ヘッダー',
  meaning: '内容',
  headers: {
    'Logto-ID-Token': 'ID トークン。だれがサインインしているかを、このテナントが署名して伝えます。',
    'X-Forwarded-User': 'ユーザーの ID。',
    'X-Forwarded-Email': 'メールアドレス（登録されている場合）。',
    'X-Forwarded-Preferred-Username': 'ユーザー名（登録されている場合）。',
    'Logto-Host': '要求されたホスト。X-Forwarded-Host と同じです。',
    Authorization: 'アプリ ID とシークレットによる Basic 認証。リクエストがこのサーバーからのものである証明です。',
  },
  verify:
    'このサーバー以外からもアプリにアクセスできる場合は、リクエストごとにトークンか Authorization ヘッダーを検証してください。',
  issuer: 'トークンの発行者（issuer）',
  audience: 'トークンの対象者（audience）',
  keys: '検証用の鍵（JWKS）',
};
