import type { authorization as en } from '../en/authorization.ts';

export const authorization: typeof en = {
  title: '権限の理由',
  hint: '許可されているかどうかと、どのロールによるかを確認します。API、組織、またはその両方を選択してください。',
  resource: 'API リソース',
  permission: '権限',
  organization: '組織',
  ask: '確認',
  allowed: ({ name, permission }) => `${name} は、次のロールにより「${permission}」の権限を持っています`,
  refused: ({ name, permission }) => `${name} は「${permission}」の権限を持っていません`,
  byDefault: '新規ユーザー全員に付与',
  grantedBy: 'この権限を与えるロール:',
  obstacles: {
    suspended: 'ユーザーは停止中です。',
    'not-a-member': '組織のメンバーではありません。',
    'second-factor-missing': '組織は2 段階認証を必須としていますが、設定されていません。',
    'resource-unknown': 'この API は存在しません。',
    'scope-unknown': 'この権限は存在しません。',
    'no-role': 'ここで持っているロールには、この権限がありません。',
  },
};
