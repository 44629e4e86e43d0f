import type { mfa as en } from '../en/mfa.ts';

export const mfa: typeof en = {
  title: '多要素認証',
  lead: 'パスワードやコードに加えて、もう一つの証明を求めます。パスワードが盗まれても、それだけではサインインできません。',
  factors: {
    title: '認証要素',
    lead: 'ユーザーが 2 段階目に設定できるものです。一つを失くしても困らないよう、2 つ以上をおすすめします。',
    names: {
      WebAuthn: 'パスキー',
      Totp: '認証アプリ',
      PhoneVerificationCode: 'SMS のコード',
      EmailVerificationCode: 'メールのコード',
      BackupCode: 'バックアップコード',
    },
    hints: {
      WebAuthn: '指紋、顔、セキュリティキー。フィッシングに強い方法です。',
      Totp: 'スマートフォンのアプリに表示される 6 桁の数字。通信は不要です。',
      PhoneVerificationCode: 'アカウントの電話番号に届く、一度だけ使えるコードです。',
      EmailVerificationCode: 'アカウントのメールアドレスに届く、一度だけ使えるコードです。',
      BackupCode: '紙などに控えておく 10 個のコード。それぞれ 1 回使えます。ほかの要素と組み合わせて使います。',
    },
  },
  policy: {
    title: '求める相手',
    lead: '要素を設定した人には必ず求めます。ここでは、まだ設定していない人への対応を決めます。',
    names: {
      NoPrompt: '設定を促さない',
      PromptOnlyAtSignIn: 'サインイン時に勧める',
      PromptAtSignInAndSignUp: '登録時とサインイン時に勧める',
      UserControlled: '勧めたうえで、ユーザーがオフにできる',
      Mandatory: '全員に必須',
      PromptOnlyAtSignInMandatory: '適応型: サインイン時に設定',
      PromptAtSignInAndSignUpMandatory: '適応型: 登録時とサインイン時に設定',
    },
    hints: {
      NoPrompt: '希望する人だけが、自分のアカウントで設定します。',
      PromptOnlyAtSignIn: '登録は短いまま、次のサインインで勧めます。スキップできます。',
      PromptAtSignInAndSignUp: '登録の時点から勧めます。スキップできます。',
      UserControlled: '以前からあるポリシーです。上と同じですが、要素を設定した後に求められないようにもできます。',
      Mandatory: '要素がなければ先に進めません。未設定の人はその場で設定します。',
      PromptOnlyAtSignInMandatory:
        '適応型 MFA が必要です。登録後のサインインで全員が要素を設定し、普段と違うサインインのときに求められます。',
      PromptAtSignInAndSignUpMandatory:
        '適応型 MFA が必要です。登録時から全員が要素を設定し、普段と違うサインインのときに求められます。',
    },
    organization: 'MFA を必須とする組織のメンバー',
    organizationHint: '「MFA を必須にする」組織で、メンバーがまだ要素を設定していない場合の対応です。',
    organizations: {
      NoPrompt: '設定するまで組織のトークンを発行しない',
      Mandatory: 'サインイン時に設定してもらう',
    },
  },
  adaptive: {
    title: '適応型 MFA',
    lead: 'これまでと様子の違うサインインのときだけ、2 段階目を求めます。',
    enabled: '普段と違うサインインのときに求める',
    enabledHint: '場所とボットスコアは、プロキシのヘッダーまたはローカルの GeoIP ファイルから取得します。',
    thresholds: {
      newCountryDays: '国を覚えておく日数',
      maxSpeedKmh: '移動速度の上限（km/h）',
      inactivityDays: '長い不在とみなす日数',
      minBotScore: 'ボットスコアの下限',
    },
    hints: {
      newCountryDays: 'その国からのサインイン後、この期間は「知っている国」として扱います。',
      maxSpeedKmh: '移動できないほど離れた 2 回のサインインを異常とみなします。',
      inactivityDays: 'この期間を空けた後の最初のサインインを異常とみなします。',
      minBotScore: 'これを下回る場合、プログラムの可能性が高いとみなします。',
    },
  },
  trusted: {
    title: '信頼済みの端末',
    lead: '2 段階目で「この端末では次回から求めない」を選べるようにします。',
    enabled: '端末を信頼できるようにする',
    days: '次に求めるまでの日数',
  },
  passkey: {
    title: 'パスキーでのサインイン',
    lead: 'パスキーは所持と本人を同時に証明するため、パスワードと 2 段階目の両方の代わりになります。',
    enabled: 'パスキーでのサインインを許可する',
    enabledHint: 'サインインの後に、パスキーの作成を案内します。',
    showPasskeyButton: 'パスキーのボタンを表示する',
    showPasskeyButtonHint: '名前を入力せず、ボタン一つでサインインできます。',
    allowAutofill: '名前の欄でパスキーを提案する',
    allowAutofillHint: 'ブラウザーが、保存済みのパスワードと同じ場所にパスキーを表示します。',
  },
  problems: {
    backupCodeAlone: 'バックアップコードはほかの要素と組み合わせて使います。もう一つ選んでください。',
    emailOpensAlready:
      'メールのコードは 1 段階目だけでサインインに使えるため、2 段階目の証明になりません。ここか「登録とサインイン」のどちらかで外してください。',
    phoneOpensAlready:
      'SMS のコードは 1 段階目だけでサインインに使えるため、2 段階目の証明になりません。ここか「登録とサインイン」のどちらかで外してください。',
    adaptiveWithoutFactors: '適応型 MFA で求める要素がありません。要素を選んでください。',
    requiredWithoutFactors: '全員に必須ですが、選べる要素がありません。',
    adaptiveNeedsPolicy: '適応型 MFA には、2 つの適応型ポリシーのどちらかを選んでください。',
    policyNeedsAdaptive: '適応型 MFA がオフの間、適応型のポリシーでは誰にも求められません。',
  },
};
