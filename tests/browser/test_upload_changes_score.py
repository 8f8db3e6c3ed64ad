"""A real browser: a file is uploaded, and the score on the overview is another one."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chromium import PATIENCE, leaves
from tests.browser.people import page_of
from tests.dashboards.small_practice import LAST, appointments


def test_an_upload_changes_the_score(dashboard: str, browser: Browser) -> None:
    page = page_of(browser, dashboard, "manager", viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    # 13 Mondays with a no-show, 64 weekdays with 5 visits: 13 / 333 = 3.904%, so
    # 100 + 20 × (5 − 3.904) / (5 − 3) = 110.96 points; 0.6 × 110.96 + 0.4 × 100 = 106.6.
    page.goto(f"{dashboard}/")
    expect(score(page)).to_have_text("106.6", timeout=PATIENCE)

    page.get_by_role("link", name="Month-end").click()
    page.locator("input[type=file]").set_input_files(
        {
            "name": "march corrected.csv",
            "mimeType": "text/csv",
            "buffer": appointments(LAST, LAST, no_shows_on_monday=3),
        }
    )
    expect(page.get_by_text("march corrected.csv: Can be loaded")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Load 1 file").click()
    expect(page.get_by_text("march corrected.csv: Loaded")).to_be_visible(timeout=PATIENCE)

    # The 5 Mondays of March have 2 no-shows more each: 23 / 343 = 6.706%, between floor and
    # target: 100 × (10 − 6.706) / (10 − 5) = 65.89; 0.6 × 65.89 + 40 = 79.5.
    page.get_by_role("link", name="Overview").click()
    expect(score(page)).to_have_text("79.5", timeout=PATIENCE)

    outside = [url for url in asked if leaves(url, dashboard)]
    assert asked
    assert outside == []


def test_the_address_leads_back_and_forth(dashboard: str, browser: Browser) -> None:
    page = page_of(
        browser, dashboard, "physician", viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    page.goto(f"{dashboard}/kpi?kpi=hipaa_violations")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("HIPAA violations", timeout=PATIENCE)
    page.goto(f"{dashboard}/")
    page.get_by_role("table").get_by_role("link", name="No-show rate").click()
    expect(heading).to_have_text("No-show rate", timeout=PATIENCE)
    page.go_back()
    expect(heading).to_have_text("January to March 2025", timeout=PATIENCE)
    page.go_forward()
    expect(heading).to_have_text("No-show rate", timeout=PATIENCE)
    wide = page.evaluate(
        "document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    )
    assert wide <= 0


def test_a_comparison_is_chosen_with_the_keyboard_and_stays_in_the_address(
    dashboard: str, browser: Browser
) -> None:
    page = page_of(browser, dashboard, "physician", viewport={"width": 390, "height": 844})
    page.goto(f"{dashboard}/kpi?kpi=no_show_rate")
    expect(page.get_by_text("no value for October to December 2024")).to_be_visible(
        timeout=PATIENCE
    )
    choice = page.get_by_role("combobox", name="Compared with")
    choice.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("no value for January to March 2024")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("against=year"), timeout=PATIENCE)
    page.reload()
    expect(page.get_by_text("no value for January to March 2024")).to_be_visible(timeout=PATIENCE)


def score(page: Page) -> Locator:
    """The big number."""
    return page.locator(".rc-score b")
