"""Who sent a request: decided once, by the server's access check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request

_IN_SCOPE = "rigwise.client"


@dataclass(frozen=True, slots=True)
class Client:
    """A caller: a program with a key, a person with a password, or whoever sits here."""

    name: str
    kind: Literal["local", "key", "user", "stranger"]
    address: str

    @property
    def owner(self) -> str:
        """The owner of its conversations; names of keys and users hold no colon."""
        return f"http:user:{self.name}" if self.kind == "user" else f"http:{self.name}"

    @property
    def rate_key(self) -> str:
        """What its requests are counted by."""
        return f"{self.kind}:{self.name}" if self.kind in ("key", "user") else self.address


LOCAL = Client("local", "local", "127.0.0.1")


def set_client(scope: Any, client: Client) -> None:  # noqa: ANN401 - an ASGI scope
    """Note who sent a request; the page finds the person's name in request.state.user."""
    scope[_IN_SCOPE] = client
    if client.kind == "user":
        scope.setdefault("state", {})["user"] = client.name


def client_of(scope: Any) -> Client:  # noqa: ANN401 - an ASGI scope
    """Return who sent a request."""
    found: Client = scope.get(_IN_SCOPE, LOCAL)
    return found


def owner_of(request: Request) -> str:
    """Return the owner of the conversations that a request may see."""
    return client_of(request.scope).owner
