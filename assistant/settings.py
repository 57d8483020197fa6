"""Settings from the environment, read once, each named RIGWISE_…"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError
from index.export import PACKAGED


class Settings(BaseSettings):
    """What can be set from outside; .env.sample explains each."""

    model_config = SettingsConfigDict(env_prefix="RIGWISE_", frozen=True)

    index_dir: Path = Field(default_factory=lambda: user_cache_path("rigwise") / "index")
    data_dir: Path = Field(default_factory=lambda: user_data_path("rigwise"))
    encoder: str = PACKAGED
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
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
