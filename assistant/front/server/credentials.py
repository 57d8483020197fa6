"""The keys and passwords that the settings give, compared without telling anything by time."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from assistant.errors import SettingsError
from assistant.settings import Settings

SHORTEST_KEY = 16  # characters
SHORTEST_PASSWORD = 8
_NAME = re.compile(r"[\w.@+-]{1,80}")


@dataclass(frozen=True)
class Credentials:
    """Names with the digests of their secrets; a header that a proxy sets names a person, too."""

    keys: Mapping[str, bytes]
    users: Mapping[str, bytes]
    proxy_header: str

    @classmethod
    def read(cls, settings: Settings) -> Credentials:
        """Read the keys and passwords of the settings.

        :raises SettingsError: they cannot be read, or one is too short to protect anything.
        """
        keys = _pairs("RIGWISE_API_KEYS", settings.api_keys, settings.api_keys_file)
        users = _pairs("RIGWISE_USERS", settings.users, settings.users_file)
        _require_length("RIGWISE_API_KEYS", keys, SHORTEST_KEY)
        _require_length("RIGWISE_USERS", users, SHORTEST_PASSWORD)
        return cls(_digests(keys), _digests(users), settings.trust_proxy_user.lower())

    @property
    def asked_for(self) -> bool:
        """Tell whether anybody has to say who they are."""
        return bool(self.keys or self.users or self.proxy_header)

    def name_of_key(self, key: str) -> str | None:
        """Return the name of a key."""
        return _holder(self.keys, key)

    def name_of_user(self, encoded: str) -> str | None:
        """Return the user of HTTP Basic credentials, where the password is right."""
        try:
            name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, ValueError):
            return None
        given = _digest(password)
        right = hmac.compare_digest(self.users.get(name, _digest("")), given)
        return name if right and name in self.users else None


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _holder(secrets: Mapping[str, bytes], given: str) -> str | None:
    digest = _digest(given)
    found = [name for name, secret in secrets.items() if hmac.compare_digest(secret, digest)]
    return found[0] if found else None


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode(errors="surrogateescape")).digest()


def _digests(secrets: Mapping[str, str]) -> dict[str, bytes]:
    return {name: _digest(secret) for name, secret in secrets.items()}


def _pairs(setting: str, given: SecretStr | None, file: Path | None) -> dict[str, str]:
    """Return names and secrets: separated by commas in a variable, one a line in a file."""
    entries = given.get_secret_value().split(",") if given else []
    if file is not None:
        try:
            lines = file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{setting}_FILE: {file} cannot be read.") from error
        entries += [line for line in lines if not line.lstrip().startswith("#")]
    pairs: dict[str, str] = {}
    for number, entry in enumerate((e.strip() for e in entries if e.strip()), 1):
        name, colon, secret = entry.partition(":")
        if not colon or not _NAME.fullmatch(name):
            raise SettingsError(f"{setting}: entry {number} is not written as name:secret.")
        if name in pairs:
            raise SettingsError(f"{setting}: {name} stands there twice.")
        pairs[name] = secret
    return pairs


def _require_length(setting: str, secrets: Mapping[str, str], shortest: int) -> None:
    for name, secret in secrets.items():
        if len(secret) < shortest:
            raise SettingsError(
                f"{setting}: the secret of {name} has fewer than {shortest} characters; "
                "python -c 'import secrets; print(secrets.token_urlsafe(24))' makes a good one."
            )
