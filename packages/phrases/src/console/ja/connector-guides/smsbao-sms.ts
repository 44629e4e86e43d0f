import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'API キーを用意する',
    body: [
      'smsbao にサインインし、アカウント設定で API キーをコピーします。パスワードの MD5 値も使えますが、送信以外の操作もできてしまいます。',
    ],
  },
  {
    title: '署名を登録する',
    body: [
      '中国宛ての文面は `【】` で囲んだ署名で始めます。smsbao で承認を受け、署名を含む文面を **テンプレート** に入力します。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: ['**製品 ID** は専用チャネルを契約している場合に入力します。'],
  },
];
