import type { ErrorPhrases } from './index.ts';

export const ja: ErrorPhrases = {
  'auth.authorization_header_missing': 'Authorization ヘッダーにアクセストークンを指定してください。',
  'auth.authorization_token_type_not_supported': 'アクセストークンは Bearer トークンとして送信してください。',
  'auth.unauthorized':
    'アクセストークンがないか、期限が切れているか、この API 向けではありません。新しいトークンを取得してください。',
  'auth.forbidden': 'このアクセストークンには、この操作に必要な権限がありません。',
  'guard.invalid_input': 'リクエストの形式が正しくありません。details に該当箇所が示されています。',
  'guard.invalid_pagination': 'page は 1 以上、page_size は 1 から 100 の範囲で指定してください。',
  'request.invalid_input': 'リクエストの形式が正しくありません。',
  'request.rate_limited': 'リクエストが多すぎます。しばらく待ってからもう一度お試しください。',
  'request.overloaded': 'サーバーが混み合っています。数秒後にもう一度お試しください。',
  'request.unavailable': 'サーバーがデータベースに接続できません。数秒後にもう一度お試しください。',
  'request.general': 'サーバーで問題が発生しました。詳細はリクエスト ID とともにログに記録されています。',
  'operator_link.not_valid':
    'このリンクは使用済みか、有効期限が切れています。サーバー上で新しいリンクを発行してください。',
  'tenant.exists': 'ID が {{id}} のテナントはすでに存在します。',
  'tenant.invalid_id': '{{id}} はテナント ID に使えません。小文字の英数字とハイフンで 21 文字以内にしてください。',
  'entity.not_found': 'このアドレスには何もありません。',
  'entity.not_exists_with_id': 'ID が {{id}} の {{name}} は存在しません。',
  'entity.unique_integrity_violation': '同じ値のものがすでに存在します。',
  'entity.relation_foreign_key_not_found': 'リクエストが存在しないものを参照しています。',
  'session.not_found': 'このサインインはすでに終了しています。アプリに戻って、もう一度始めてください。',
  'oidc.key_required': '少なくとも 1 つの鍵が必要です。',
  'oidc.key_not_found': 'ID が {{id}} の鍵は存在しません。',
  'oidc.only_previous_key_can_be_deleted':
    '削除できるのは以前の鍵だけです。先に鍵をローテーションしてから、古い鍵を削除してください。',
  'oidc.session_not_found': 'そのセッションは存在しません。',
};
