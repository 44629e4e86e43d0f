import type { guides as en } from '../en/guides.ts';

export const guides: typeof en = {
  descriptions: {
    flask: 'Flask と標準の Python SDK を使う Python の Web アプリ。',
    django: 'Authlib を OpenID Connect クライアントとして使う Django サイト。',
    express: 'Express と標準の SDK を使う Node.js の Web アプリ。',
    next: 'サーバーコンポーネントとサーバーアクションを使う Next.js アプリ。',
    react: 'フックを使う React のシングルページアプリ。',
    vue: 'コンポーザブルを使う Vue のシングルページアプリ。',
    go: '標準ライブラリの HTTP サーバーで動く Go の Web アプリ。',
    php: '標準の SDK と PHP セッションを使う PHP の Web アプリ。',
    springBoot: 'Spring Security の OAuth 2.0 クライアントを使う Java の Web アプリ。',
    aspNetCore: '標準の認証ハンドラーを使う ASP.NET Core の Web アプリ。',
    machineToMachine: 'ユーザーを介さずに API を呼び出すサービスやスクリプト。',
  },
  titles: {
    install: 'インストール',
    session: 'トークンをセッションに保存する',
    configure: 'クライアントを設定する',
    redirectUris: 'リダイレクト URI を保存する',
    signIn: 'サインインとアカウント作成',
    signInAndOut: 'サインイン、アカウント作成、サインアウト',
    callback: 'コールバックを処理する',
    signOut: 'サインアウト',
    home: 'ホームページ',
    checkpoint: '確認: 動かしてみる',
    next: '次のステップ',
  },
  shared: {
    oneFile: '同じファイル名のブロックは、上から順にそのファイルへ貼り付けます。',
    values: 'このアプリケーションの値は次のとおりです。',
    secret:
      'そのまま動くように、コードにはアプリシークレットが書かれています。コミットやデプロイの前に、環境変数から読むように変えてください。',
    publicClient:
      'ブラウザーで動くコードは秘密を守れないため、このアプリケーションにシークレットはありません。SDK はサインインのたびに PKCE で自身を証明します。',
    redirectUri:
      'サインイン後の移動先は、ここに保存したアドレスだけです。1 文字ずつ比較されるので、`localhost` と `127.0.0.1` は別のホストになります。',
    postSignOutUri: 'サインアウト後は、次のアドレスに戻ります。',
    signUpFirst: '2 つ目の入口は、「アカウントを作成」ボタンのために、先に登録ページを開きます。',
    singlePageCors:
      'リダイレクト URI を保存すると、そのオリジンのブラウザーからトークンとユーザー情報のエンドポイントを呼び出すこと (CORS) も許可されます。',
    start: 'アプリを起動します。',
    https: '本番環境では https でアプリを公開し、その公開アドレスを上の欄に保存してください。',
  },
  checkpoint: {
    open: ({ url }) => `ブラウザーで ${url} を開きます。サインインしていないことが表示されます。`,
    signUp: '**Create an account** を選んで登録します。アプリに戻り、アカウントのクレームが表示されます。',
    signOut: '**Sign out** を選びます。アプリと Latchkey の両方からサインアウトし、ホームページに戻ります。',
    signIn: '**Sign in** を選び、いま作成したアカウントでサインインします。',
    trouble:
      'リダイレクト URI が登録されていないと表示されたら、メッセージのアドレスと上で保存したアドレスを比べてください。スキーム、ホスト、ポート、パスがすべて一致している必要があります。',
  },
  links: {
    connectors: 'GitLab で続行できるようにする: ソーシャルコネクターを追加',
    signInExperience: '登録に使う識別子、色、ロゴを選ぶ',
    applications: 'トークンの有効期間、追加のシークレットなど、このアプリケーションの設定',
    sdk: ({ name }) => `${name} のドキュメント`,
  },
  flask: {
    install:
      '仮想環境を作り、SDK をインストールします。SDK の呼び出しはコルーチンなので、Flask の `async` 追加機能で実行します。',
    session:
      'SDK には、訪問者ごとのトークンの保存場所を渡します。次のクラスは、その訪問者の Flask セッションに保存します。',
    cookieLimit:
      'Flask のセッションは署名付き Cookie で、ブラウザーは 4,096 バイトを超える Cookie を捨てます。ID トークン、不透明トークン、API トークン 1 つまでは収まります。それ以上になる場合は `pip install flask-session` でセッションをサーバー側に移せます。このクラスの変更は不要です。',
    configure:
      'ストレージが現在のリクエストのセッションを見るので、1 つのクライアントで全員に対応できます。`SECRET_KEY` はセッションの署名に使われ、指定しないとアプリの再起動で全員がサインアウトします。',
    callback:
      'SDK が state を検証し、一度限りのコードをトークンに交換します。取り消されたり繰り返されたりしたサインインでは `LogtoException` が発生するので、セッションを消して最初からやり直せるようにします。',
    home: 'クレームは ID トークンから得られ、通信は不要です。`fetchUserInfo` は現在の情報をサーバーに問い合わせ、期限切れのアクセストークンは自動で更新します。',
    protect: 'サインインが必要なページは、デコレーターで守ります。',
  },
  django: {
    install:
      'Django 専用の SDK はないため、Authlib を使います。Authlib はディスカバリー文書を読み、PKCE を使い、ID トークンの発行者、対象者、nonce を検証します。既存のプロジェクトでは `startproject` を省いてください。',
    settings:
      '設定ファイルの末尾に次の行を加えます。セッションはデータベースにあるので、トークンはブラウザーに渡りません。',
    client: '独立したモジュールでクライアントを登録します。',
    signIn:
      '`authorize_redirect` の追加引数は認可パラメーターになり、`first_screen=register` は先に登録ページを開きます。`prompt=consent` とスコープ `offline_access` で、リフレッシュトークンが得られます。',
    callback:
      'Latchkey のアカウントごとに Django のユーザーが 1 人作られます。`sub` は変わらないのでユーザー名に使い、名前とメールアドレスはサインインのたびに更新します。',
    signOut: '他のサイトのリンクでサインアウトさせられないように、サインアウトは POST にします。',
    home: 'サインイン済みのユーザーには、セッションに保存したクレームを表示します。',
    urls: 'プロジェクトの URL を置き換えます。',
    run: 'セッションとユーザーのテーブルを一度だけ作り、サーバーを起動します。',
  },
  express: {
    install: 'SDK はトークンを `express-session` に保存します。',
    configure:
      '既定のセッションストアはメモリー上にあり、プロセスが終わるとすべて失われます。本番環境では、Redis や PostgreSQL などのストアを `express-session` に渡してください。',
    signIn:
      '1 行で `/logto/sign-in`、`/logto/sign-up`、`/logto/sign-in-callback`、`/logto/sign-out` の 4 つのルートが加わります。`/logto/sign-up` は先に登録ページを開きます。',
    home: '`withLogto` はリクエストに `user` を加えます。`fetchUserInfo` を指定すると、現在の情報もサーバーに問い合わせます。',
    protect: '同じミドルウェアでページを守ります。',
  },
  next: {
    install: 'App Router を使う既存のアプリでは、最初の行を省いてください。',
    secret:
      'SDK はトークンを暗号化した Cookie に保存します。次のコマンドは、そのための無作為な鍵を `.env.local` に書き込みます。',
    configure: '値は環境変数から読むので、リポジトリーには残りません。',
    callback: 'Next.js が GET リクエスト中に Cookie を書けるのはルートハンドラーだけなので、ここで処理します。',
    buttons:
      'サインインとサインアウトはサーバーアクションで始めます。`firstScreen: "register"` は先に登録ページを開きます。',
    home: 'セッションはサーバーで読みます。`Suspense` により、Next.js は周囲のページを先に送れます。',
  },
  react: {
    install: '既存のアプリでは SDK だけをインストールします。',
    configure:
      'プロバイダーが子コンポーネントに SDK を渡します。一度だけ作られるように、設定はコンポーネントの外に置きます。',
    callback:
      'ブラウザーがリダイレクト URI に戻ると、フックがサインインを完了します。その後、再読み込みで繰り返されないようにアドレスを置き換えます。',
    home: '`signIn` はページを離れます。`firstScreen: "register"` は先に登録ページを開きます。`getIdTokenClaims` は通信なしに答えます。',
    route: '2 ページだけならルーターは不要です。ルーターを使う場合は、コールバックに専用のルートを用意してください。',
  },
  vue: {
    install: '既存のアプリでは SDK だけをインストールします。',
    configure: 'プラグインがすべてのコンポーネントに SDK を渡します。',
    callback:
      'ブラウザーがリダイレクト URI に戻ると、コンポーザブルがサインインを完了します。その後、再読み込みで繰り返されないようにアドレスを置き換えます。',
    home: '`signIn` はページを離れます。`firstScreen: "register"` は先に登録ページを開きます。`getIdTokenClaims` は通信なしに答えます。',
    route:
      '2 ページだけならルーターは不要です。Vue Router を使う場合は、コールバックに専用のルートを用意してください。',
  },
  go: {
    install: 'SCS はセッションをサーバー側に保存するので、トークンが Cookie の大きさの制限にかかりません。',
    session: 'SDK はキーごとに文字列を読み書きします。次の型は、現在のリクエストのセッションに保存します。',
    configure: 'クライアントは 1 人の訪問者のトークンを覚えるので、リクエストごとに作ります。',
    signIn: '2 つ目のルートでは、`FirstScreen` が先に登録ページを開きます。',
    callback: 'SDK が state を検証し、一度限りのコードをトークンに交換します。',
    home: 'クレームは ID トークンから得られ、通信は不要です。',
    main: '最後にルートを登録します。`LoadAndSave` が各リクエストにセッションを渡します。',
  },
  php: {
    install: 'PHP 8.1 以降と Composer を使います。',
    configure: 'SDK はトークンを自動で PHP セッションに保存します。',
    signIn:
      '`signIn` はサインインページのアドレスを返します。2 つ目のルートでは `first_screen=register` を加え、先に登録ページを開きます。',
    callback: 'SDK が state を検証し、一度限りのコードをトークンに交換します。',
    home: 'クレームは ID トークンから得られ、通信は不要です。',
    run: 'PHP 内蔵のサーバーは、すべてのリクエストをこのファイルに渡します。',
  },
  springBoot: {
    install: '2 つのスターターを使う Maven プロジェクトです。既存のプロジェクトでは依存関係だけを取り入れてください。',
    configure: 'Spring は `issuer-uri` の下のディスカバリー文書から、すべてのエンドポイントを読みます。',
    algorithm:
      'Spring は RS256 で署名された ID トークンを想定していますが、Latchkey は別の種類の鍵を選ばない限り ES256 で署名します。2 つ目の Bean でそれを伝えます。これがないと、サインインは「Signed JWT rejected」で終わります。',
    signIn:
      'Spring は、サインインを始める `/oauth2/authorization/latchkey` と、コールバックを処理する `/login/oauth2/code/latchkey` を用意します。次のリゾルバーは、`?first_screen=register` があると先に登録ページを開き、PKCE も使います。',
    security:
      'フィルターチェーンで全体をつなぎます。サインアウトでは Latchkey のセッションも終わり、ホームページに戻ります。',
    home: 'ホームページは訪問者を迎え、サインイン済みのユーザーにはクレームを表示します。',
  },
  aspNetCore: {
    install: '.NET 8 以降を使います。既存のプロジェクトではパッケージだけを追加してください。',
    configure:
      'ユーザーシークレットを使い、シークレットをプロジェクトの外に置きます。ここではエンドポイントの末尾にスラッシュが付きます。',
    program:
      'ハンドラーはディスカバリー文書からすべてのエンドポイントを読みます。ASP.NET Core はこの文書に http を許さないため、開発中だけ緩めます。',
    signIn: 'チャレンジで訪問者をサインインページに送ります。パラメーター `first_screen` は先に登録ページを開きます。',
    callback:
      '書くコードはありません。ハンドラーがリダイレクト URI に応答し、トークンを暗号化した Cookie に保存します。',
    signOut:
      'ハンドラーが Cookie を消し、Latchkey のセッションを終わらせます。サインアウト後の URI にもハンドラーが応答します。',
    home: 'アカウントの値は、ページに入れる前にエンコードします。',
    run: '開発用証明書を一度だけ信頼し、リダイレクト URI と同じポートで起動します。',
  },
  machineToMachine: {
    titles: {
      token: 'アクセストークンを取得する',
      call: 'Management API を呼び出す',
      sdk: '型付きクライアントを使う',
      own: '自分の API を呼び出す',
    },
    token:
      'アプリケーションは ID とシークレットをアクセストークンに交換します。`resource` は、そのトークンを使う API を表します。',
    cache: 'トークンは 1 時間有効です。呼び出しのたびではなく、期限が切れる少し前に取り直してください。',
    permission:
      'このアプリケーションに権限が与えられている場合だけ、トークンにスコープ `all` が含まれ、Management API が応答します。権限のあるアプリケーションは、サーバー上で次のように作成します。',
    call: 'リクエストごとにトークンを送ります。一覧はページに分かれ、ヘッダー `Total-Number` が全体の件数を示します。',
    sdk: '`@logto/api` はトークンの取得と更新を自動で行い、各操作の型を備えています。Node.js 22 以降が必要です。',
    own: '自分の API には、その識別子を `resource` に指定します。API は鍵セットを使い、トークンの署名、発行者、対象者、スコープを検証します。',
    checkpoint:
      'プログラムがユーザー数を表示します。`401` は ID かシークレットの誤り、`403` は権限の不足を意味します。',
  },
};
