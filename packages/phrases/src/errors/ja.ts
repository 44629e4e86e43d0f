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
  'request.feature_not_supported':
    'この設定は Latchkey ではまだ利用できません。details に該当する項目が示されています。',
  'application.invalid_type': 'この種類のアプリケーションはシークレットを持ちません。',
  'application.invalid_role_type': 'このロールを持てるのは M2M アプリケーションだけです。',
  'application.invalid_third_party_application_type':
    'サードパーティのアプリケーションは、従来型ウェブ、シングルページ、ネイティブのいずれかにしてください。',
  'application.third_party_application_cannot_enable_token_exchange':
    'トークン交換は自社のアプリケーション専用です。サードパーティのアプリケーションでは使えません。',
  'application.device_flow_native_only': 'デバイスフローを使えるのはネイティブアプリケーションだけです。',
  'application.device_flow_not_changeable': 'デバイスフローは作成時に決まり、後から変更できません。',
  'application.no_legacy_secret_found': 'このアプリケーションに旧形式のシークレットはありません。',
  'application.protected_application_only': 'この操作は Protected タイプのアプリケーションにのみ使えます。',
  'application.secret_name_exists': 'このアプリケーションには {{name}} という名前のシークレットがすでにあります。',
  'oidc.invalid_redirect_uri': '登録できないアドレスがあります。該当箇所と理由は details に示されています。',
  'user.username_already_in_use': 'このユーザー名はすでに使われています。',
  'user.email_already_in_use': 'このメールアドレスは別のアカウントで使われています。',
  'user.phone_already_in_use': 'この電話番号は別のアカウントで使われています。',
  'user.identity_already_in_use': 'このプロバイダーのアカウントは別のユーザーに連携されています。',
  'user.password_algorithm_required': 'passwordDigest の作成方法を passwordAlgorithm に指定してください。',
  'user.password_and_digest': 'パスワードとダイジェストは、どちらか一方だけを送信してください。',
  'user.cannot_delete_self': 'ここでは自分自身のアカウントを削除できません。',
  'password.invalid_legacy_password_format':
    'パスワードのダイジェストがアルゴリズムの形式に合っていないため、サインインに使えません。',
  'password.unsupported_legacy_hash_algorithm': 'ハッシュアルゴリズム {{algorithm}} は利用できません。',
  'session.invalid_credentials': 'アカウントまたはパスワードが正しくありません。',
  'connector.not_found': 'そのコネクターは存在しません。',
  'connector.not_found_with_connector_id': 'ID が {{id}} のプロバイダーはないため、コネクターを作成できません。',
  'connector.multiple_instances_not_supported':
    'このプロバイダーのコネクターはすでにあります。既存のものを変更してください。',
  'connector.multiple_target_with_same_platform':
    '同じプラットフォームで同じ target のコネクターがあります。別の target を指定してください。',
  'connector.should_specify_target': '標準規格のコネクターには、アカウント連携に使う名前（target）の指定が必要です。',
  'connector.can_not_modify_target': 'target はアカウント連携に使われているため、変更できません。',
  'connector.cannot_overwrite_metadata_for_non_standard_connector':
    'このプロバイダーの名前、ロゴ、target は固定です。変更できるのは標準規格のコネクターだけです。',
  'connector.token_storage_not_supported': 'このプロバイダーのトークンは保存できません。',
  'connector.unexpected_type': 'この種類のコネクターでは実行できません。',
  'connector.invalid_config': 'コネクターの設定が正しくありません。該当箇所は details に示されています。',
  'connector.general': 'プロバイダーに接続できないか、問題が発生しています。しばらくしてからもう一度お試しください。',
  'connector.invalid_response': 'プロバイダーからの応答を解釈できません。',
  'connector.authorization_failed': 'プロバイダーがサインインを許可しませんでした。',
  'connector.social_auth_code_invalid':
    'プロバイダーがサインイン用のコードを受け付けませんでした。もう一度サインインを始めてください。',
  'connector.social_invalid_access_token':
    'プロバイダーがアクセストークンを受け付けませんでした。もう一度サインインを始めてください。',
  'connector.social_invalid_id_token': 'プロバイダーの ID トークンを検証できませんでした。',
  'connector.invalid_metadata': 'コネクターの定義に誤りがあります。',
  'connector.invalid_config_guard': 'コネクターが設定を検証できません。',
  'connector.invalid_request_parameters': 'プロバイダーへのリクエストに誤りがあります。',
  'connector.insufficient_request_parameters': 'プロバイダーからの応答に必要な情報が含まれていません。',
  'connector.invalid_certificate': 'プロバイダーの証明書に誤りがあります。',
  'connector.template_not_found': 'このメッセージのテンプレートがありません。',
  'connector.template_not_supported': 'コネクターはこのテンプレートに対応していません。',
  'connector.rate_limit_exceeded': 'プロバイダーのリクエスト制限に達しました。しばらくしてからもう一度お試しください。',
  'connector.usage_limit_exceeded': 'プロバイダーの利用上限に達しました。',
  'connector.not_implemented': 'コネクターはまだこの操作に対応していません。',
  'sign_in_experiences.username_requires_password': 'ユーザー名でのサインアップにはパスワードが必要です。',
  'sign_in_experiences.miss_sign_up_identifier_in_sign_in':
    'サインアップに使う識別子（{{identifier}}）は、サインインでも使えるようにしてください。',
  'sign_in_experiences.password_sign_in_must_be_enabled':
    'パスワードでサインアップできる場合は、パスワードでのサインインも有効にしてください。',
  'sign_in_experiences.at_least_one_authentication_factor':
    '各サインイン方法で、パスワードか確認コードの少なくとも一方を有効にしてください。',
  'sign_in_experiences.duplicated_sign_up_identifiers': 'サインアップの識別子が重複しています。',
  'sign_in_experiences.enabled_connector_not_found': 'メッセージを送信するコネクターが必要ですが、設定されていません。',
  'sign_in_experiences.forgot_password_method_requires_connector':
    'パスワードの再設定にはメッセージを送信するコネクターが必要ですが、設定されていません。',
  'sign_in_experiences.unsupported_default_language': 'サインインページは {{language}} に対応していません。',
  'sign_in_experiences.username_policy_case_conflicts_exist':
    '大文字と小文字だけが異なるユーザー名があります。先に変更してください。',
};
