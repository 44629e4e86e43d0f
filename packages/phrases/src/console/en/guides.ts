/** Texts of the integration guides; the code they explain is in the Console. */
export const guides = {
  descriptions: {
    flask: 'A Python web app with Flask and the stock Python SDK.',
    django: 'A Django site with Authlib as its OpenID Connect client.',
    express: 'A Node.js web app with Express and the stock SDK.',
    next: 'A Next.js app with server components and server actions.',
    react: 'A single-page app in React, with hooks.',
    vue: 'A single-page app in Vue, with composables.',
    go: 'A Go web app on the HTTP server of the standard library.',
    php: 'A PHP web app with the stock SDK and PHP sessions.',
    springBoot: 'A Java web app with the OAuth 2.0 client of Spring Security.',
    aspNetCore: 'An ASP.NET Core web app with the stock authentication handler.',
    commandLine: 'A program on its user’s own computer, such as a command-line tool.',
    machineToMachine: 'A service or a script that calls an API without a user.',
  },
  titles: {
    install: 'Install',
    session: 'Keep tokens in the session',
    configure: 'Configure the client',
    redirectUris: 'Save the redirect URIs',
    signIn: 'Sign in and sign up',
    signInAndOut: 'Sign in, sign up, sign out',
    callback: 'Handle the callback',
    signOut: 'Sign out',
    home: 'Home page',
    checkpoint: 'Checkpoint: try it',
    next: 'Next steps',
  },
  shared: {
    oneFile: 'Blocks that carry the same file name go into that file, one below the other.',
    values: 'These values belong to this application:',
    secret:
      'The app secret stands in the code so that it runs as it is. Before you commit or deploy, read it from the environment.',
    publicClient:
      'Code in a browser cannot keep a secret, so this application has none: the SDK proves itself with PKCE at each sign-in.',
    redirectUri:
      'After sign-in, people are sent only to an address saved here. It is compared character by character, so `localhost` and `127.0.0.1` are two different hosts.',
    postSignOutUri: 'After sign-out, they come back to this address:',
    signUpFirst: 'The second way in opens the registration page first, for a “Create an account” button.',
    singlePageCors:
      'Saving the redirect URI also allows its origin to call the token and user info endpoints from the browser (CORS).',
    signOut:
      'Signing out ends the session of the app, then that of Latchkey, and comes back to the address saved above.',
    start: 'Start the app:',
    https: 'Before production, serve the app over https and save its public addresses above.',
  },
  checkpoint: {
    open: (values: { url: string }) => `Open ${values.url} in a browser. The page says that you are not signed in.`,
    signUp: 'Choose **Create an account** and register. You come back to the app and see the claims of your account.',
    signOut: 'Choose **Sign out**. You are back on the home page, signed out of the app and of Latchkey.',
    signIn: 'Choose **Sign in** and use the account that you have just created.',
    trouble:
      'If a page says that the redirect URI is not registered, compare the address in its message with the one saved above: scheme, host, port and path must all be equal.',
  },
  links: {
    connectors: 'Let people continue with GitLab: add a social connector',
    signInExperience: 'Choose sign-up identifiers, colours and logo',
    applications: 'Token lifetimes, more secrets and other settings of this application',
    sdk: (values: { name: string }) => `Documentation of ${values.name}`,
  },
  flask: {
    install:
      'Python 3.10 or newer. Create a virtual environment and install the SDK. Its calls are coroutines, which Flask runs with its `async` extra.',
    session:
      'The SDK asks for a place to keep the tokens of each visitor. This class puts them into that visitor’s Flask session:',
    cookieLimit:
      'Flask’s session is a signed cookie, and browsers drop cookies above 4,096 bytes. An ID token, opaque tokens and one API token fit. For more, `pip install flask-session` moves sessions to the server, and this class needs no change.',
    configure:
      'One client serves all visitors, because its storage looks into the session of the current request. `SECRET_KEY` signs the session; without it everyone is signed out when the app restarts.',
    callback:
      'The SDK checks the state and exchanges the one-time code for tokens. A cancelled or repeated sign-in raises `LogtoException`: clear the session and let people start again.',
    home: 'Claims come from the ID token without a request. `fetchUserInfo` asks the server for what is true now, and refreshes an expired access token by itself.',
    port: 'macOS uses port 5000 for AirPlay. There, save addresses with another port above, and this command changes with them.',
    protect: 'A decorator guards the pages that need a signed-in user:',
  },
  django: {
    install:
      'Django has no SDK of its own here: Authlib reads the discovery document, uses PKCE, and checks issuer, audience and nonce of the ID token. In an existing project leave out `startproject`.',
    settings:
      'Add these lines at the end of the settings. The session in the database keeps tokens away from the browser.',
    client: 'Register the client in a module of its own:',
    signIn:
      'Extra arguments of `authorize_redirect` become authorization parameters; `first_screen=register` opens the registration page first. `prompt=consent` with the scope `offline_access` yields a refresh token.',
    callback:
      'Each Latchkey account becomes one Django user. Its `sub` never changes, so it is the username; name and e-mail address follow at each sign-in.',
    signOut: 'Sign-out is a POST, so that another site cannot sign people out with a link.',
    home: 'The page of a signed-in user shows the claims kept in the session:',
    urls: 'Replace the project’s URLs:',
    run: 'Create the session and user tables once, then start the server:',
  },
  express: {
    install: 'The SDK keeps tokens in `express-session`.',
    configure:
      'The default session store lives in memory and forgets everything when the process ends. In production give `express-session` a store, for example on Redis or PostgreSQL.',
    signIn:
      'One line adds four routes: `/logto/sign-in`, `/logto/sign-up`, `/logto/sign-in-callback` and `/logto/sign-out`. `/logto/sign-up` opens the registration page first.',
    home: '`withLogto` puts `user` on the request. With `fetchUserInfo` it also asks the server for what is true now.',
    protect: 'The same middleware guards a page:',
  },
  next: {
    install: 'In an existing app with the App Router leave out the first line.',
    secret: 'The SDK keeps tokens in an encrypted cookie. This command writes a random key for it into `.env.local`:',
    configure: 'Values come from the environment, so that none of them ends up in the repository:',
    callback: 'A route handler, because only there may Next.js write cookies during a GET request:',
    buttons: 'Server actions start sign-in and sign-out. `firstScreen: "register"` opens the registration page first.',
    home: 'The session is read on the server. `Suspense` lets Next.js send the page around it at once:',
  },
  react: {
    install: 'In an existing app install the SDK only.',
    configure:
      'The provider gives its children the SDK. Keep the configuration outside of the component, so that it is created once.',
    callback:
      'The hook finishes the sign-in when the browser comes back to the redirect URI, then replaces the address so that a reload does not repeat it.',
    home: '`signIn` leaves the page. `firstScreen: "register"` opens the registration page first. `getIdTokenClaims` answers without a request.',
    route: 'Two pages need no router. With a router, give the callback its own route instead.',
  },
  vue: {
    install: 'In an existing app install the SDK only.',
    configure: 'The plugin gives every component the SDK.',
    callback:
      'The composable finishes the sign-in when the browser comes back to the redirect URI, then replaces the address so that a reload does not repeat it.',
    home: '`signIn` leaves the page. `firstScreen: "register"` opens the registration page first. `getIdTokenClaims` answers without a request.',
    route: 'Two pages need no router. With Vue Router, give the callback its own route instead.',
  },
  go: {
    install: 'SCS keeps sessions on the server, so tokens never meet the size limit of a cookie.',
    session: 'The SDK reads and writes strings by key. This type puts them into the session of the current request:',
    configure: 'A client is made for each request, because it remembers the tokens of one visitor.',
    signIn: '`FirstScreen` opens the registration page first on the second route.',
    callback: 'The SDK checks the state and exchanges the one-time code for tokens.',
    home: 'Claims come from the ID token without a request:',
    main: 'Last, the routes. `LoadAndSave` gives each request its session:',
  },
  php: {
    install: 'PHP 8.1 or newer and Composer.',
    configure: 'The SDK keeps tokens in the PHP session by itself.',
    signIn:
      '`signIn` returns the address of the sign-in page. On the second route `first_screen=register` is added to it, which opens the registration page first.',
    callback: 'The SDK checks the state and exchanges the one-time code for tokens.',
    home: 'Claims come from the ID token without a request:',
    run: 'PHP’s own server sends every request to this file:',
  },
  springBoot: {
    install: 'A Maven project with two starters. In an existing project take over the dependencies only.',
    configure: 'Spring reads all endpoints from the discovery document below `issuer-uri`.',
    algorithm:
      'Spring expects ID tokens signed with RS256, and Latchkey signs with ES256 unless you choose another key type. The second bean says so. Without it the sign-in ends with “Signed JWT rejected”.',
    signIn:
      'Spring adds `/oauth2/authorization/latchkey`, which starts a sign-in, and `/login/oauth2/code/latchkey`, which handles the callback. This resolver opens the registration page first when `?first_screen=register` is there, and uses PKCE.',
    security:
      'The filter chain ties it together. Sign-out also ends the Latchkey session and comes back to the home page.',
    home: 'The home page greets visitors and shows the claims of a signed-in user:',
  },
  aspNetCore: {
    install: '.NET 8 or newer. In an existing project add the package only.',
    configure: 'Keep the secret out of the project with user secrets. The endpoint ends with a slash here.',
    program:
      'The handler reads all endpoints from the discovery document. ASP.NET Core refuses plain http for it, so this is relaxed during development only.',
    signIn:
      'A challenge sends the visitor to the sign-in page; the parameter `first_screen` opens the registration page first.',
    callback:
      'Nothing to write: the handler answers the redirect URI itself and keeps the tokens in an encrypted cookie.',
    signOut: 'The handler clears its cookie and ends the Latchkey session. It answers the post sign-out URI itself.',
    home: 'Values from the account are encoded before they are put into the page:',
    run: 'Trust the development certificate once, then start on the port of the redirect URI:',
  },
  commandLine: {
    titles: { tokens: 'Keep tokens in a file', use: 'Use the sign-in' },
    install: 'Node.js 20 or newer and `openid-client`, a certified OpenID Connect client.',
    configure:
      'A program on someone’s computer cannot keep a secret, so this application has none and proves itself with PKCE.',
    redirectUri:
      'The browser comes back to a port of this computer that the program opens for the moment. For native applications the port is not compared, so one address without a port is enough:',
    tokens: 'The refresh token lets the program act for its user, so only that user may read the file.',
    signIn:
      'The program waits on a free port, and exchanges the one-time code that the browser brings. `first_screen=register` opens the registration page first.',
    use: 'The refresh token gets a new access token, and each answer may bring a new refresh token: save it.',
    signOut: 'Revoking the refresh token makes the saved file worthless. The browser has a session of its own.',
    checkpoint:
      'The first command prints an address. Open it and register: the terminal says that you are signed in, and `whoami` shows your account.',
  },
  machineToMachine: {
    titles: {
      token: 'Get an access token',
      call: 'Call the Management API',
      sdk: 'Use the typed client',
      own: 'Call your own API',
    },
    token:
      'The application exchanges its ID and secret for an access token. `resource` names the API that the token is for.',
    cache: 'A token is valid for an hour. Keep it and ask again shortly before it expires, not before each call.',
    permission:
      'A token carries the scope `all`, and the Management API answers, only if this application was given that permission. Create such an application on the server:',
    call: 'Send the token with each request. Lists come in pages, and the header `Total-Number` says how many entries there are.',
    sdk: '`@logto/api` gets and renews the token by itself and knows the types of each operation. It needs Node.js 22 or newer.',
    own: 'For your own API, ask for its indicator as `resource`. The API checks signature, issuer, audience and scope of each token against the key set:',
    checkpoint:
      'The program prints the number of users. `401` means that ID or secret are wrong, `403` that the permission is missing.',
  },
};
