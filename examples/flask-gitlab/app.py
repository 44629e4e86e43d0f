"""The Bookstore: a Flask app whose users sign in through Latchkey."""

import os
import secrets
import sys
from functools import wraps

from flask import Flask, redirect, render_template, request, session, url_for
from logto import LogtoClient, LogtoConfig, LogtoException, UserInfoScope

from session_storage import SessionStorage


def required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        sys.exit(f"Set {name}: the integration guide of your application in the Console shows its value.")
    return value


PORT = int(os.environ.get("PORT", "5000"))
RESOURCE = os.environ.get("RESOURCE")

app = Flask(__name__)
app.config.update(
    # Without SECRET_KEY everyone is signed out whenever the app restarts.
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(32),
    # Cookies ignore ports, so two apps on one host need two names.
    SESSION_COOKIE_NAME=f"bookstore_{PORT}",
    SESSION_COOKIE_HTTPONLY=True,
    # Lax, not Strict: the cookie has to come along when the sign-in page sends the user back.
    SESSION_COOKIE_SAMESITE="Lax",
)

# One client serves all visitors: it remembers the server's metadata, the storage finds the visitor.
client = LogtoClient(
    LogtoConfig(
        # The SDK appends "/oidc/…", and a doubled slash would be another path.
        endpoint=required("LOGTO_ENDPOINT").rstrip("/"),
        appId=required("LOGTO_APP_ID"),
        appSecret=required("LOGTO_APP_SECRET"),
        scopes=[UserInfoScope.email],
        resources=[RESOURCE] if RESOURCE else [],
    ),
    SessionStorage(),
)


def signed_in(view):
    """Sends visitors who are not signed in to the sign-in page."""

    @wraps(view)
    async def guarded(*args, **kwargs):
        if not client.isAuthenticated():
            return redirect(url_for("sign_in"))
        return await view(*args, **kwargs)

    return guarded


@app.get("/")
async def home():
    if not client.isAuthenticated():
        return render_template("home.html", signed_in=False)
    return render_template(
        "home.html",
        signed_in=True,
        claims=client.getIdTokenClaims().model_dump_json(indent=2, exclude_unset=True),
        user_info=(await client.fetchUserInfo()).model_dump_json(indent=2, exclude_unset=True),
    )


@app.get("/sign-in")
async def sign_in():
    return redirect(await client.signIn(redirectUri=url_for("callback", _external=True)))


@app.get("/sign-up")
async def sign_up():
    return redirect(await client.signIn(redirectUri=url_for("callback", _external=True), interactionMode="signUp"))


@app.get("/callback")
async def callback():
    await client.handleSignInCallback(request.url)
    return redirect(url_for("home"))


@app.get("/sign-out")
async def sign_out():
    return redirect(await client.signOut(postLogoutRedirectUri=url_for("home", _external=True)))


@app.get("/protected")
@signed_in
async def protected():
    """Shows the claims of the token that this app would send to its API."""
    if not RESOURCE:
        return render_template("protected.html", resource=None)
    claims = await client.getAccessTokenClaims(RESOURCE)
    return render_template(
        "protected.html", resource=RESOURCE, claims=claims.model_dump_json(indent=2, exclude_unset=True)
    )


@app.errorhandler(LogtoException)
def sign_in_failed(error: LogtoException):
    """A cancelled sign-in, a replayed callback or a revoked token all end here: start afresh."""
    session.clear()
    return render_template("error.html", reason=str(error)), 400


if __name__ == "__main__":
    app.run(host="localhost", port=PORT)
