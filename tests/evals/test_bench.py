import ast
import asyncio
import io
import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from evals.bench import distractors, scaling
from evals.bench.__main__ import table_of
from evals.bench.clients import ask_over_http
from evals.bench.plot import write_plot
from evals.bench.processes import run
from evals.bench.types import Measured, share_at
from index.dense import kind_for

BENCH = Path(distractors.__file__).parent


def test_the_ratio_says_how_many_times_better_we_are():
    assert Measured("a", 2.0, "s", 12.0).ratio == 6
    assert Measured("a", 80.0, "/s", 20.0, at_least=True).ratio == 4
    assert Measured("a", 2.0, "s").ratio is None


def test_a_bar_is_met_or_not():
    assert Measured("a", 1.0, "s", bar=1.0).met
    assert not Measured("a", 1.1, "s", bar=1.0).met
    assert Measured("a", 90, "/s", bar=80, at_least=True).met
    assert Measured("a", 0, "", bar=0).met
    assert Measured("a", 1.0, "s").met is None


def test_shares_of_values():
    assert share_at([3, 1, 2], 0.5) == 2
    assert share_at(list(range(100)), 0.95) == 95
    assert share_at([1], 0.95) == 1


def test_the_table_says_what_missed_its_bar():
    console = Console(width=130, record=True, file=io.StringIO())
    console.print(table_of([Measured("slow thing", 2.0, "s", 12.0, bar=1.0)]))
    text = console.export_text()
    assert "slow thing" in text
    assert "6.0×" in text
    assert "NO" in text


def test_a_process_is_measured_and_a_failing_one_is_an_error():
    ran = run([sys.executable, "-c", "print('x' * 3); b = bytearray(80_000_000); b[::4096]"])
    assert ran.output == "xxx\n"
    assert ran.peak > 60
    with pytest.raises(RuntimeError, match="oh no"):
        run([sys.executable, "-c", "raise SystemExit('oh no')"])


def test_the_recipe_is_the_tutorial_and_nothing_more():
    statements = ast.parse((BENCH / "langchain_recipe.py").read_text()).body
    steps = [one for one in statements if not isinstance(one, (ast.Import, ast.ImportFrom))]
    assert len(steps) <= 6  # the docstring, arguments, embeddings, load or build, search


def test_distractors_are_as_near_as_recombined_texts_and_never_right(assistant):
    index = assistant.index
    rng = np.random.default_rng(1)
    own = np.array(index.dense.rows(0, 2000))
    partners = rng.permutation(2000)
    made = distractors.recombined(own, partners, 0.9, rng)
    middle = own + own[partners]
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    assert np.mean(np.sum(made * middle, axis=1)) == pytest.approx(0.9, abs=0.02)
    copies = distractors.copies_of(index.passages, 2)
    assert len(copies) == 2 * len(index.passages)
    assert all(p.lines.first > len(assistant.corpus.lines) for p in copies[len(index.passages) :])


def test_a_grown_index_still_finds_the_guide(assistant):
    grown, spent = scaling.grow(assistant, 2, "flat")
    assert len(grown.dense) == 2 * len(assistant.index.dense)
    assert set(spent) == {"vectors", "words"}
    hits = grown.search("Are external GPUs any good?", 10, vector=_vector(grown))
    assert any(hit.passage.lines.first == 1222 for hit in hits)


def _vector(index):
    return index.encoder.encode(["Are external GPUs any good?"])[0]


def test_the_plot_is_a_picture_with_a_line_for_each_way_to_search(tmp_path):
    rows = [
        {"views": views, "search": kind, "median": {"all": ms}, "memory": ms, "hit": 0.9}
        for views, kind, ms in ((7_000, "flat", 1), (70_000, "flat", 9), (70_000, "cells", 2))
    ]
    write_plot(rows, tmp_path / "plot.svg")
    root = ElementTree.parse(tmp_path / "plot.svg").getroot()
    assert len(root.findall("{*}polyline")) == 6


def test_the_committed_scaling_run_shows_where_the_kind_changes():
    rows = json.loads((BENCH.parents[1] / "docs" / "scaling.json").read_text())
    assert {row["factor"] for row in rows} >= {1, 10, 100}
    for row in rows:
        assert row["chosen"] == (row["search"] == kind_for(row["views"]))


def test_clients_count_what_was_refused():
    async def refuse(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async def try_it():
        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await ask_over_http(port, 2, ["a question"], 1)

    tally = asyncio.run(try_it())
    assert not tally.waits
    assert tally.errors == ["RuntimeError: status 503"] * 2
