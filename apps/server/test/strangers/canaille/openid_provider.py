"""An OpenID provider of Canaille: one user, clients that register themselves, and its keys also where GitLab has them."""

import json
import sys
import tempfile
from wsgiref.simple_server import WSGIRequestHandler, make_server

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from canaille.oidc import provider
from werkzeug.security import gen_salt

port, person = int(sys.argv[1]), json.loads(sys.argv[2])


def on_gitlab_paths(inner):
    """Canaille's authorization, token and userinfo paths are GitLab's; that of its keys is not."""

    def application(environ, start_response):
        if environ["PATH_INFO"] == "/oauth/discovery/keys":
            environ["PATH_INFO"] = "/oauth/jwks.json"
        return inner(environ, start_response)

    return application


# Of its own it makes the same access token for two sign-ins of one second, and its database refuses the second one.
provider.generate_access_token = lambda *_, **__: gen_salt(48)


class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        pass


with tempfile.TemporaryDirectory() as folder:
    app = create_app(
        {
            "SECRET_KEY": "a secret of this test alone",
            "SERVER_NAME": f"localhost:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "SESSION_COOKIE_SECURE": False,
            "CANAILLE": {"DATABASE": "sql", "LOGGING": {"version": 1}},
            "CANAILLE_SQL": {"DATABASE_URI": f"sqlite:///{folder}/canaille.sqlite"},
            "CANAILLE_OIDC": {"DYNAMIC_CLIENT_REGISTRATION_OPEN": True, "TRUSTED_DOMAINS": []},
        },
        init_backend=True,
    )
    with app.app_context():
        Backend.instance.save(models.User(**person))
    make_server("localhost", port, on_gitlab_paths(app.wsgi_app), handler_class=Quiet).serve_forever()
