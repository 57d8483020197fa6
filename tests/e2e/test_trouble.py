"""What goes wrong between a browser and its server: one line says it, nothing typed is lost."""

import json

from playwright.sync_api import expect

from tests.e2e.chatting import PSU, THUNDERBOLT, answered, ask, box, problem

CALLS = "**/component_server/**"


def refuse(page, name):
    """Cut the line for calls of one function of the server."""

    def cut(route):
        sent = route.request.post_data or ""
        if f'"fn_name":"{name}"' in sent.replace(" ", ""):
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(CALLS, cut)


def test_a_connection_lost_in_the_middle_of_an_answer_is_taken_up_again(page):
    refuse(page, "follow")
    ask(page, THUNDERBOLT)
    expect(problem(page)).to_contain_text("The connection was lost. Trying again", timeout=10_000)
    page.unroute(CALLS)
    answered(page)
    expect(problem(page)).to_be_hidden()


def test_a_question_that_cannot_be_sent_is_put_back(page):
    refuse(page, "call")
    ask(page, PSU)
    expect(problem(page)).to_contain_text("cannot be reached", timeout=25_000)
    expect(box(page)).to_have_value(PSU)
    expect(page.locator("#chat .exchange")).to_have_count(0)
    page.unroute(CALLS)
    box(page).press("Enter")
    answered(page)
    expect(box(page)).to_have_value("")


def test_a_reload_in_the_middle_of_an_answer_shows_it(page):
    refuse(page, "follow")
    ask(page, THUNDERBOLT)
    page.wait_for_url("**/?conversation=*")
    page.unroute(CALLS)
    page.reload()
    expect(answered(page).locator(".words")).to_have_text(THUNDERBOLT)
    expect(box(page)).to_have_value("")


def test_an_answer_that_a_restart_cut_off_puts_its_question_back(page):
    ask(page, THUNDERBOLT)
    answered(page)

    def pretend(route):  # the server took the question and then forgot it
        sent = json.loads(route.request.post_data)
        if sent["fn_name"] == "call" and sent["data"].get("action") == "ask":
            known = sent["data"]["conversation"]
            route.fulfill(json={"conversation": known, "run": sent["data"]["run"]})
        else:
            route.continue_()

    page.route(CALLS, pretend)
    ask(page, PSU)
    expect(problem(page)).to_contain_text("server was restarted", timeout=10_000)
    expect(box(page)).to_have_value(PSU)
    expect(page.locator("#chat .words")).to_have_text(THUNDERBOLT)


def test_a_draft_outlives_a_reload(page):
    box(page).fill("half a quest")
    page.reload()
    expect(box(page)).to_have_value("half a quest")


def test_a_stopped_question_is_back_in_the_box(page):
    refuse(page, "follow")  # so that there is time to stop
    ask(page, THUNDERBOLT)
    page.wait_for_url("**/?conversation=*")
    page.get_by_role("button", name="Stop").click()
    page.unroute(CALLS)
    # Either it was stopped in time, or the answer was already there.
    expect(
        page.locator("#chat .actions").or_(problem(page).filter(has_text="Stopped"))
    ).to_be_visible(timeout=10_000)
    expect(page.locator(".rw-send")).to_be_visible()


def test_a_restarted_server_goes_on_with_the_page(visit, own_server, keep):
    server = own_server()
    page = visit(server.address)
    ask(page, THUNDERBOLT)
    answered(page)
    server.stop(hard=True)
    ask(page, PSU)
    expect(problem(page)).to_contain_text("cannot be reached", timeout=30_000)
    expect(box(page)).to_have_value(PSU)
    keep(page, "chat-server-gone")
    server.start()
    box(page).press("Enter")
    answered(page, 2)
    page.reload()
    answered(page, 2)


def test_without_the_database_the_chat_answers_and_says_that_nothing_is_saved(
    visit, own_server, keep
):
    server = own_server()
    page = visit(server.address)
    ask(page, THUNDERBOLT)
    answered(page)
    for file in server.folder.glob("rigwise.db*"):
        file.write_bytes(b"no database any more" * 1000)
    ask(page, PSU)
    answered(page, 2)
    expect(page.locator(".rw-trouble")).to_contain_text("cannot be saved just now")
    assert str(server.folder) not in page.locator("body").inner_text()
    keep(page, "chat-not-saved")
