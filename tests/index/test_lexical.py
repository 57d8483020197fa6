import pytest

from index.lexical import LexicalIndex, normalise, stems


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1080ti", "GTX 1080 Ti"),
        ("GTX1080-Ti", "gtx 1080 ti"),
        ("250W", "250 w"),
        ("PCI-E 3.0", "PCIe 3.0"),
        ("16x lanes", "x16 lanes"),
    ],
)
def test_spellings_of_hardware_are_made_alike(written, meant):
    assert set(stems([written])[0]) <= set(stems([meant])[0])


def test_a_number_of_frames_is_no_card():
    assert normalise("1920x1080 at 30 fps") == "1920x1080 at 30 fps"


def test_the_passage_with_the_words_wins():
    index = LexicalIndex.build(["blower fans push air out", "lanes do not matter", "buy cheap ram"])
    scores = index.scores("do PCIe lanes matter?")
    assert scores.argmax() == 1


def test_a_question_of_unknown_words_scores_nothing():
    index = LexicalIndex.build(["blower fans push air out", "lanes do not matter"])
    assert not index.scores("quux zzyzx").any()


def test_an_index_survives_saving(tmp_path):
    index = LexicalIndex.build(["blower fans push air out", "lanes do not matter"])
    index.save(tmp_path)
    assert LexicalIndex.load(tmp_path).scores("fan").tolist() == index.scores("fan").tolist()
    assert not list(tmp_path.glob("*.pkl"))
