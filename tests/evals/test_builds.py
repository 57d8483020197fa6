from evals.builds import judge


def test_twenty_builds_are_judged_and_every_disagreement_is_explained():
    found = list(judge())
    assert len({item.build for item in found}) >= 20
    assert sum(item.agreed for item in found) >= 0.85 * len(found)
    assert [item for item in found if not item.agreed and not item.explained] == []
