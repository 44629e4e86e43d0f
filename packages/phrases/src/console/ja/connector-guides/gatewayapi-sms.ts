import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'API トークンを作成する',
    body: ['GatewayAPI で **API** → **API Keys** を開いてキーを作成し、**Token** をコピーします。'],
  },
  {
    title: 'フォームに入力する',
    body: [
      'EU のアカウントでは、エンドポイントに `https://gatewayapi.eu/rest/mtsms` を使用します。',
      '**送信元** は、11 文字以内の名前または 18 桁以内の番号です。',
    ],
  },
];
