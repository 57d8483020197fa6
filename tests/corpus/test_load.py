from corpus.types import Lines


def test_a_reply_is_linked_to_its_question(corpus):
    reply = corpus.comment_at(256)
    assert reply.role == "author"
    assert corpus.by_id[reply.reply_to].lines == Lines(255, 255)


def test_a_thread_holds_the_whole_conversation(corpus):
    thread = corpus.thread(corpus.comment_at(265))
    assert [comment.lines.first for comment in thread] == [257, 261, 267, 268, 270, 273]


def test_a_line_knows_its_innermost_section(corpus):
    assert corpus.section_at(16).title == "Needed RAM Clock Rate"
    assert corpus.section_at(200) is None


def test_the_article_is_of_2018_and_comments_have_years(corpus):
    assert corpus.years_at(62) == (2018, 2018)
    assert corpus.years_at(256) == (2015, 2015)
    assert corpus.years_at(1222).last == 2019


def test_the_named_subjects_have_a_history(corpus):
    ids = {change.id for change in corpus.changes}
    assert ids >= {"external_gpu", "ram_size", "pcie_lanes", "cpu_cores", "amd_gpu", "psu_rule"}
    external = next(change for change in corpus.changes if change.id == "external_gpu")
    assert external.positions[0].lines == Lines(256, 256)
    assert not external.positions[0].current
    assert external.current[-1].years.last == 2019


def test_the_lost_list_of_memory_requirements_is_a_gap(corpus):
    assert any(gap.lines.covers(10) for gap in corpus.gaps)


def test_common_names_of_hardware_are_known(corpus):
    names = {alias for item in corpus.hardware for alias in item.aliases}
    assert names >= {"1080ti", "titan x pascal", "2080ti"}
