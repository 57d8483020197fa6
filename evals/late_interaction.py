"""An experiment that did not win: late interaction, `python -m evals.late_interaction`.

The best ten passages are reranked by the token vectors of the same encoder: for each token of the
question the most similar token of a view of the passage, averaged (MaxSim). Not shipped.
"""

from __future__ import annotations

from functools import lru_cache
from statistics import mean

import click
import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from assistant.assistant import Assistant
from assistant.retrieval import retrieve
from corpus.reader import text_of
from evals.question_set import answered_questions
from evals.tune import prepare
from index.encoder import MAX_PIECES, Vectors
from index.types import Passage

SHARES = (0.0, 0.1, 0.2, 0.3, 0.5, 0.8)
LONGEST = 1000  # characters of a passage's text
RERANKED = 10


class TokenEncoder:
    """One vector a token, from the exported network."""

    def __init__(self, assistant: Assistant) -> None:
        folder = assistant.index.encoder_folder
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._corpus = assistant.corpus

    def encode(self, text: str) -> Vectors:
        """Return unit vectors, shape (tokens, dimensions), without the two markers."""
        ids = np.array([self._tokenizer.encode(text).ids[:MAX_PIECES]])
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        tokens = self._session.run(None, inputs)[0][0][1:-1]
        return np.asarray(tokens / np.linalg.norm(tokens, axis=1, keepdims=True))

    @lru_cache(maxsize=2000)  # noqa: B019 - lives as long as the experiment
    def views(self, passage: Passage) -> list[Vectors]:
        """Return the token vectors of a passage's text, gist and expected questions."""
        texts = [text_of(passage.lines)[:LONGEST]]
        if passage.card is not None:
            card = self._corpus.cards[passage.card]
            texts += [card.gist, *card.questions]
        return [self.encode(text) for text in texts]

    def likeness(self, question: Vectors, passage: Passage) -> float:
        """Return the best MaxSim of any view."""
        return max(float((question @ view.T).max(axis=1).mean()) for view in self.views(passage))


@click.command()
def main() -> None:
    """Print MRR@10, hit@1 and hit@5 on the tune half by the share of late interaction."""
    assistant = Assistant.load()
    encoder = TokenEncoder(assistant)
    questions = answered_questions("tune")
    found = []
    for item in prepare(assistant, questions):
        hits = retrieve(assistant.index, item.understood)[:RERANKED]
        tokens = encoder.encode(item.understood.question)
        late = np.array([encoder.likeness(tokens, hit.passage) for hit in hits])
        right = [any(h.passage.lines.overlaps(s) for s in item.question.accepted) for h in hits]
        found.append((np.array([hit.score for hit in hits]), late, right))
    for share in SHARES:
        ranks = []
        for scores, late, right in found:
            order = np.argsort(-(scores + share * late), kind="stable")
            ranks.append(next((r for r, n in enumerate(order, 1) if right[n]), 0))
        click.echo(
            f"share {share:.1f}: MRR@10 {mean(1 / r if r else 0.0 for r in ranks):.3f}, "
            f"hit@1 {mean(r == 1 for r in ranks):.3f}, hit@5 {mean(0 < r <= 5 for r in ranks):.3f}"
        )


if __name__ == "__main__":
    main()
