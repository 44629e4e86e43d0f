import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'API キーをコピーする',
    body: ['SMS Aero のアカウント設定で API の項目を開き、キーをコピーします。'],
  },
  {
    title: '送信元を登録する',
    body: ['アカウントで署名を追加し、承認を待ちます。承認されるまでは `SMS Aero` を送信元にできます。'],
  },
  {
    title: 'フォームに入力する',
    body: ['メールアドレスには、SMS Aero へのサインインに使うアドレスを入力します。'],
  },
];
