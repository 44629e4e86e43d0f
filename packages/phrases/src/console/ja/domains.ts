import type { domains as en } from '../en/domains.ts';

export const domains: typeof en = {
  title: 'ドメイン',
  lead: 'id.example.com のような独自のアドレスでサインインできるようにします。',
  add: 'ドメインを追加',
  emptyTitle: '独自ドメインはまだありません',
  empty: ({ address }) =>
    `現在は ${address} でサインインします。ドメインを追加し、DNS レコードで所有を証明すると、そのドメインでもすべての機能が使えるようになります。`,
  domain: 'ドメイン',
  domainHint: 'https:// やパスを付けず、ホスト名だけを入力します。',
  status: '状態',
  added: '追加日',
  primary: 'プライマリ',
  lost: '現在は使えません。開いて理由を確認してください。',
  statuses: {
    PendingVerification: 'DNS の確認待ち',
    PendingSsl: 'HTTPS の確認待ち',
    Active: '有効',
    Failing: 'レコードがありません',
    Error: '所有を確認できません',
  },
  whatItMeans: {
    PendingVerification:
      'ドメインの DNS サービスで、両方のレコードを設定してください。最初の 1 日は毎分、その後は 1 時間ごとに確認します。DNS の変更が反映されるまで、しばらくかかることがあります。',
    PendingSsl:
      'ドメインの所有を確認しました。HTTPS での最初のアクセスで有効になります。プロキシで証明書を設定し、一度アドレスを開いてください。',
    Error: 'TXT レコードが再び見つかるまで、このドメインは使えません。',
  },
  failing: ({ since, until }) =>
    `${since} から TXT レコードが見つかりません。ドメインは ${until} まで使えますが、それ以降はレコードが再び見つかるまで使えなくなります。`,
  checked: ({ time }) => `最終確認：${time}`,
  removed: '削除したドメイン',
  removedHint: 'これらのドメインは使えません。履歴は監査ログに残っています。',
  removedBy: '削除した人',
  links: 'メッセージ内のリンク',
  linksLeadTo: ({ address }) => `リンク先は ${address} です。`,
  records: 'DNS レコード',
  recordsHint: 'ドメインを使っている間は、両方とも残しておいてください。',
  checkAgain: '再確認',
  found: 'レコードが見つかり、ドメインの所有を確認しました',
  notFoundYet: 'レコードはまだ見つかりません',
  why: {
    TXT: 'ドメインの所有を証明します。',
    CNAME:
      'アクセスをこのサーバーに導きます。CNAME を設定できないゾーンの頂点では、代わりに A レコードと AAAA レコードを使います。',
  },
  recordStates: {
    TXT: { there: '確認済み', missing: '未確認' },
    CNAME: { there: 'アクセスあり', missing: '確認対象外' },
  },
  recordName: ({ type }) => `${type} レコードの名前`,
  recordValue: ({ type }) => `${type} レコードの値`,
  address: 'このドメインでの値',
  addressHint:
    'アドレスごとに発行者が異なります。トークンと Cookie はアドレスの間で共有されず、パスキーは登録したアドレスでのみ使えます。各アプリケーションでは 1 つのアドレスだけを使ってください。',
  endpoint: 'アプリケーションに設定するエンドポイント',
  issuer: '発行者（issuer）',
  makePrimary: 'メッセージ内のリンク先をこのドメインにする',
  makePrimaryHint: ({ address }) =>
    `オンにできるドメインは 1 つだけです。設定がない場合や、ドメインが使えない間は、${address} がリンク先になります。`,
  files: '/.well-known/ 以下のファイル',
  filesHint: ({ max }) =>
    `apple-app-site-association や、認証局のチャレンジなどです。最大 ${max} 個、1 個 16 KiB までです。`,
  addFile: 'ファイルを追加',
  noFiles: 'ファイルはありません。',
  removeFileBody: 'このファイルは配信されなくなります。',
  path: '/.well-known/ 以下のパス',
  pathHint: '同じパスのファイルは置き換えられます。',
  pathInvalid: '英数字と - . _ ~ を使い、区切りには / を使ってください。',
  contentType: '種類',
  content: '内容',
  deleteSection: 'このドメインを削除',
  deleteHint:
    'すぐに使えなくなります。このドメインを使うアプリケーションではサインインできなくなり、発行済みのトークンは無効になり、登録されたパスキーも使えません。',
};
