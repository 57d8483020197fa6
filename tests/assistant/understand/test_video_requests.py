import pytest

from assistant.understand.calculation import find_calculation

KNOWN = {"streams": 10, "from_height": 720, "from_fps": 20}


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("10 streams 720p/20fps -> 480p at 10 fps, how many?", {"to_height": 480, "to_fps": 10}),
        ("How many full HD cams at 5 fps if it does ten 720p feeds at 20 fps?",
         {"to_height": 1080, "to_fps": 5}),
        ("With 720p at 20 fps we get ten cameras. How many with 4k?", {"to_height": 2160}),
        ("10 cams 720p20, how many at the same rate in 1080p?", {"to_height": 1080}),
        ("Ten 720p cameras run at 20 pictures a second. We want fifteen cams. Which rate?",
         {"to_streams": 15}),
        ("I need thirty feeds at 720p. The card handles ten at 720p and 20 fps. Which rate?",
         {"to_streams": 30, "to_height": 720}),
        ("Ten 720p streams at 20 frames/s work. Would 40 streams with four frames a second?",
         {"to_streams": 40, "to_fps": 4}),
    ],
)  # fmt: skip
def test_what_works_is_told_from_what_is_wanted(question, wanted):
    request = find_calculation(question)
    assert request.calculator == "video_streams"
    assert dict(request.inputs) == {**KNOWN, **wanted}


def test_an_unsaid_resolution_stays_the_same():
    request = find_calculation("A card takes 16 streams at 20 fps. How many streams at 8 fps?")
    assert request.ready
    assert "stay the same" in request.assumed["from_height"]
