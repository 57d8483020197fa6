"""rigwise calc: every calculator as a subcommand made from its inputs."""

from __future__ import annotations

import json
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

import click

from assistant.calculators.registry import TITLES, get
from assistant.errors import InvalidInput, NoSolution

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


class CalculatorError(click.ClickException):
    """Inputs that cannot be used, or that have no solution: one line, exit status 2."""

    exit_code = 2


class CalculatorGroup(click.Group):
    """A group that imports a calculator only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the calculators."""
        return list(TITLES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a calculator and return its command; video-streams and video_streams are one."""
        name = cmd_name.replace("-", "_")
        return calculator_command(name) if name in TITLES else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of calculators without importing them."""
        with formatter.section("Calculators"):
            formatter.write_dl(list(TITLES.items()))


@click.group("calc", cls=CalculatorGroup)
def calc_group() -> None:
    """Calculate by the guide's rules; `rigwise calc NAME --help` lists the inputs."""


def calculator_command(name: str) -> click.Command:
    """Return the command of a calculator: an option for each input, and --json."""
    calculator = get(name)

    def run(as_json: bool, **values: Any) -> None:  # noqa: ANN401 - click hands over strings
        given = {field: value for field, value in values.items() if value is not None}
        try:
            calculation = calculator.calculate(given)
        except (InvalidInput, NoSolution) as error:
            raise CalculatorError(str(error)) from error
        if as_json:
            click.echo(json.dumps(calculation.to_json(), ensure_ascii=False))
            return
        from rich.console import Console  # only where something is drawn

        from assistant.front.terminal.render import render_calculation

        Console().print(render_calculation(calculation))

    options: list[click.Parameter] = [
        _option(field, info) for field, info in calculator.inputs.model_fields.items()
    ]
    options.append(
        click.Option(["--json", "as_json"], is_flag=True, help="Print the calculation as JSON.")
    )
    return click.Command(
        name,
        params=options,
        callback=run,
        help=calculator.summary,
        short_help=calculator.title,
    )


def _option(field: str, info: FieldInfo) -> click.Option:
    """Return the option of an input; what its value may be is left to the calculator to check."""
    flag, about = f"--{field.replace('_', '-')}", (info.description or "").rstrip(".")
    kinds, ranges = _kinds(info.annotation), _ranges(info)
    if bool in kinds:
        return click.Option([f"{flag}/--no-{flag[2:]}", field], default=None, help=about)
    choices = [
        str(choice) for kind in kinds if get_origin(kind) is Literal for choice in get_args(kind)
    ]
    default = None if info.is_required() else info.default
    return click.Option(
        [flag, field],
        metavar="|".join(choices) or ("TEXT" if not ranges else "VALUE"),
        help="; ".join([about, *ranges, *([] if default is None else [f"default {default}"])]),
    )


def _kinds(annotation: Any) -> list[Any]:  # noqa: ANN401 - any type can be annotated
    """Return the types that an annotation is made of, without None."""
    if get_origin(annotation) in (UnionType, Union):
        return [kind for kind in get_args(annotation) if kind is not NoneType]
    return [annotation]


def _ranges(info: FieldInfo) -> list[str]:
    """Return the allowed ranges of an input in words."""
    marks = [*info.metadata]
    for kind in _kinds(info.annotation):
        marks += getattr(kind, "__metadata__", ())
    return [mark.range for mark in marks if hasattr(mark, "range")]
