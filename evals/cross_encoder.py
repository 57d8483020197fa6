"""An experiment: a cross-encoder trained on the corpus, `python -m evals.cross_encoder FOLDER`.

The sentence encoder's network is trained further to read a question and a passage together and to
tell whether the passage answers it: on the cards' expected questions with their passages, on the
unanswered questions with the lines that they sound like, and on passages that retrieval finds and
the card's writer did not mean. Then, on the tune half: what it adds to the order of the best
passages, and to the refusals. FOLDER keeps the trained network between runs.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import click
import numpy as np
import numpy.typing as npt
import torch
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold

from assistant.assistant import Assistant
from assistant.retrieval import retrieve, understand
from corpus.reader import text_of
from evals.calibrate import (
    FOLDS,
    STRENGTH,
    Linear,
    correct,
    first_estimate,
    known_questions,
    rightly_refused,
)
from evals.question_set import answered_questions
from evals.rehearsal import rehearse
from evals.tune import prepare
from index.encoder import Vectors
from index.export import packaged_model
from index.types import Passage

PIECES = 160  # of question and passage together
LONGEST = 900  # characters of a passage's text
BATCH = 32
RATE = 6e-5
FROZEN = 2  # layers, from the bottom, that stay as they are
SHARES = (0.0, 0.01, 0.02, 0.04, 0.08, 0.16)
RERANKED = 5
READ = 3  # passages that a refusal looks at
HELD_OUT = 0.1  # of the cards


@dataclass(frozen=True, slots=True)
class Pair:
    """A question beside a passage, and whether the passage answers it."""

    question: str
    passage: str
    answers: bool
    group: int


def shown(assistant: Assistant, passage: Passage) -> str:
    """Return what the network reads of a passage: the gist of its card, then its words."""
    gist = "" if passage.card is None else assistant.corpus.cards[passage.card].gist
    return f"{gist} {text_of(passage.lines)[:LONGEST]}".strip()


def make_pairs(assistant: Assistant) -> list[Pair]:
    """Return the pairs to learn from, grouped by the card they are about."""
    generator = random.Random(0)
    pairs = []
    cards = [passage for passage in assistant.index.passages if passage.card is not None]
    for passage in cards:
        card = assistant.corpus.cards[passage.card]  # type: ignore[index]  # only those with one
        questions = card.questions
        pairs += [Pair(q, shown(assistant, passage), True, passage.number) for q in questions]
        for question in generator.sample(questions, (len(questions) + 1) // 2):
            hits = retrieve(
                assistant.index, understand(assistant.corpus, assistant.index.encoder, question, ())
            )[:RERANKED]
            others = [hit.passage for hit in hits if not hit.passage.lines.overlaps(passage.lines)]
            if others:
                other = generator.choice(others)
                pairs.append(Pair(question, shown(assistant, other), False, passage.number))
    for row in assistant.corpus.unanswered:
        about = [p for p in cards if row.lines is not None and p.lines.overlaps(row.lines)]
        if about:
            pairs.append(Pair(row.question, shown(assistant, about[0]), False, about[0].number))
    return pairs


class CrossEncoder(torch.nn.Module):
    """The sentence encoder's network with one number on top of the mean of its tokens."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        from transformers import AutoModel, AutoTokenizer

        self.tokenizer = AutoTokenizer.from_pretrained(weights)
        self.network = AutoModel.from_pretrained(weights)
        self.answers = torch.nn.Linear(self.network.config.hidden_size, 1)
        for part in (self.network.embeddings, *self.network.encoder.layer[:FROZEN]):
            part.requires_grad_(False)

    def forward(self, questions: Sequence[str], passages: Sequence[str]) -> torch.Tensor:
        """Return one logit a pair."""
        inputs = self.tokenizer(
            list(questions),
            list(passages),
            truncation="only_second",
            max_length=PIECES,
            padding=True,
            return_tensors="pt",
        )
        tokens = self.network(**inputs).last_hidden_state
        mask = inputs["attention_mask"].unsqueeze(-1)
        logits: torch.Tensor = self.answers((tokens * mask).sum(1) / mask.sum(1)).squeeze(-1)
        return logits


def train(model: CrossEncoder, pairs: Sequence[Pair], epochs: int) -> None:
    """Train on the pairs, the longest of a batch like the others of it."""
    generator = random.Random(0)
    wanted = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(wanted, lr=RATE, weight_decay=0.01)
    steps = epochs * (len(pairs) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps + 1, pct_start=0.1)
    weight = torch.tensor(sum(not p.answers for p in pairs) / sum(p.answers for p in pairs))
    loss_of = torch.nn.BCEWithLogitsLoss(pos_weight=weight)
    step, losses = 0, []
    model.train()
    for _ in range(epochs):
        order = sorted(pairs, key=lambda p: len(p.passage) + generator.random() * 300)
        batches = [order[n : n + BATCH] for n in range(0, len(order), BATCH)]
        generator.shuffle(batches)
        for batch in batches:
            logits = model([p.question for p in batch], [p.passage for p in batch])
            loss = loss_of(logits, torch.tensor([float(p.answers) for p in batch]))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(wanted, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            losses.append(loss.item())
            if step % 20 == 0:
                click.echo(f"step {step} of {steps}, loss {mean(losses[-20:]):.3f}", err=True)


def score(model: CrossEncoder, questions: Sequence[str], passages: Sequence[str]) -> Vectors:
    """Return the logits of pairs, shape (pairs,)."""
    model.eval()
    with torch.inference_mode():
        parts = [
            model(questions[n : n + BATCH], passages[n : n + BATCH]).numpy()
            for n in range(0, len(questions), BATCH)
        ]
    return np.concatenate(parts, dtype=np.float32)


def rerank(assistant: Assistant, model: CrossEncoder) -> None:
    """Print MRR@10 and hit@1 on the tune half by the share of the cross-encoder."""
    questions = answered_questions("tune")
    found = []
    for item in prepare(assistant, questions):
        hits = retrieve(assistant.index, item.understood)[:10]
        texts = [shown(assistant, hit.passage) for hit in hits[:RERANKED]]
        read = score(model, [item.understood.question] * len(texts), texts)
        right = [any(h.passage.lines.overlaps(s) for s in item.question.accepted) for h in hits]
        found.append((np.array([hit.score for hit in hits]), read, right))
    for share in SHARES:
        ranks = []
        for scores, read, right in found:
            scores = scores.copy()
            scores[: len(read)] += share * read
            best = np.argsort(-scores[: len(read)], kind="stable")
            order = [*best, *range(len(read), len(scores))]
            ranks.append(next((r for r, n in enumerate(order, 1) if right[n]), 0))
        click.echo(
            f"share {share:.2f}: MRR@10 {mean(1 / r if r else 0.0 for r in ranks):.3f}, "
            f"hit@1 {mean(r == 1 for r in ranks):.3f}"
        )


def refuse(assistant: Assistant, model: CrossEncoder) -> None:
    """Print held-out refusals on what is known, without and with the cross-encoder's word."""
    known = known_questions(assistant)
    found, vectors, covered = known.found, known.vectors, known.covered
    read: list[npt.NDArray[np.float64]] = []
    for item in known.asked:
        hits = retrieve(assistant.index, item.understood)[:READ]
        texts = [shown(assistant, hit.passage) for hit in hits]
        logits = score(model, [item.understood.question] * len(texts), texts)
        read.append(np.array([logits[0], logits.max(), logits.mean()]))
    further = np.array(read)
    click.echo(f"AUC alone: {[round(roc_auc_score(covered, c), 3) for c in further.T]}")
    first = first_estimate(rehearse(assistant))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for name, signals in (("without", found), ("with", np.hstack([found, further]))):
        padded = np.pad(first.weights, (0, signals.shape[1] - found.shape[1]))
        start = Linear(padded, first.subject, first.intercept)
        held_out = np.zeros(len(covered))
        for rows, test in folds.split(signals, covered, known.groups):
            fitted = correct(start, signals[rows], vectors[rows], covered[rows], STRENGTH)
            held_out[test] = fitted(signals[test], vectors[test])
        click.echo(f"{name}: held-out AUC {roc_auc_score(covered, held_out):.3f}")
        for share in (0.05, 0.1):
            right = rightly_refused(held_out, covered, share)
            click.echo(f"{name}: wrong refusals {share:.2f}, right refusals {right:.3f}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--epochs", default=1)
def main(folder: Path, epochs: int) -> None:
    """Train where FOLDER holds no network yet, and print what it adds on the tune half."""
    torch.manual_seed(0)
    assistant = Assistant.load()
    model = CrossEncoder(packaged_model())
    kept = folder / "cross-encoder.pt"
    pairs = make_pairs(assistant)
    groups = sorted({pair.group for pair in pairs})
    held = set(random.Random(1).sample(groups, int(len(groups) * HELD_OUT)))
    if kept.exists():
        model.load_state_dict(torch.load(kept, weights_only=True))
    else:
        train(model, [pair for pair in pairs if pair.group not in held], epochs)
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), kept)
    test = [pair for pair in pairs if pair.group in held]
    logits = score(model, [p.question for p in test], [p.passage for p in test])
    auc = roc_auc_score([p.answers for p in test], logits)
    click.echo(f"{len(pairs)} pairs; AUC on {len(test)} pairs of cards held out: {auc:.3f}")
    rerank(assistant, model)
    refuse(assistant, model)


if __name__ == "__main__":
    main()
