"""Who may do what: keys for programs, passwords for people, or a proxy that vouches for them."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.front.http.client import Client, set_client
from assistant.front.http.problems import Refused
from assistant.front.server.credentials import Credentials, is_loopback
from assistant.front.server.paths import is_api, local_path
from assistant.front.server.rates import FAILED_ATTEMPTS, Rates
from assistant.settings import Settings

_CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
_VOUCHED = "rigwise.vouched"


class Access:
    """Tells who sends a request; refuses strangers where the settings name anybody."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._credentials = Credentials.read(settings)
        self._failures = Rates(FAILED_ATTEMPTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note who sent the request and pass it on.

        :raises Refused: nobody who may.
        """
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            _require_same_site(scope, headers)
            set_client(scope, self._client(scope, headers))
        await self.app(scope, receive, send)

    def _client(self, scope: Scope, headers: Headers) -> Client:
        address = (scope.get("client") or ("unknown", 0))[0]
        if not self._credentials.asked_for:
            return Client("local", "local" if is_loopback(address) else "stranger", address)
        if _is_open(local_path(scope)):
            return Client("", "stranger", address)
        if scope.get(_VOUCHED):
            return Client(scope[_VOUCHED], "user", address)
        return self._identified(headers.get("authorization", ""), address, scope)

    def _identified(self, authorization: str, address: str, scope: Scope) -> Client:
        scheme, _, given = authorization.partition(" ")
        if not given:
            raise self._challenge(scope)
        self._failures.require_room(address)
        if scheme.lower() == "bearer" and (name := self._credentials.name_of_key(given.strip())):
            return Client(name, "key", address)
        if scheme.lower() == "basic" and (name := self._credentials.name_of_user(given.strip())):
            return Client(name, "user", address)
        self._failures.count(address)
        raise self._challenge(scope, wrong=True)

    def _challenge(self, scope: Scope, wrong: bool = False) -> Refused:
        said = "The key or the password is wrong." if wrong else "Say who you are."
        schemes = []
        if self._credentials.users:
            schemes.append('Basic realm="Rigwise", charset="UTF-8"')
        if self._credentials.keys:
            schemes.append('Bearer realm="Rigwise"')
        how = (
            "Send Authorization: Bearer with a key of RIGWISE_API_KEYS."
            if is_api(local_path(scope)) and self._credentials.keys
            else "Sign in with a user of RIGWISE_USERS."
            if self._credentials.users
            else "The page needs RIGWISE_USERS, or a proxy that signs people in."
        )
        headers = {"WWW-Authenticate": ", ".join(schemes)} if schemes else None
        return Refused("unauthorized", f"{said} {how}", headers)


class FromProxy:
    """Reads what a proxy at a trusted address tells: the client's address, scheme and user."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._header = settings.trust_proxy_user
        self._inner = app
        self._trusted = ProxyHeadersMiddleware(self._pass, settings.proxies)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the client that sent it, not the proxy."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        peer = (scope.get("client") or ("", 0))[0]
        user = Headers(scope=scope).get(self._header, "") if self._header else ""
        if user and peer in self._trusted.trusted_hosts:
            scope[_VOUCHED] = user.strip()[:80]
        await self._trusted(scope, receive, send)  # type: ignore[arg-type]

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._inner(scope, receive, send)


def _is_open(path: str) -> bool:
    """Tell whether a path is for everybody: the health check, and Slack, which signs."""
    return path == "/health" or path.startswith("/slack/")


def _require_same_site(scope: Scope, headers: Headers) -> None:
    """Refuse what another website makes a browser send: it would come with the password."""
    if scope["method"] in _CHANGES and headers.get("sec-fetch-site") == "cross-site":
        raise Refused("forbidden", "Another website sent this in your name.")
