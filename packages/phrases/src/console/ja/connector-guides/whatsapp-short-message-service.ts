import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'WhatsApp を設定する',
    body: [
      'Meta の**アプリダッシュボード**（developers.facebook.com/apps）でアプリを作成します。ユースケースに **Connect with customers through WhatsApp**（WhatsApp で顧客とつながる）を、続けてビジネスポートフォリオを選びます。',
      '**ユースケース → カスタマイズ → API Setup** で番号を登録し、**Phone number ID** をコピーします。',
    ],
  },
  {
    title: 'テンプレートを作成する',
    body: [
      'WhatsApp マネージャの **メッセージテンプレート** で **テンプレートを作成** を選び、カテゴリーに **認証**、配信方法に **コードをコピー** を選びます。',
      '名前と言語（例：`ja`）を **テンプレート** に入力します。',
    ],
  },
  {
    title: '無期限のトークンを作成する',
    body: [
      'ビジネス設定の **システムユーザー** で、`whatsapp_business_messaging` を許可したトークンを生成します。**API Setup** のトークンは 1 日で失効します。',
    ],
  },
];
