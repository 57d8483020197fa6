"""Model mode: what the model writes, checked; where nothing is left, the answer in quotes."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from langchain_core.language_models import BaseChatModel

from assistant.answering.figures import holds_figure
from assistant.answering.notes import age_note
from assistant.answering.support import Encode
from assistant.model.agent import Agent, Limits
from assistant.model.chat_model import load_chat_model
from assistant.model.check import Checked, check_text
from assistant.model.failures import ModelFailure
from assistant.model.prompt import NOT_COVERED, asking, repairing
from assistant.model.record import Record, sentences_about
from assistant.model.tools import build_tools
from assistant.settings import Settings
from assistant.streaming import CHECKING, Watch, unwatched
from assistant.types import Answer, Calculation, Note, Turn
from assistant.understand.question import clean_question
from corpus.load import Corpus
from index.encoder import Vectors
from index.store import Index

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class ModelMode:
    """Answers with a chat model. It keeps no conversation: threads may share it."""

    corpus: Corpus
    index: Index
    model: BaseChatModel
    limits: Limits

    @classmethod
    def load(cls, settings: Settings, corpus: Corpus, index: Index) -> ModelMode:
        """Prepare the model that the settings name.

        :raises SettingsError: it cannot be used as it is set.
        """
        limits = Limits(seconds=settings.model_timeout, steps=settings.model_steps)
        return cls(corpus, index, load_chat_model(settings), limits)

    def ask(
        self,
        question: str,
        history: Sequence[Turn],
        quoted: Answer,
        watch: Watch = unwatched,
    ) -> Answer:
        """Answer a question that quotes mode has answered, or return its answer with a note.

        quoted is the answer of quotes mode. Where it refuses, that stands: whether the guide
        covers a question is decided by a calibrated score, for both modes. watch is told each
        step; the work ends with what it raises.
        """
        if quoted.outcome != "answered":
            return quoted
        start = time.perf_counter()
        try:
            answer = self._ask(clean_question(question), history, quoted, watch)
        except ModelFailure as failure:
            answer = _in_quotes(quoted, f"The model {failure}", 0)
        spent = 1000 * (time.perf_counter() - start)
        total = quoted.timings_ms.get("total", 0.0) + spent
        return replace(answer, timings_ms={**quoted.timings_ms, "model": spent, "total": total})

    def _ask(self, question: str, history: Sequence[Turn], quoted: Answer, watch: Watch) -> Answer:
        record = Record(self.corpus)
        calculated = [record.calculate(calculation) for calculation in quoted.calculations]
        tools = build_tools(self.corpus, self.index, record)
        agent = Agent(self.model, tools, self.limits, watch)
        draft = agent.answer(asking(question, calculated), history)
        if NOT_COVERED in draft.upper():
            return _in_quotes(quoted, "The model found no answer in the passages it read", 0)
        watch(CHECKING)
        checked = self._checked(agent, question, draft, record)
        if not checked.citations:
            reason = "Nothing that the model wrote passed the check against the source"
            return _in_quotes(quoted, reason, len(checked.faults))
        age = age_note(checked.citations, None)
        notes = [note for note in quoted.notes if note.kind != "older_advice"]
        return Answer(
            question=quoted.question,
            mode="model",
            outcome="answered",
            text=checked.text,
            citations=checked.citations,
            passages=quoted.passages,
            calculations=_used(record.calculations, quoted.calculations, checked.text),
            notes=(*notes, age) if age else tuple(notes),
            suggestions=quoted.suggestions,
            unsupported=len(checked.faults),
        )

    def _checked(self, agent: Agent, question: str, draft: str, record: Record) -> Checked:
        """Check a draft; where sentences fail, let the model mend it once."""
        encode = _remembering(self.index)
        checked = check_text(draft, record, encode)
        if not checked.faults or not record.passages or not agent.has_time:
            return checked
        faults = [(fault.sentence, fault.reason) for fault in checked.faults]
        try:
            mended = agent.repair(repairing(question, record.render(), draft, faults))
        except ModelFailure as failure:
            _LOG.warning("repair: the model %s", failure)
            return checked
        again = check_text(mended, record, encode)
        return again if _is_better(again, checked) else checked


def _is_better(new: Checked, old: Checked) -> bool:
    """Tell whether a mended text keeps more, or as much with fewer removals."""
    kept_new, kept_old = len(new.text), len(old.text)
    return bool(new.citations) and (
        not old.citations or len(new.faults) < len(old.faults) or kept_new > kept_old
    )


def _used(
    made: Sequence[Calculation], asked: Sequence[Calculation], text: str
) -> tuple[Calculation, ...]:
    """Return the calculations that the question called for or that the text draws on."""
    return tuple(
        calculation
        for calculation in made
        if calculation in asked or holds_figure(text, " ".join(sentences_about(calculation)))
    )


def _in_quotes(quoted: Answer, reason: str, removed: int) -> Answer:
    """Return the answer of quotes mode with one line that says why."""
    note = Note("assumption", f"{reason}; this answer is put together from the guide’s own words.")
    return replace(quoted, notes=(*quoted.notes, note), unsupported=quoted.unsupported + removed)


def _remembering(index: Index) -> Encode:
    """Return the index's encoder, with what it has encoded in this turn kept."""
    known: dict[str, Vectors] = {}

    def encode(texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, index.encoder.encode(new), strict=True))
        return np.stack([known[text] for text in texts])

    return encode
