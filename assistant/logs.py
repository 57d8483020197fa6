"""Structured logs: a line an event, with the request's id, without secrets or people's words."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from asgi_correlation_id import correlation_id

from assistant.settings import Settings

Fields = MutableMapping[str, Any]

# What people wrote and were told: in the log at level debug only.
WORDS = frozenset({"question", "answer", "text", "history", "content", "message", "reason_given"})
SECRETS = re.compile(
    r"(?i)\b(authorization|cookie|password|passwd|secret|signature|token|api[-_]?key)\b"
)
# The shapes of secrets, wherever they stand: headers, Slack's tokens, keys of providers, URLs.
SHAPES = re.compile(
    r"(?i)\b(?:bearer|basic)\s+[\w.~+/=-]{6,}"
    r"|\bx(?:ox[a-z]|app)-[\w-]+"
    r"|\bsk-[\w-]{6,}"
    r"|\bhooks\.slack\.com/\S+"
    r"|(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"
)
REDACTED = "[removed]"
# Chatty at level info, and some of them tell addresses with their queries.
_QUIET = (
    "alembic",
    "uvicorn",
    "asyncio",
    "httpx",
    "httpx2",
    "httpcore",
    "urllib3",
    "openai",
    "slack_sdk",
    "slack_bolt",
    "sqlalchemy",
)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return a logger; where it writes is up to `configure_logs`."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure_logs(settings: Settings) -> None:
    """Write all logs of the process, also those of libraries, to standard error."""
    level = settings.log_level.upper()
    processors = _processors(whole=level == "DEBUG")
    _use(processors)
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=processors,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(
            level if level == "DEBUG" else max(logging.WARNING, root.level)
        )


def _processors(whole: bool) -> list[structlog.types.Processor]:
    """Return what each event goes through; whole keeps people's words, never secrets."""
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request_id,
        _leave_out_colours,
        structlog.processors.format_exc_info if whole else _describe_exception,
        _pass if whole else _leave_out_words,
        _remove_secrets,
    ]


def _use(processors: list[structlog.types.Processor]) -> None:
    structlog.configure(
        processors=[*processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _pass(_: Any, __: str, fields: Fields) -> Fields:  # noqa: ANN401 - structlog's signature
    return fields


def _add_request_id(_: Any, __: str, fields: Fields) -> Fields:  # noqa: ANN401 - as above
    if request_id := correlation_id.get():
        fields["request_id"] = request_id
    return fields


def _leave_out_colours(_: Any, __: str, fields: Fields) -> Fields:  # noqa: ANN401 - as above
    fields.pop("color_message", None)  # uvicorn says the same twice
    return fields


def _leave_out_words(_: Any, __: str, fields: Fields) -> Fields:  # noqa: ANN401 - as above
    return {name: value for name, value in fields.items() if name not in WORDS}


def _remove_secrets(_: Any, __: str, fields: Fields) -> Fields:  # noqa: ANN401 - as above
    return {
        name: REDACTED if SECRETS.search(name) else _clean(value) for name, value in fields.items()
    }


def _clean(value: Any) -> Any:  # noqa: ANN401 - whatever is logged
    if isinstance(value, str):
        return SHAPES.sub(REDACTED, value)
    if isinstance(value, dict):
        return {
            name: REDACTED if SECRETS.search(str(name)) else _clean(item)
            for name, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value


def _describe_exception(_: Any, __: str, fields: Fields) -> Fields:  # noqa: ANN401 - as above
    """Tell the kind and the places of an exception; its message may hold what somebody wrote."""
    given = fields.pop("exc_info", None)
    if not given:
        return fields
    error = (
        given
        if isinstance(given, BaseException)
        else (given[1] if isinstance(given, tuple) else sys.exc_info()[1])
    )
    if error is not None:
        fields["exception"] = type(error).__qualname__
        fields["at"] = _places(error)
    return fields


def _places(error: BaseException) -> list[str]:
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        module = trace.tb_frame.f_globals.get("__name__", "?")
        places.append(f"{module}:{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-12:]


# Before anything is configured, too: structlog's own ways would print what variables hold.
_use(_processors(whole=False))
