"""What a person does with the chat, for the tests."""

from __future__ import annotations

from playwright.sync_api import expect

PSU = "How many watts do I need for four 250 W GPUs and a 150 W CPU?"
THUNDERBOLT = "Is an external GPU over Thunderbolt any good?"
MEMORY = "how much memory for my model?"  # has more, and suggestions


def ask(page, question):
    """Write a question and press Enter."""
    page.locator("#rw-question").fill(question)
    page.locator("#rw-question").press("Enter")


def answered(page, count=1):
    """Wait until so many answers are complete; return the last."""
    expect(page.locator("#chat .exchange .actions")).to_have_count(count, timeout=20_000)
    expect(page.locator(".rw-send")).to_be_visible()
    return page.locator("#chat .exchange").last


def problem(page):
    """The line that says what happened."""
    return page.locator(".rw-composer .rw-problem")


def box(page):
    """The box to write in."""
    return page.locator("#rw-question")


def panel(page):
    """The sources panel."""
    return page.locator("#source .rw-panel")
