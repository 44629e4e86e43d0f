import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリケーションを作成する',
    body: [
      'Tencent Cloud SMS コンソールの **Application Management** でアプリケーションを作成し、**SDKAppID** をコピーします。',
    ],
  },
  {
    title: '署名とテンプレートの承認を受ける',
    body: ['対象地域の署名とテンプレートを追加し、承認を待ちます。テンプレートの変数は `{1}` の 1 つだけにします。'],
  },
  {
    title: 'API キーを作成する',
    body: ['CAM の **API Keys** で、SMS を使えるサブユーザーの **SecretId** と **SecretKey** をコピーします。'],
  },
];
