import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'モバイルアプリを作成する',
    body: [
      '**Alipay Open Platform**（open.alipay.com）の**控制台**で**移动应用**を作成し、Bundle ID と Android のパッケージ名を入力します。',
      '**APP 支付宝登录** を追加して審査に提出します。',
    ],
  },
  {
    title: '署名を設定する',
    body: [
      'Alipay の鍵ツールで **RSA2（SHA256）**、PKCS#8 形式の鍵ペアを作成し、公開鍵を **开发设置 → 接口加签方式** に登録します。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: [
      '**APPID** と秘密鍵を入力します。アプリが Alipay SDK からコードを受け取って API に渡すため、リダイレクト URI の登録は不要です。',
    ],
  },
];
