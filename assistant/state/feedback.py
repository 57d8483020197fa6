"""Feedback: what people thought of answers, and the rows that the evaluation reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import InvalidInput, NotFound
from assistant.records import answer_from_json
from assistant.state.database import Database, insert_into
from assistant.state.tables import ExchangeRow, FeedbackRow, storable
from assistant.state.types import Feedback, FeedbackVerdict
from assistant.types import Answer, Json

REASON_LENGTH = 2000


class FeedbackStore:
    """Keeps verdicts, each with a copy of what it is about."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(
        self, exchange_id: str, owner: str, verdict: FeedbackVerdict, reason: str = ""
    ) -> Feedback:
        """Keep a verdict; the owner's last one on an exchange counts.

        :raises NotFound: there is no such exchange.
        :raises InvalidInput: the verdict is neither up nor down, or the reason too long.
        """
        if verdict not in ("up", "down"):
            raise InvalidInput(f"A verdict is up or down, not {str(verdict)[:40]!r}.")
        if len(reason) > REASON_LENGTH:
            raise InvalidInput(f"A reason has at most {REASON_LENGTH} characters.")
        now = datetime.now(UTC)
        said = {"verdict": verdict, "reason": reason, "given_at": now}
        with self._database.writing() as session:
            copied = _copied(session, exchange_id, owner)
            session.execute(
                insert_into(session, FeedbackRow)
                .values(exchange_id=exchange_id, owner=owner, **copied, **said)
                .on_conflict_do_update(index_elements=["exchange_id", "owner"], set_=said)
            )
        return Feedback(exchange_id, owner, verdict, storable(reason), now)

    def rows(self) -> Iterator[Json]:
        """Return all verdicts, oldest first, each with its question and the cited lines.

        Who gave them is left out. An exchange that several people judged has several rows,
        numbered from the second on.
        """
        query = select(FeedbackRow).order_by(FeedbackRow.given_at, FeedbackRow.exchange_id)
        seen: Counter[str] = Counter()
        with self._database.reading() as session:
            for row in session.scalars(query.execution_options(yield_per=100)):
                seen[row.exchange_id] += 1
                times = seen[row.exchange_id]
                yield _evaluated(row.exchange_id + (f"-{times}" if times > 1 else ""), row)


def _copied(session: Session, exchange_id: str, owner: str) -> Json:
    """Return what the verdict is about; of an exchange that was cut, what was kept before."""
    exchange = session.get(ExchangeRow, exchange_id)
    if exchange is None:
        before = session.get(FeedbackRow, (exchange_id, owner))
        if before is None:
            raise NotFound(f"There is no answer {storable(exchange_id)[:80]!r} to judge.")
        names = ("conversation_id", "question", "history", "answer")
        return {name: getattr(before, name) for name in names}
    earlier = session.scalars(
        select(ExchangeRow)
        .where(ExchangeRow.conversation_id == exchange.conversation_id)
        .where(ExchangeRow.position < exchange.position)
        .order_by(ExchangeRow.position)
    )
    return {
        "conversation_id": exchange.conversation_id,
        "question": exchange.question,
        "history": [turn for row in earlier for turn in _turns(row)],
        "answer": exchange.answer,
    }


def _turns(row: ExchangeRow) -> list[Json]:
    return [
        {"role": "user", "content": row.question},
        {"role": "assistant", "content": row.answer["answer"]},
    ]


def _evaluated(id: str, row: FeedbackRow) -> Json:
    answer = answer_from_json(row.answer)
    return {
        "id": id,
        "question": row.question,
        "history": row.history,
        "answer": answer.text,
        "verdict": row.verdict,
        "reason": row.reason,
        "lines": _cited_lines(answer),
    }


def _cited_lines(answer: Answer) -> list[list[int]]:
    cited = dict.fromkeys(citation.lines for citation in answer.citations)
    return [list(lines) for lines in cited]
