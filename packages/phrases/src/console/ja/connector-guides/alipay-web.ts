import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'ウェブアプリを作成する',
    body: [
      '**Alipay Open Platform**（open.alipay.com）の**控制台**で**网页应用**を作成し、**获取会员信息** を追加して審査に提出します。',
    ],
  },
  {
    title: '署名を設定する',
    body: [
      'Alipay の鍵ツールで **RSA2（SHA256）**、PKCS#8 形式の鍵ペアを作成します。',
      '**开发设置 → 接口加签方式** に公開鍵を登録します。秘密鍵はフォームに貼り付けます。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: ['**开发设置 → 授权回调地址** に、このページのリダイレクト URI を入力します。'],
  },
  {
    title: 'APPID をコピーする',
    body: ['アプリの画面上部の **APPID** をコピーします。Alipay からメールアドレスは渡されません。'],
  },
];
