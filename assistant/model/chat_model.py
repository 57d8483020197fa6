"""The configured chat model, from any provider that LangChain knows."""

from __future__ import annotations

from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from assistant.errors import SettingsError
from assistant.settings import Settings

_NO_KEY = "none"  # servers of one's own often want none, and the client wants something


def load_chat_model(settings: Settings) -> BaseChatModel:
    """Return the chat model that the settings name; nothing is asked of it yet.

    :raises SettingsError: the provider is unknown, its package is not installed, or the key is
        missing.
    """
    provider, _, name = settings.model.partition(":")
    try:
        model: BaseChatModel = init_chat_model(
            name, model_provider=provider, **_options(provider, settings)
        )
    except ImportError as error:
        raise SettingsError(
            f"RIGWISE_MODEL={settings.model} needs a package that is not installed: "
            f"pip install 'rigwise[{provider}]' (or langchain-{provider})."
        ) from error
    except SettingsError:
        raise
    except Exception as error:  # each provider refuses its settings in its own way
        raise SettingsError(
            f"RIGWISE_MODEL={settings.model} cannot be used: {_first_line(error)} "
            "Check the provider's name and RIGWISE_MODEL_API_KEY."
        ) from error
    return model


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    """Return the arguments of a provider's class for our settings; we do the retries."""
    options: dict[str, Any] = {}
    key = settings.read_model_key()
    if settings.model_base_url:
        options["base_url"] = settings.model_base_url
    if provider == "ollama":
        return {
            **options,
            "num_predict": settings.model_tokens,
            "client_kwargs": {"timeout": settings.model_timeout},
        }
    if key or settings.model_base_url:
        options["api_key"] = key or _NO_KEY
    if provider == "openai" and settings.model_base_url:
        options["use_responses_api"] = False  # compatible servers know the older interface
    return {
        **options,
        "max_tokens": settings.model_tokens,
        "timeout": settings.model_timeout,
        "max_retries": 0,
    }


def _first_line(error: Exception) -> str:
    line = (str(error).splitlines() or [""])[0].strip()
    return f"{line[:200].rstrip('.')}."
