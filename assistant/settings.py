"""Settings from the environment, read once, each named RIGWISE_…"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, ValidationError
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
        raise SettingsError(f"RIGWISE_{name}: {fault['msg']}.") from error
