"""Check a build: read its parts, run every rule that applies."""

from __future__ import annotations

from collections.abc import Callable

from assistant.build_check.build import Build
from assistant.build_check.comfort_rules import (
    check_case,
    check_cooling,
    check_cpu,
    check_disk,
    check_ram,
)
from assistant.build_check.parts import read_build
from assistant.build_check.rules import (
    check_connectors,
    check_lanes,
    check_mixed_gpus,
    check_power,
    check_slots,
    verdict,
)
from assistant.types import BuildReport, Verdict

RULES: tuple[Callable[[Build], Verdict | None], ...] = (
    check_power,
    check_connectors,
    check_slots,
    check_lanes,
    check_ram,
    check_cpu,
    check_cooling,
    check_mixed_gpus,
    check_disk,
    check_case,
)


def check_build(text: str) -> BuildReport:
    """Return parts and verdicts of a build given as a part list, YAML or in words.

    A rule that does not apply, such as mixing GPUs for a single one, gives no verdict.

    :raises InvalidInput: the text is empty, too long, or names no part of a computer.
    """
    build = read_build(text)
    verdicts = [found for rule in RULES if (found := rule(build)) is not None]
    if not build.gpus:
        words = "No GPU is recognised: what else is needed depends on it."
        verdicts.insert(0, verdict("power", "unknown", words, 7))
    return BuildReport(build.parts, build.unknown, tuple(verdicts))
