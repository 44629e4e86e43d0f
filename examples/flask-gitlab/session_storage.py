"""Where the SDK keeps what it knows about the current user."""

from flask import session
from logto import PersistKey, Storage


class SessionStorage(Storage):
    """Keeps the tokens of each visitor in that visitor's Flask session.

    Flask's default session is one signed cookie, and browsers drop a cookie above 4,096 bytes.
    An ID token, opaque access tokens, a refresh token and one JWT for an API fit.
    More JWTs or large custom claims do not: install Flask-Session, and this class works unchanged.
    """

    def get(self, key: PersistKey) -> str | None:
        return session.get(key)

    def set(self, key: PersistKey, value: str | None) -> None:
        session[key] = value

    def delete(self, key: PersistKey) -> None:
        session.pop(key, None)
