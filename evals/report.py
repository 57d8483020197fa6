"""One self-contained HTML page of a run."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from assistant.types import Json
from evals.compare import Difference, differences, outcome_of, release_of
from evals.run import OURS, Result, Row, risk_coverage

STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;
color:#1f2937}table{border-collapse:collapse;margin:1rem 0}
th,td{border:1px solid #d1d5db;padding:.3rem .6rem;
text-align:left;vertical-align:top}th{background:#f3f4f6}.ours{font-weight:600}
.wrong{background:#fee2e2}
pre{white-space:pre-wrap;margin:0;font:inherit}small{color:#4b5563}input{font:inherit;padding:.3rem;
width:100%}svg{max-width:40rem}
"""
SCRIPT = """
document.getElementById("filter").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const row of document.querySelectorAll("#questions tbody tr"))
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
});
"""

LEAST_P = 0.001  # below it the digits say nothing


def write_report(result: Result, path: Path, before: Json | None = None) -> None:
    """Write the report of a run, beside an earlier one; it loads nothing from anywhere."""
    parts = [f"<h1>Evaluation at {escape(result.commit)}</h1>"]
    parts.append(f"<p>{len(result.rows)} questions, encoder {escape(result.encoder)}, data ")
    parts.append(f"{result.data[:12]}</p>")
    earlier = {row["id"]: row for row in before["rows"]} if before else {}
    moved = differences(before, release_of(result, "")) if before else []
    for half, summary in result.summary.items():
        parts.append(f"<h2>The {half} half: {summary['questions']} questions</h2>")
        parts += [_retrieval(summary["retrieval"]), _answers(summary["answers"])]
        for name, others in summary["answers of others"].items():
            parts += [f"<h3>{escape(name)}</h3>", _answers(others)]
        if before:
            parts.append(_moved([d for d in moved if d.half == half], before["version"]))
        parts.append(_risk_plot([row for row in result.rows if row.half == half]))
    parts.append(_questions(result.rows, earlier))
    path.write_text(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Rigwise evaluation</title>"
        f"<style>{STYLE}</style><body>{''.join(parts)}<script>{SCRIPT}</script></body></html>",
        encoding="utf-8",
    )


def _retrieval(systems: dict[str, Any]) -> str:
    if not systems:
        return ""
    measures = list(next(iter(systems.values())))
    head = "".join(f"<th>{escape(measure)}</th>" for measure in measures)
    rows = ""
    for system, scores in systems.items():
        cells = "".join(_cell(scores[measure]) for measure in measures)
        ours = ' class="ours"' if system == OURS else ""
        rows += f"<tr{ours}><td>{escape(system)}</td>{cells}</tr>"
    return (
        f"<table><tr><th>Retrieval</th>{head}</tr>{rows}</table>"
        "<small>Mean, 95% interval clustered by source passage, p of Fisher's randomisation "
        "against our system.</small>"
    )


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= LEAST_P else f"&lt; {LEAST_P}"


def _cell(entry: dict[str, float]) -> str:
    p = f", p {_p(entry['p'])}" if "p" in entry else ""
    interval = f"{entry['low']:.2f} to {entry['high']:.2f}{p}"
    return f"<td>{entry['mean']:.3f}<br><small>{interval}</small></td>"


def _answers(measures: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{entry['mean']:.3f}</td>"
        f"<td>{entry['low']:.3f} to {entry['high']:.3f}</td><td>{entry['count']}</td></tr>"
        for name, entry in measures.items()
    )
    head = "<tr><th>Answers</th><th>mean</th><th>95% interval</th><th>questions</th></tr>"
    return f"<table>{head}{rows}</table>"


def _risk_plot(rows: list[Row]) -> str:
    """A risk-coverage curve: the share of wrong answers as more questions are answered."""
    points = risk_coverage(rows)
    line = " ".join(f"{40 + 340 * x:.1f},{180 - 160 * y:.1f}" for x, y in points)
    return (
        '<svg viewBox="0 0 400 220" role="img" aria-label="Risk by coverage">'
        '<path d="M40 20V180H380" fill="none" stroke="#6b7280"/>'
        f'<polyline points="{line}" fill="none" stroke="#1d4ed8" stroke-width="2"/>'
        '<text x="210" y="205" text-anchor="middle" font-size="12">share answered</text>'
        '<text x="5" y="15" font-size="12">share without a right citation</text></svg>'
    )


def _moved(moved: list[Difference], version: str) -> str:
    rows = "".join(
        f"<tr{' class=wrong' if d.dropped else ''}><td>{escape(d.measure)}</td><td>{d.before:.3f}"
        f"</td><td>{d.after:.3f}</td><td>{d.won}</td><td>{d.lost}</td><td>{_p(d.p)}</td></tr>"
        for d in moved
    )
    head = f"<tr><th>Against {escape(version)}</th><th>then</th><th>now</th><th>won</th>"
    return f"<table>{head}<th>lost</th><th>p</th></tr>{rows}</table>"


def _questions(rows: tuple[Row, ...], earlier: Mapping[str, Json]) -> str:
    body = "".join(_question(row, earlier.get(row.id)) for row in rows)
    return (
        '<h2>Questions</h2><p><input id="filter" placeholder="Filter by a word: lost, wrong, '
        'conflict, an id" aria-label="Filter"></p><table id="questions"><thead><tr><th>id</th>'
        "<th>question</th><th>answer</th><th>before</th><th>scores</th></tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _question(row: Row, before: Json | None) -> str:
    right = row.scores.get("right line cited", row.scores.get("right refusal", 1.0))
    state = "right" if right else "wrong"
    moved = outcome_of(before, {**row.scores, **row.retrieval.get(OURS, {})})
    scores = "<br>".join(f"{escape(name)}: {value:.2f}" for name, value in row.scores.items())
    cells = [
        f"{escape(row.id)}<br><small>{row.kind}, {state} {moved}</small>",
        escape(row.answer["question"]),
        _shown(row.answer["answer"], [c["lines"] for c in row.answer["citations"]]),
        _shown(before["answer"], before["cited"]) if before else "",
        f"<small>{scores}</small>",
    ]
    return f'<tr class="{state}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _shown(text: str, cited: list[list[int]]) -> str:
    return f"<pre>{escape(text)}</pre><small>cited: {', '.join(map(str, cited))}</small>"
