"""What a real browser says to the page's headers."""


def test_chromium_finds_nothing_against_the_policy(browser, address):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    said, strangers = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((address, "data:", "blob:"))
            else strangers.append(request.url)
        ),
    )
    reply = page.goto(address)
    assert "'nonce-" in reply.headers["content-security-policy"]
    box = page.locator("textarea").first
    box.fill("Is x8 enough for two cards?")
    box.press("Enter")
    page.get_by_text("Across 2-3 GPUs").first.wait_for()
    for name in ("Calculators", "Check my build"):
        page.get_by_role("tab", name=name).first.click()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit=1\">')"
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.hit") is None
    refused = [text for text in said if "Content Security Policy" in text]
    # The handler that was planted just now, and nothing of the page's own.
    assert len(refused) == 1
    assert "inline event handler" in refused[0]
    assert strangers == []
    page.close()
