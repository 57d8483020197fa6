"""Twenty thousand generated questions: no exception, no answer over half a second."""

from __future__ import annotations

import random
import re
import time
import traceback
from collections.abc import Iterator

from corpus.load import load_hardware
from corpus.reader import read_lines
from evals.data import QUESTIONS, read_questions
from evals.torture.targets import TARGETS
from evals.torture.types import Trial

SLOWEST = 0.5  # seconds of this process's own time: a busy machine is not our fault
# The share of each target in all that is tried; asking is what people do.
SHARES = {
    "ask": 0.4,
    "follow_up": 0.1,
    "understand": 0.15,
    "calculate": 0.05,
    "check_build": 0.1,
    "render": 0.05,
    "slack": 0.075,
    "http": 0.075,
}
LONGEST = 4000  # characters of a question: longer ones are refused before they are read
NUMBERS = (
    *("0", "-1", "1e308", "9" * 400, "0.0000001", "٣", "½", "²", "1,000,000", "1.000,5", "NaN"),
    *("inf", "1/0", "0x10", "1e-400", "4x", "10^99", "5–6", "1..2", "--3", "+7"),
)
ODD = (
    *("\x00", "\u200b", "\u202e", "\ufeff", "\ud83d\ude00", "e\u0301", "\r\n", "\t", "\\", "`"),
    *("[1]", "](x)", "<script>alert(1)</script>", "<!channel>", "&amp;", "$(id)", "{{7*7}}", "%s"),
    *("'; DROP TABLE x;--", "```", "> ", "| a | b |", "!", "@here", "http://x.y/z?a=b", "\u2028"),
)
UNITS = ("W", "GB", "lanes", "GB/s", "euros", "kWh", "°C", "%", "x", "hours", "TFLOPS", "PSU")


class Generator:
    """Makes questions out of questions, lines of the guide, hardware, numbers and odd signs."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        files = sorted(QUESTIONS.glob("*.jsonl"))
        self._questions = [one.question for file in files for one in read_questions(file)[0]]
        self._lines = [line for line in read_lines() if line.strip()]
        self._names = [name for item in load_hardware() for name in (item.model, *item.aliases)]

    def __iter__(self) -> Iterator[str]:
        """Yield questions without end."""
        while True:
            yield self._text()

    def _text(self) -> str:
        text = self._draw.choice(
            (self._question, self._question, self._glued, self._build, self._noise, self._line)
        )()
        for _ in range(self._draw.choice((0, 1, 1, 2, 5))):
            text = self._changed(text)
        return text

    def _question(self) -> str:
        return self._draw.choice(self._questions)

    def _line(self) -> str:
        return self._draw.choice(self._lines)

    def _glued(self) -> str:
        first, second = self._question().split(), self._question().split()
        return " ".join(first[: len(first) // 2] + second[len(second) // 2 :])

    def _build(self) -> str:
        rows = []
        for _ in range(self._draw.randrange(1, 8)):
            row = f"{self._number()}{self._draw.choice(('x ', ' ', ' × ', ': '))}{self._name()}"
            rows.append(f"{row} {self._number()} {self._draw.choice(UNITS)}")
        return self._draw.choice(("\n", ", ", " and ", "\n- ")).join(rows)

    def _noise(self) -> str:
        signs = "abc XYZ019 .,;:!?-–_/\\()[]{}<>\"'`*#|~^&%$€@=+\n\t\u00a0äß漢字🙂"
        return "".join(self._draw.choices(signs, k=self._draw.randrange(1, 200)))

    def _name(self) -> str:
        return self._draw.choice(self._names)

    def _number(self) -> str:
        if self._draw.random() < 0.7:
            return str(self._draw.randrange(0, 5000))
        return self._draw.choice(NUMBERS)

    def _changed(self, text: str) -> str:
        place = self._draw.randrange(len(text) + 1)
        return self._draw.choice(
            (
                lambda: text[:place] + self._draw.choice(ODD) + text[place:],
                lambda: re.sub(r"\d+", lambda _: self._number(), text),
                lambda: (
                    f"{text[:place]} {self._number()} {self._draw.choice(UNITS)} {text[place:]}"
                ),
                lambda: f"{text[:place]} {self._name()} {text[place:]}",
                lambda: text[:place],
                lambda: text[place:] + text[:place],
                lambda: text.upper(),
                lambda: text * self._draw.choice((2, 3, 30)),
                lambda: text.replace(" ", ""),
                lambda: text[:place] + chr(self._draw.randrange(1, 0x3000)) + text[place:],
            )
        )()


def generate(count: int, seed: int = 0) -> list[Trial]:
    """Try so many generated texts, shared out among the targets."""
    texts = iter(Generator(seed))
    return [
        _attack(name, [_cut(name, next(texts)) for _ in range(max(1, round(share * count)))])
        for name, share in SHARES.items()
    ]


def _cut(name: str, text: str) -> str:
    """Cut what only reads questions to their length; who asks may send anything."""
    return text[:LONGEST] if name in ("understand", "render") else text


def _attack(name: str, texts: list[str]) -> Trial:
    trial = Trial(f"generated texts: {name}")
    target = TARGETS[name]
    target("4x 250 W GPUs and a 150 W CPU, what power supply?")  # loads what is loaded once
    slowest = 0.0
    for text in texts:
        trial.tried += 1
        start = time.process_time()
        try:
            target(text)
        except Exception as error:  # whatever it is: it must not happen
            place = traceback.extract_tb(error.__traceback__)[-1]
            trial.lose(
                f"{type(error).__name__}: {error} at {place.filename}:{place.lineno}, {text!r:.200}"
            )
        spent = time.process_time() - start
        slowest = max(slowest, spent)
        # A target that calls all calculators is many answers; one answer is what is promised.
        if spent > SLOWEST and name != "calculate":
            trial.lose(f"{1000 * spent:.0f} ms for {text!r:.200}")
    trial.notes.append(f"slowest {1000 * slowest:.0f} ms of processor time")
    return trial
