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
        text(t.django.install),
        commands(`
python3 -m venv .venv
. .venv/bin/activate
pip install django authlib requests
django-admin startproject bookstore .
`),
      ],
    },
    {
      id: 'configure',
      title: t.titles.configure,
      blocks: [
        text(t.shared.values),
        { type: 'values' },
        text(t.django.settings),
        file(
          'bookstore/settings.py',
          'python',
          `
INSTALLED_APPS += ["bookstore"]
LOGIN_URL = "/sign-in"

AUTHLIB_OAUTH_CLIENTS = {
    "latchkey": {
        "client_id": "${appId}",
        "client_secret": "${appSecret}",
    }
}
`,
        ),
        text(t.django.client),
        file(
          'bookstore/oauth.py',
          'python',
          `
from authlib.integrations.django_client import OAuth

oauth = OAuth()
oauth.register(
    "latchkey",
    server_metadata_url="${endpoint}/oidc/.well-known/openid-configuration",
    client_kwargs={
        "scope": "openid profile email offline_access",
        "code_challenge_method": "S256",
    },
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
        text(t.django.signIn),
        text(t.shared.oneFile),
        file(
          'bookstore/views.py',
          'python',
          `
from urllib.parse import urlencode

from authlib.integrations.base_client import OAuthError
from django.contrib.auth import get_user_model, login, logout
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from .oauth import oauth

REDIRECT_URI = "${redirectUri}"


def sign_in(request):
    return oauth.latchkey.authorize_redirect(request, REDIRECT_URI, prompt="consent")


def sign_up(request):
    return oauth.latchkey.authorize_redirect(
        request, REDIRECT_URI, prompt="consent", first_screen="register"
    )
`,
        ),
      ],
    },
    {
      id: 'callback',
      title: t.titles.callback,
      blocks: [
        text(t.django.callback),
        file(
          'bookstore/views.py',
          'python',
          `
def callback(request):
    try:
        token = oauth.latchkey.authorize_access_token(request)
    except OAuthError:
        return HttpResponseBadRequest('The sign-in was not finished. <a href="/">Start again</a>')
    claims = token["userinfo"]
    user, _ = get_user_model().objects.update_or_create(
        username=claims["sub"],
        defaults={
            "first_name": claims.get("name") or "",
            "email": claims.get("email") or "",
        },
    )
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session["claims"] = dict(claims)
    return redirect("/")
`,
        ),
      ],
    },
    {
      id: 'sign-out',
      title: t.titles.signOut,
      blocks: [
        text(t.django.signOut),
        file(
          'bookstore/views.py',
          'python',
          `
@require_POST
def sign_out(request):
    logout(request)
    metadata = oauth.latchkey.load_server_metadata()
    query = urlencode(
        {
            "client_id": oauth.latchkey.client_id,
            "post_logout_redirect_uri": "${postSignOutRedirectUri}",
        }
    )
    return redirect(f"{metadata['end_session_endpoint']}?{query}")
`,
        ),
      ],
    },
    {
      id: 'home',
      title: t.titles.home,
      blocks: [
        text(t.django.home),
        file(
          'bookstore/views.py',
          'python',
          `
def home(request):
    return render(request, "home.html", {"claims": request.session.get("claims")})
`,
        ),
        file(
          'bookstore/templates/home.html',
          'html',
          `
<!doctype html>
<title>Bookstore</title>
{% if user.is_authenticated %}
  <dl>
    {% for name, value in claims.items %}<dt>{{ name }}</dt><dd>{{ value }}</dd>{% endfor %}
  </dl>
  <form action="/sign-out" method="post">{% csrf_token %}<button>Sign out</button></form>
{% else %}
  <p>Not signed in.</p>
  <a href="/sign-in">Sign in</a> <a href="/sign-up">Create an account</a>
{% endif %}
`,
        ),
        text(t.django.urls),
        file(
          'bookstore/urls.py',
          'python',
          `
from django.urls import path

from . import views

urlpatterns = [
    path("", views.home),
    path("sign-in", views.sign_in),
    path("sign-up", views.sign_up),
    path("${path.slice(1)}", views.callback),
    path("sign-out", views.sign_out),
]
`,
        ),
      ],
    },
    checkpointSection(context, `${origin}/`, [
      text(t.django.run),
      commands(`
python manage.py migrate
python manage.py runserver localhost:${port}
`),
    ]),
    nextSection(context, { name: 'Authlib', href: 'https://docs.authlib.org/' }),
  ];
};
