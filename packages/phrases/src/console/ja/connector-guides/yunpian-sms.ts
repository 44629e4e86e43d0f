import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'API キーをコピーする',
    body: ['Yunpian のコンソールでアカウント設定を開き、**APIKEY** をコピーします。'],
  },
  {
    title: '署名とテンプレートの承認を受ける',
    body: [
      '署名とテンプレートを追加し、承認を待ちます。送信する文面は、署名も含めて承認済みテンプレートと一致している必要があります。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: [
      '承認済みの文面を **テンプレート** に入力し、コードの位置に `{{code}}` を書きます。必要に応じて **中国国外の番号にも送信する** をオンにします。',
    ],
  },
];
