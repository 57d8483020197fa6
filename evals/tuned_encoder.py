"""An experiment that did not win: a trained encoder, `python -m evals.tuned_encoder FOLDER`.

Small additions to the network's matrices (LoRA) learn from the cards' expected questions to bring
a question near the gist, the words and the other questions of its card, away from those of the rest
of a batch, of which half are of cards on a like subject. The tune half decides; EXPERIMENTS.md has
the figures. FOLDER keeps the trained network between runs.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from assistant.assistant import Assistant
from assistant.settings import load_settings
from corpus.reader import text_of
from corpus.types import Card
from evals.question_set import answered_questions
from evals.tune import prepare, score
from index.export import packaged_model
from index.ranking import Ranking

RANK = 8
RATE = 1e-3
BATCH = 64
TEMPERATURE = 0.05
PIECES = 110
WORDS = 80  # of a card's lines, read as a positive
LIKE = (0.35, 0.8)  # cosines of gists on a like subject, but not the same
SAME = 0.75  # above it another card may answer, too


class Added(torch.nn.Module):
    """A matrix that stays as it is, and a product of two thin ones that learns."""

    def __init__(self, fixed: torch.nn.Linear) -> None:
        super().__init__()
        self.fixed = fixed
        scale = math.sqrt(fixed.in_features)
        self.down = torch.nn.Parameter(torch.randn(RANK, fixed.in_features) / scale)
        self.up = torch.nn.Parameter(torch.zeros(fixed.out_features, RANK))

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """Return the sum of both."""
        fixed: torch.Tensor = self.fixed(values)
        return fixed + 2 * (values @ self.down.T) @ self.up.T

    def merged(self) -> torch.nn.Linear:
        """Return one matrix that gives the same."""
        with torch.no_grad():
            self.fixed.weight += 2 * self.up @ self.down
        return self.fixed


@dataclass(frozen=True)
class Batches:
    """Draws questions of different cards; likeness is that of the cards' gists."""

    cards: Sequence[Card]
    likeness: np.ndarray
    generator: random.Random

    def draw(self) -> list[int]:
        """Return the numbers of different cards, half of them on a subject of the other half."""
        chosen: list[int] = []
        while len(chosen) < BATCH:
            card = self.generator.randrange(len(self.cards))
            like = np.flatnonzero((self.likeness[card] > LIKE[0]) & (self.likeness[card] < LIKE[1]))
            near = [int(self.generator.choice(like))] if len(like) else []
            chosen += [number for number in (card, *near) if number not in chosen]
        return chosen[:BATCH]

    def positive(self, card: Card, question: str) -> str:
        """Return something that the question should be near to."""
        others = [other for other in card.questions if other != question]
        kind = self.generator.random()
        if kind < 0.4 or not others:
            return card.gist
        if kind < 0.7:
            return self.generator.choice(others)
        words = text_of(card.lines).split()
        start = self.generator.randrange(max(1, len(words) - WORDS + 1))
        return " ".join(words[start : start + WORDS])

    def may_answer_too(self, chosen: Sequence[int]) -> torch.Tensor:
        """Tell of each pair of different cards whether both may answer the same question."""
        alike = self.likeness[np.ix_(chosen, chosen)] > SAME
        lines = [self.cards[number].lines for number in chosen]
        overlap = np.array([[one.overlaps(other) for other in lines] for one in lines])
        return torch.tensor((alike | overlap) & ~np.eye(len(chosen), dtype=bool))


def train(model: SentenceTransformer, cards: Sequence[Card], epochs: int) -> None:
    """Train the model in place, an epoch as many questions as the cards have."""
    gists = model.encode([card.gist for card in cards], normalize_embeddings=True)
    network: Any = model[0].auto_model
    network.requires_grad_(False)
    added = _extend(network.encoder)
    wanted = [p for p in network.parameters() if p.requires_grad]
    batches = Batches(cards, np.asarray(gists @ gists.T), random.Random(0))
    steps = epochs * sum(len(card.questions) for card in cards) // BATCH
    optimiser = torch.optim.AdamW(wanted, lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, steps, pct_start=0.1)

    def encode(texts: list[str]) -> torch.Tensor:
        inputs = model.tokenizer(
            texts, padding=True, truncation=True, max_length=PIECES, return_tensors="pt"
        )
        tokens = network(
            input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"]
        ).last_hidden_state
        mask = inputs["attention_mask"].unsqueeze(-1)
        return torch.nn.functional.normalize((tokens * mask).sum(1) / mask.sum(1), dim=1)

    network.train()
    for step in range(steps):
        chosen = batches.draw()
        asked = [batches.generator.choice(cards[number].questions) for number in chosen]
        near = [batches.positive(cards[n], q) for n, q in zip(chosen, asked, strict=True)]
        likeness = encode(asked) @ encode(near).T / TEMPERATURE
        likeness = likeness.masked_fill(batches.may_answer_too(chosen), -1e4)
        right = torch.arange(BATCH)
        loss = torch.nn.functional.cross_entropy(likeness, right)
        loss = loss + torch.nn.functional.cross_entropy(likeness.T, right)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(wanted, 1.0)
        optimiser.step()
        schedule.step()
        if step % 20 == 0:
            click.echo(f"step {step} of {steps}, loss {loss.item():.3f}", err=True)
    for parent, name in added:
        setattr(parent, name, getattr(parent, name).merged())
    network.eval()


def _extend(layers: torch.nn.Module) -> list[tuple[torch.nn.Module, str]]:
    """Extend every matrix of the layers; return where they are."""
    places = [
        (parent, name)
        for parent in layers.modules()
        for name, child in parent.named_children()
        if isinstance(child, torch.nn.Linear)
    ]
    for parent, name in places:
        setattr(parent, name, Added(getattr(parent, name)))
    return places


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--epochs", default=2)
def main(folder: Path, epochs: int) -> None:
    """Train where FOLDER holds no network yet; print MRR@10 and hit@5 on the tune half."""
    torch.manual_seed(0)
    settings = load_settings()
    shipped = Assistant.load(settings)
    if not folder.exists():
        model = SentenceTransformer(str(packaged_model()), device="cpu")
        train(model, shipped.corpus.cards, epochs)
        model.save(str(folder))
    changed = {"encoder": str(folder), "index_dir": folder / "index"}
    trained = Assistant.load(settings.model_copy(update=changed))
    questions = answered_questions("tune")
    for name, assistant in (("as published", shipped), ("trained", trained)):
        mrr, hit = score(assistant, prepare(assistant, questions), Ranking())
        click.echo(f"{name:12}: MRR@10 {mrr:.3f}, hit@5 {hit:.3f}")


if __name__ == "__main__":
    main()
