import type { GuideContent } from './guide.types.ts';
import {
  addressOf,
  checkpointSection,
  commands,
  file,
  info,
  nextSection,
  redirectUrisSection,
  text,
} from './guide-blocks.ts';

export const content: GuideContent = (context) => {
  const { t, endpoint, appId, appSecret, redirectUri, postSignOutRedirectUri } = context;
  const { origin, path, port } = addressOf(redirectUri);
  return [
    {
      id: 'install',
      title: t.titles.install,
      blocks: [
        text(t.flask.install),
        commands(`
python3 -m venv .venv
. .venv/bin/activate
pip install "logto==0.2.1" "flask[async]"
`),
      ],
    },
    {
      id: 'session',
      title: t.titles.session,
      blocks: [
        text(t.flask.session),
        file(
          'session_storage.py',
          'python',
          `
from flask import session
from logto import PersistKey, Storage


class SessionStorage(Storage):
    def get(self, key: PersistKey) -> str | None:
        return session.get(key)

    def set(self, key: PersistKey, value: str | None) -> None:
        session[key] = value

    def delete(self, key: PersistKey) -> None:
        session.pop(key, None)
`,
        ),
        info(t.flask.cookieLimit),
      ],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(t.flask.configure),
        text(t.shared.oneFile),
        file(
          'app.py',
          'python',
          `
import os
import secrets
from functools import wraps

from flask import Flask, redirect, request, session
from logto import LogtoClient, LogtoConfig, LogtoException, UserInfoScope
from markupsafe import escape

from session_storage import SessionStorage

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY") or secrets.token_hex(32)
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"

client = LogtoClient(
    LogtoConfig(
        endpoint="${endpoint}",
        appId="${appId}",
        appSecret="${appSecret}",
        scopes=[UserInfoScope.email],
    ),
    SessionStorage(),
)
`,
        ),
        info(t.shared.secret),
      ],
    },
    redirectUrisSection(context),
    {
      id: 'sign-in',
      title: t.titles.signIn,
      blocks: [
        text(t.shared.signUpFirst),
        file(
          'app.py',
          'python',
          `
REDIRECT_URI = "${redirectUri}"


@app.get("/sign-in")
async def sign_in():
    return redirect(await client.signIn(redirectUri=REDIRECT_URI))


@app.get("/sign-up")
async def sign_up():
    return redirect(await client.signIn(redirectUri=REDIRECT_URI, interactionMode="signUp"))
`,
        ),
      ],
    },
    {
      id: 'callback',
      title: t.titles.callback,
      blocks: [
        text(t.flask.callback),
        file(
          'app.py',
          'python',
          `
@app.get("${path}")
async def callback():
    await client.handleSignInCallback(request.url)
    return redirect("/")


@app.errorhandler(LogtoException)
def sign_in_failed(error):
    session.clear()
    return f'<p>{escape(error)}</p><a href="/">Start again</a>', 400
`,
        ),
      ],
    },
    {
      id: 'sign-out',
      title: t.titles.signOut,
      blocks: [
        text(t.shared.signOut),
        file(
          'app.py',
          'python',
          `
@app.get("/sign-out")
async def sign_out():
    url = await client.signOut(postLogoutRedirectUri="${postSignOutRedirectUri}")
    return redirect(url)
`,
        ),
      ],
    },
    {
      id: 'home',
      title: t.titles.home,
      blocks: [
        text(t.flask.home),
        file(
          'app.py',
          'python',
          `
@app.get("/")
async def home():
    if not client.isAuthenticated():
        return """
            <p>Not signed in.</p>
            <a href="/sign-in">Sign in</a>
            <a href="/sign-up">Create an account</a>
        """
    claims = client.getIdTokenClaims().model_dump_json(indent=2, exclude_unset=True)
    user = (await client.fetchUserInfo()).model_dump_json(indent=2, exclude_unset=True)
    return f"""
        <pre>{escape(claims)}</pre>
        <pre>{escape(user)}</pre>
        <a href="/sign-out">Sign out</a>
    """
`,
        ),
        text(t.flask.protect),
        file(
          'app.py',
          'python',
          `
def signed_in(view):
    @wraps(view)
    async def guarded(*args, **kwargs):
        if not client.isAuthenticated():
            return redirect("/sign-in")
        return await view(*args, **kwargs)

    return guarded


@app.get("/orders")
@signed_in
async def orders():
    return "<p>Only signed-in users see this.</p>"
`,
        ),
      ],
    },
    checkpointSection(context, `${origin}/`, [
      text(t.shared.start),
      commands(`flask run --host localhost --port ${port}`),
      info(t.flask.port),
    ]),
    nextSection(context, { name: 'logto (PyPI)', href: 'https://pypi.org/project/logto/' }),
  ];
};
