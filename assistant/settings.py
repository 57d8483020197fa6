"""Settings from the environment, read once, each named RIGWISE_…"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError
from index.manifest import PACKAGED

POSTGRESQL_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")


class Settings(BaseSettings):
    """What can be set from outside; .env.sample explains each."""

    model_config = SettingsConfigDict(env_prefix="RIGWISE_", frozen=True, hide_input_in_errors=True)

    index_dir: Path = Field(default_factory=lambda: user_cache_path("rigwise") / "index")
    data_dir: Path = Field(default_factory=lambda: user_data_path("rigwise"))
    database_url: SecretStr | None = None
    retention_days: int | None = Field(default=None, ge=1, le=36_500)
    encoder: str = PACKAGED
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    root_path: str = ""
    api_keys: SecretStr | None = None
    api_keys_file: Path | None = None
    users: SecretStr | None = None
    users_file: Path | None = None
    trust_proxy_user: str = ""
    proxies: str = "127.0.0.1,::1"
    rate_limit: str = "120/minute"
    answer_timeout: float = Field(default=90, ge=0.1, le=900)
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    slack_bot_token: SecretStr | None = None
    slack_bot_token_file: Path | None = None
    slack_signing_secret: SecretStr | None = None
    slack_signing_secret_file: Path | None = None
    slack_app_token: SecretStr | None = None
    slack_app_token_file: Path | None = None
    slack_api_url: str = "https://slack.com/api/"
    slack_teams: str = ""
    slack_channels: str = ""
    model: str = ""
    model_base_url: str = ""
    model_api_key: SecretStr | None = None
    model_api_key_file: Path | None = None
    model_timeout: float = Field(default=60, ge=1, le=600)
    model_steps: int = Field(default=8, ge=1, le=50)
    model_tokens: int = Field(default=1500, ge=50, le=100_000)

    @field_validator("model")
    @classmethod
    def _names_provider(cls, model: str) -> str:
        provider, colon, name = model.strip().partition(":")
        if model.strip() and not (provider and colon and name):
            raise ValueError("write the provider and the model, such as openai:gpt-5-mini")
        return model.strip()

    @field_validator("root_path")
    @classmethod
    def _is_path(cls, path: str) -> str:
        if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)*/?", path.strip()):
            raise ValueError("write a path, such as /rigwise")
        return path.strip().rstrip("/")

    @field_validator("trust_proxy_user")
    @classmethod
    def _is_header(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9-]*", name.strip()):
            raise ValueError("write the name of a header, such as X-Forwarded-User")
        return name.strip()

    @field_validator("rate_limit")
    @classmethod
    def _is_rate(cls, rate: str) -> str:
        if rate.strip():
            from limits import parse_many  # takes 0.2 s: not for the default of every command

            try:
                parse_many(rate)
            except ValueError as error:
                raise ValueError("write a rate, such as 120/minute, or leave it empty") from error
        return rate.strip()

    @field_validator("slack_api_url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url.strip()):
            raise ValueError("write an address, such as https://slack.com/api/")
        return url.strip().rstrip("/") + "/"

    @field_validator("log_format", "log_level", mode="before")
    @classmethod
    def _is_lower_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _names_postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        if url is None or not url.get_secret_value().strip():
            return None
        scheme, separator, rest = url.get_secret_value().strip().partition("://")
        if not (separator and rest and scheme in POSTGRESQL_SCHEMES):
            raise ValueError(
                "write postgresql://USER:PASSWORD@HOST/DATABASE, or leave it out to keep "
                "everything in a file in RIGWISE_DATA_DIR"
            )
        return SecretStr(f"postgresql+psycopg://{rest}")

    def read_slack_bot_token(self) -> str | None:
        """Return the bot token (xoxb-…), or None.

        :raises SettingsError: the file that should hold it cannot be read.
        """
        return self._secret(self.slack_bot_token, self.slack_bot_token_file, "SLACK_BOT_TOKEN")

    def read_slack_signing_secret(self) -> str | None:
        """Return the signing secret, which requests from Slack are checked with, or None.

        :raises SettingsError: the file that should hold it cannot be read.
        """
        return self._secret(
            self.slack_signing_secret, self.slack_signing_secret_file, "SLACK_SIGNING_SECRET"
        )

    def read_slack_app_token(self) -> str | None:
        """Return the app-level token (xapp-…) for Socket Mode, or None.

        :raises SettingsError: the file that should hold it cannot be read.
        """
        return self._secret(self.slack_app_token, self.slack_app_token_file, "SLACK_APP_TOKEN")

    def slack_team_ids(self) -> frozenset[str]:
        """Return the workspaces, beside the token's own, whose members may ask."""
        return frozenset(re.findall(r"[^\s,]+", self.slack_teams))

    def slack_channel_ids(self) -> frozenset[str]:
        """Return the channels that are answered in; none stands for all."""
        return frozenset(re.findall(r"[^\s,]+", self.slack_channels))

    @staticmethod
    def _secret(value: SecretStr | None, file: Path | None, name: str) -> str | None:
        if file is None:
            return (value.get_secret_value().strip() or None) if value else None
        try:
            return file.read_text("utf-8").strip() or None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"RIGWISE_{name}_FILE: {file} cannot be read.") from error

    def read_model_key(self) -> str | None:
        """Return the key for the model, from its setting or from the file that holds it.

        :raises SettingsError: the file cannot be read.
        """
        if self.model_api_key_file is None:
            return self.model_api_key.get_secret_value() if self.model_api_key else None
        try:
            return self.model_api_key_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"RIGWISE_MODEL_API_KEY_FILE: {self.model_api_key_file} cannot be read."
            ) from error


@cache
def load_settings() -> Settings:
    """Read the settings.

    :raises SettingsError: a value cannot be used; the message names the variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        name = "_".join(str(part) for part in fault["loc"]).upper()
        raise SettingsError(
            f"RIGWISE_{name}: {fault['msg'].removeprefix('Value error, ')}."
        ) from error
