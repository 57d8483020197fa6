from click.testing import CliRunner

from assistant.front.terminal.corpus import corpus_group


def run(*arguments):
    return CliRunner().invoke(corpus_group, list(arguments))


def test_the_data_is_sound_and_counted():
    result = run("check")
    assert result.exit_code == 0
    assert "No rule is broken." in result.output


def test_a_line_is_shown_with_all_that_is_known():
    output = run("show", "256").output
    for part in ("External GPUs are available", "c0256", "c0255", "2015", "card", "change"):
        assert part in output


def test_a_conversation_is_shown_as_one():
    output = run("thread", "256").output
    assert output.index("A reader") < output.index("Tim Dettmers")


def test_a_line_that_is_not_there_is_refused():
    assert "1 to 1245" in str(run("show", "0").exception)
    assert "start at line 116" in str(run("thread", "5").exception)


def test_the_review_is_printed():
    assert "boundary F1" in run("review").output
