"""rigwise eval: run the question set, compare two runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from packaging.version import Version
from rich.console import Console
from rich.table import Table

from assistant.assistant import Assistant
from assistant.errors import InvalidInput
from assistant.front.terminal.progress import shown_progress
from assistant.settings import load_settings
from assistant.types import Json
from evals.compare import differences, read_release, release_of
from evals.data import Question, read_questions
from evals.question_set import Assessors, own_questions
from evals.run import OURS, Answerer, Result, failures, run_questions, write_result

RESULTS = Path(__file__).parent / "results"


@click.group("eval")
def eval_group() -> None:
    """Run and compare evaluations."""


@eval_group.command("run")
@click.option(
    "--questions",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own question file; the product's own set if left out.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("artefacts/eval"),
    help="Folder for result.json, run.trec and report.html.",
)
@click.option("--half", type=click.Choice(["tune", "report"]), help="Only this half.")
@click.option(
    "--assessors",
    type=click.Choice(["both", "first"]),
    default="both",
    show_default=True,
    help="Whose accepted places count, for the product's own questions.",
)
@click.option("--no-baselines", is_flag=True, help="Leave the baselines out.")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A release in evals/results; the newest one if left out.",
)
@click.option("--release", help="Keep this run in evals/results under this version.")
def run_command(
    path: Path | None,
    out: Path,
    half: str | None,
    assessors: Assessors,
    no_baselines: bool,
    against: Path | None,
    release: str | None,
) -> None:
    """Answer every question, score the answers, write a report.

    Fails on a number without support, a quote that is not verbatim, or a significant drop on
    the report half against the last release.
    """
    from evals.report import write_report

    known = _load(path) if path else own_questions(assessors=assessors)
    questions = [question for question in known if half in (None, question.half)]
    if not questions:
        raise InvalidInput("There is no question to run.")
    with shown_progress() as progress:
        assistant = Assistant.load(progress=progress)
    result = run_questions(
        assistant,
        questions,
        lambda step: click.echo(step, err=True),
        not no_baselines,
        {} if no_baselines else _other_answerers(assistant),
    )
    write_result(result, out)
    before = read_release(newest) if (newest := against or _newest_release()) else None
    write_report(result, out / "report.html", before)
    show(result)
    click.echo(f"The report is {out / 'report.html'}.")
    now = release_of(result, release or "unreleased")
    wrong = failures(result)
    if before and path is None:
        wrong += _drops(before, now)
    if release:
        if "dirty" in result.commit:
            raise InvalidInput("The tree has changes that are not committed: no release of it.")
        (RESULTS / f"{release}.json").write_text(json.dumps(now, ensure_ascii=False) + "\n")
    if wrong:
        click.echo("\n".join(wrong), err=True)
        sys.exit(1)


@eval_group.command("compare")
@click.argument("a", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("b", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def compare_command(a: Path, b: Path) -> None:
    """Compare run or release B with A: what was won and lost, and whether it is significant."""
    table = Table("half", "measure", "A", "B", "won", "lost", "p")
    for d in differences(read_release(a), read_release(b)):
        cells = (d.half, d.measure, f"{d.before:.3f}", f"{d.after:.3f}", str(d.won), str(d.lost))
        table.add_row(*cells, f"{d.p:.3f}", style="red" if d.dropped else "")
    Console(width=120).print(table)


def _other_answerers(assistant: Assistant) -> dict[str, Answerer]:
    """Return the other ways to answer that a configured model allows; none without one."""
    settings = load_settings()
    if not settings.model:
        return {}
    from evals.whole_guide import whole_guide  # LangChain takes a second to import

    return {"whole guide in the prompt": whole_guide(settings, assistant.corpus)}


def _newest_release() -> Path | None:
    releases = sorted(RESULTS.glob("*.json"), key=lambda path: Version(path.stem))
    return releases[-1] if releases else None


def _drops(before: Json, now: Json) -> list[str]:
    return [
        f"{d.measure} fell from {d.before:.3f} to {d.after:.3f} on the report half (p {d.p:.3f})"
        for d in differences(before, now)
        if d.half == "report" and d.dropped
    ]


def _load(path: Path) -> list[Question]:
    questions, broken = read_questions(path)
    for line in broken:
        click.echo(f"{path.name}, {line}", err=True)
    return questions


def show(result: Result) -> None:
    """Print the scores of a run."""
    console = Console(width=120)
    for half, summary in result.summary.items():
        table = Table(title=f"Retrieval, {half} half", title_justify="left")
        measures = list(next(iter(summary["retrieval"].values()), {}))
        for column in ("system", *measures):
            table.add_column(column)
        for system, scores in summary["retrieval"].items():
            cells = [f"{scores[measure]['mean']:.3f}" for measure in measures]
            table.add_row(system, *cells, style="bold" if system == OURS else "")
        console.print(table)
        answers = Table(title=f"Answers, {half} half", title_justify="left")
        for column in ("measure", "mean", "95% interval", "questions"):
            answers.add_column(column)
        for measure, entry in summary["answers"].items():
            middle = entry.get("median")
            answers.add_row(
                measure,
                f"{entry['mean']:.3f}" + (f" (median {middle:.0f})" if middle else ""),
                f"{entry['low']:.3f} to {entry['high']:.3f}",
                str(entry["count"]),
            )
        console.print(answers)
