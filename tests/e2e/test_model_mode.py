"""The page with a model, which is a scripted server that speaks OpenAI's chat completions."""

import threading
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.assistant.model.scripted import Call, Fail, Say, Script, Server, Stall, number_at
from tests.e2e.chatting import PSU, THUNDERBOLT, answered, ask, box, problem

SEARCH = Call([("search", {"query": THUNDERBOLT})])
EGPU = 1222  # line
SAID = "Thunderbolt 3 is pretty good for communication, with a small loss in performance (10%)"


def write(body):
    """The model's answer, with the number that the passage got in this request."""
    return Say(f"Yes. {SAID} [{number_at(body, EGPU)}]. It is also the best card ever made [1].")


def slowly(step):
    """A model that takes its time, so that what it does is on the page for long enough to see."""

    def reply(body):
        time.sleep(1)
        return step(body) if callable(step) else step

    return reply


@contextmanager
def model(*steps):
    """Give the address of a scripted model, and its script."""
    script = Script(list(steps))
    server = Server(script)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.address, script
    finally:
        script.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def with_model(visit, own_server):
    """Open a page whose server asks the model at an address."""

    def opened(address, **settings):
        server = own_server(
            RIGWISE_MODEL="openai:scripted", RIGWISE_MODEL_BASE_URL=address, **settings
        )
        return visit(server.address), server

    return opened


def test_the_mode_is_named_and_a_checked_answer_arrives_step_by_step(with_model, keep):
    with model(slowly(SEARCH), slowly(write)) as (address, script):
        page, _ = with_model(address)
        expect(page.locator(".rw-mode")).to_contain_text("Model mode")
        expect(page.locator(".rw-mode")).to_contain_text("every sentence is checked")
        expect(page.locator(".rw-mode")).to_contain_text("openai:scripted")
        page.evaluate(
            """() => {
              window.steps = new Set();
              window.lengths = new Set();
              new MutationObserver(() => {
                const last = [...document.querySelectorAll("#chat .answer")].pop();
                if (!last) return;
                const step = last.querySelector(".step");
                if (step) window.steps.add(step.textContent);
                window.lengths.add(last.children.length);
              }).observe(document.querySelector("#chat"),
                         {childList: true, subtree: true, characterData: true});
            }"""
        )
        ask(page, THUNDERBOLT)
        answer = answered(page)
        expect(answer).to_contain_text(SAID)
        expect(answer).not_to_contain_text("best card ever")  # nothing in the guide says so
        expect(answer.locator("a.cite").first).to_have_attribute("href", f"#guide-{EGPU}-{EGPU}-1")
        assert "Writing the answer" in page.evaluate("[...window.steps]")
        assert len(page.evaluate("[...window.lengths]")) >= 2
        assert len(script.requests) >= 2
        assert page.strangers == []
        keep(page, "chat-model-mode")


def test_a_model_that_fails_gives_way_to_the_guides_words_in_one_line(with_model, keep):
    with model(Fail(500)) as (address, _):
        page, _ = with_model(address, RIGWISE_MODEL_TIMEOUT="5")
        ask(page, THUNDERBOLT)
        answer = answered(page)
        note = answer.locator("aside.note").filter(has_text="The model")
        expect(note).to_have_count(1)
        expect(note).to_contain_text("put together from the guide’s own words")
        assert "\n" not in note.inner_text().strip()
        expect(answer).to_contain_text("10%")
        expect(answer.locator("a.cite").first).to_be_visible()
        expect(problem(page)).to_be_hidden()
        keep(page, "chat-model-down")


def test_a_model_that_is_not_there_gives_way_too(with_model):
    with model(Say("gone")) as (address, _):
        pass  # nobody listens there any more
    page, _ = with_model(address, RIGWISE_MODEL_TIMEOUT="5")
    ask(page, PSU)
    answer = answered(page)
    expect(answer.locator(".calculation .figure")).to_have_text("1,400 W")
    expect(answer.locator("aside.note").filter(has_text="The model")).to_have_count(1)


def test_stop_ends_an_answer_in_the_making_and_puts_the_question_back(with_model):
    with model(Stall(30, drip=True)) as (address, script):
        page, _ = with_model(address)
        ask(page, THUNDERBOLT)
        expect(page.locator("#chat .step")).to_be_visible()
        expect(page.get_by_role("button", name="Stop")).to_be_visible()
        while not script.requests:
            page.wait_for_timeout(50)
        box(page).fill("typed meanwhile")
        page.get_by_role("button", name="Stop").click()
        expect(problem(page)).to_have_text("Stopped. Your question is back in the box.")
        expect(box(page)).to_have_value(f"{THUNDERBOLT}\ntyped meanwhile")
        expect(page.locator("#chat .exchange")).to_have_count(0)
        assert len(script.requests) == 1


def test_a_server_that_restarts_in_the_middle_of_an_answer_is_told_of(with_model):
    with model(Stall(60, drip=True)) as (address, _):
        page, server = with_model(address)
        ask(page, THUNDERBOLT)
        page.wait_for_url("**/?conversation=*")
        server.stop(hard=True)
        expect(problem(page)).to_contain_text("The connection was lost", timeout=15_000)
        server.start()
        expect(problem(page)).to_contain_text("The server was restarted", timeout=20_000)
        expect(box(page)).to_have_value(THUNDERBOLT)
        expect(page.locator("#chat .exchange")).to_have_count(0)
    box(page).press("Enter")  # the model is gone as well, and still there is an answer
    answered(page)
