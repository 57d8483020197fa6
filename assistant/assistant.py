"""The one thing that front ends know: ask, calculate, check, source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.answering.arithmetic import work_out
from assistant.answering.builds import find_build, report_in_words
from assistant.answering.quotes_mode import answer_in_quotes
from assistant.clock import Clock
from assistant.errors import InvalidInput
from assistant.guide import Guide, History, Reading, history_of
from assistant.guide_search import Place, Wanted, find_by_meaning
from assistant.retrieval import retrieve, understand
from assistant.settings import Settings, load_settings
from assistant.streaming import CALCULATING, COMPOSING, READING, SEARCHING, Watch, unwatched
from assistant.types import Answer, BuildReport, Calculation, ScoredLines, Turn
from assistant.understand.question import clean_question
from assistant.understand.smalltalk import has_subject, is_courtesy, without_courtesies
from corpus.load import Corpus, load_corpus
from corpus.reader import text_of
from corpus.types import Change, Comment, Lines, Role, Years
from index.store import Index, IndexStore, Progress, silent

if TYPE_CHECKING:
    from assistant.model.model_mode import ModelMode

RETRIEVED = 10
ASK = (
    "What would you like to know about hardware for deep learning? For example: "
    "“How many watts for four 250 W GPUs?” or “Is x8 enough for two cards?”"
)
ASK_ON = "What else would you like to know about hardware for deep learning?"


@dataclass(frozen=True, slots=True)
class SourceView:
    """A line in its place: the comment or section around it and the thread that it stands in."""

    lines: Lines
    text: str
    role: Role
    section: str | None
    years: Years
    thread: tuple[Comment, ...]


class Assistant:
    """Answers questions from the guide. It keeps no conversation: pass the history in."""

    def __init__(self, corpus: Corpus, index: Index, model: ModelMode | None = None) -> None:
        self.corpus = corpus
        self.index = index
        self.model = model

    @classmethod
    def load(cls, settings: Settings | None = None, progress: Progress = silent) -> Assistant:
        """Load the corpus and the index, building the index where it is missing or stale.

        :raises CorpusError: the corpus data is damaged.
        :raises IndexFailure: the index can neither be loaded nor built.
        :raises SettingsError: a model is named that cannot be used.
        """
        settings = settings or load_settings()
        corpus = load_corpus()
        index = IndexStore(settings.index_dir, settings.encoder).load_or_build(corpus, progress)
        if not settings.model:
            return cls(corpus, index)
        from assistant.model.model_mode import ModelMode  # LangChain takes a second to import

        return cls(corpus, index, ModelMode.load(settings, corpus, index))

    def ask(self, question: str, history: Sequence[Turn] = (), watch: Watch = unwatched) -> Answer:
        """Answer a question; what is no question gets the outcome invalid_input.

        watch is told each step; the work ends with what it raises.
        """
        quoted = self._ask_in_quotes(question, history, watch)
        return self.model.ask(question, history, quoted, watch) if self.model else quoted

    def _ask_in_quotes(self, question: str, history: Sequence[Turn], watch: Watch) -> Answer:
        clock = Clock()
        watch(READING)
        try:
            cleaned = clean_question(question)
        except InvalidInput as error:
            return Answer(question, "quotes", "invalid_input", str(error), timings_ms=clock.total())
        if history and is_courtesy(cleaned):
            return Answer(question, "quotes", "needs_input", ASK_ON, timings_ms=clock.total())
        history = without_courtesies(history)
        if not history and not has_subject(cleaned):
            return Answer(question, "quotes", "needs_input", ASK, timings_ms=clock.total())
        with clock.stage("understand"):
            understood = understand(self.corpus, self.index.encoder, cleaned, history)
        watch(CALCULATING)
        with clock.stage("calculate"):
            build = find_build(question)
            worked = None if build else work_out(cleaned, history)
        watch(SEARCHING)
        with clock.stage("retrieve"):
            hits = retrieve(self.index, understood)
        watch(COMPOSING)
        with clock.stage("compose"):
            answer = (
                report_in_words(self.corpus, self.index.encoder, question, build)
                if build
                else answer_in_quotes(self.corpus, self.index, understood, hits, worked)
            )
        return replace(
            answer,
            question=question,
            passages=tuple(ScoredLines(h.passage.lines, h.score) for h in hits[:RETRIEVED]),
            timings_ms=clock.total(),
        )

    def calculate(self, name: str, inputs: Mapping[str, Any]) -> Calculation:
        """Run a calculator by name.

        :raises InvalidInput: no such calculator, or an input is missing or nonsense.
        :raises NoSolution: the inputs make sense but have no answer.
        """
        from assistant.calculators.registry import get  # pint takes 0.3 s: only where needed

        return get(name).calculate(inputs)

    def calculators(self) -> dict[str, dict[str, Any]]:
        """Return each calculator's title, summary and the JSON schema of its inputs, by name."""
        from assistant.calculators.registry import get, names

        return {
            name: {
                "title": get(name).title,
                "summary": get(name).summary,
                "inputs": get(name).inputs.model_json_schema(),
            }
            for name in names()
        }

    def check(self, text: str) -> BuildReport:
        """Check a build: a pasted part list or YAML.

        :raises InvalidInput: there is no part in the text.
        """
        from assistant.build_check.check import check_build  # loads the calculators

        return check_build(text)

    def source(self, line: int) -> SourceView:
        """Return the comment or section that holds a line, with its thread.

        :raises InvalidInput: the source has no such line.
        """
        if not 1 <= line <= len(self.corpus.lines):
            raise InvalidInput(f"The guide has lines 1 to {len(self.corpus.lines)}, not {line}.")
        comment = self.corpus.comment_at(line)
        section = self.corpus.section_at(line)
        lines = comment.lines if comment else section.lines if section else Lines(line, line)
        return SourceView(
            lines=lines,
            text=text_of(lines),
            role=self.corpus.role_at(line),
            section=section.title if section else None,
            years=self.corpus.years_at(line),
            thread=self.corpus.thread(comment) if comment else (),
        )

    def guide(self) -> Guide:
        """Return the whole source in the order in which it is read."""
        return Reading(self.corpus).guide()

    def changes(self) -> tuple[Change, ...]:
        """Return the subjects on which the advice changed or people disagree."""
        return self.corpus.changes

    def history(self, change_id: str) -> History:
        """Return what was said on a subject over the years, with the words.

        :raises InvalidInput: no such subject.
        """
        for change in self.corpus.changes:
            if change.id == change_id:
                return history_of(self.corpus, change)
        raise InvalidInput("The guide has no such subject. Choose one from the list.")

    def search_guide(self, words: str, wanted: Wanted | None = None) -> tuple[Place, ...]:
        """Return the places of the guide nearest in meaning to some words, best first.

        :raises InvalidInput: there are no words, or too many.
        """
        return find_by_meaning(self.corpus, self.index, words, wanted)
