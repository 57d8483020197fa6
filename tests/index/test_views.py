from dataclasses import replace

from corpus.reader import text_of
from corpus.sentences import sentences_of
from index.encoder import MAX_PIECES
from index.passages import build_passages
from index.views import WINDOW_PIECES, build_views, windows


def count(text: str) -> int:
    return len(text.split())


def test_windows_stay_within_the_limit_and_share_a_sentence():
    sentences = [f"{name} b c d." for name in "abcdef"]
    found = windows(sentences, count, limit=8)
    assert found[0] == "a b c d. b b c d."
    assert found[1].startswith("b b c d.")
    assert all(count(window) <= 8 for window in found)


def test_a_long_sentence_is_a_window_alone():
    assert windows(["one two three four", "five"], count, limit=3) == ["one two three four", "five"]


def test_every_line_of_the_comments_is_in_a_passage(corpus):
    passages = build_passages(corpus)
    covered = {n for p in passages for n in range(p.lines.first, p.lines.last + 1)}
    loose = [
        comment.id
        for comment in corpus.comments
        if not covered & set(range(comment.lines.first, comment.lines.last + 1))
    ]
    assert loose == []


def test_long_passages_are_seen_in_parts_that_the_encoder_reads_whole(corpus, assistant):
    passages = build_passages(corpus)
    pieces = assistant.index.encoder.count_pieces
    for passage in passages:
        texts = [sentence.text for sentence in sentences_of(passage.lines)]
        for window in windows(texts, pieces):
            alone = window in texts
            assert pieces(window) <= (10 * MAX_PIECES if alone else WINDOW_PIECES + 2)


def test_a_reply_without_a_card_is_found_by_what_was_asked(corpus):
    corpus = replace(corpus, cards=())
    passages = build_passages(corpus)
    views = build_views(corpus, passages, count)
    asked = {passages[view.passage].lines.first for view in views if view.kind == "asked"}
    assert 256 in asked  # the reply about external GPUs
    assert any("external one" in view.text for view in views if view.kind == "asked")


def test_sentence_views_come_first_and_in_order(corpus):
    passages = build_passages(corpus)
    views = build_views(corpus, passages, count)
    for passage in passages[:100]:
        own = [view for view in views if view.passage == passage.number]
        texts = [sentence.text for sentence in sentences_of(passage.lines)]
        if passage.asks and passage.card is None:
            assert not own  # it is found by its words alone
            continue
        assert [view.text for view in own[: len(texts)]] == texts
        assert " ".join(texts).split() == text_of(passage.lines).split()
