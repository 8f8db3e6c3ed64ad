"""Every page of every kind of reader: axe in both themes, wide and narrow; Tab; nothing moves."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from kpi.review.cycle.plan import add_action
from tests.browser.accessible import (
    moving,
    narrow_and_dark,
    open_all,
    too_wide,
    unreached,
    violations,
)
from tests.browser.chromium import PATIENCE
from tests.browser.office import Office
from tests.browser.people import page_of
from tests.browser.test_month_end_files import drop
from tests.dashboards.reviewed import DR_KIM, brought_to
from tests.dashboards.small_practice import fill, neighbour
from tests.dashboards.test_mapping import visits

_QUIET = "() => document.querySelector('[data-test-script-state=notRunning]')"
WIDE = {"width": 1440, "height": 1000}
EDITOR = "/editor?practice=maple&role=medical-office-manager&kpi=no_show_rate"
FOLDER = (
    ("visits april.csv", visits()),
    ("complaints.csv", b"complaint_id,received_on\nK-1,2025-04-07\nK-2,someday\n"),
    ("scan.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
)


def busy(engine: Engine) -> None:
    """The small practice with a review under way and an action in the plan, and its neighbour."""
    fill(engine)
    neighbour(engine)
    brought_to(engine, "supervised", "exceeds")
    add_action(
        engine, DR_KIM, "robin", "maple", "Call before Mondays.", "Robin Vale", date(2025, 6, 1),
        "no_show_rate",
    )  # fmt: skip


def settled(page: Page, title: str) -> None:
    """Waits until a page is there whole."""
    expect(page).to_have_title(f"{title} · Rolecard", timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_have_count(1, timeout=PATIENCE)
    page.wait_for_function(_QUIET, timeout=PATIENCE)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=PATIENCE)


def clear(found: list[str]) -> None:
    """Fails with all that was found, if anything was."""
    if found:
        pytest.fail("\n".join(found))


def a_word_says_what_it_means(page: Page) -> None:
    """By the keyboard, and Escape shuts it again."""
    note = page.locator(".rc-meant:popover-open")
    page.locator(".rc-word").first.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)


def in_the_way(page: Page, where: str) -> list[str]:
    """What is wrong with the page as it stands, all of it opened; it is narrow and dark then."""
    open_all(page)
    found = [f"{where}: {each}" for each in violations(page)]
    found += [f"{where}, Tab: {each}" for each in unreached(page)]
    found += [f"{where} moves: {each}" for each in moving(page)]
    narrow_and_dark(page)
    return found + in_the_way_when_narrow(page, where)


def in_the_way_when_narrow(page: Page, where: str) -> list[str]:
    """The same of a page that is narrow and dark already."""
    found = [f"{where}, narrow and dark: {each}" for each in violations(page)]
    if wide := too_wide(page):
        found.append(f"{where} is {wide} px wider than a narrow window")
    return found


# Each page once, by whom it has most to show for: its name in the navigation, or its own address.
SEEN = {
    "physician": ("Overview", "KPI", "Practices", "Catalogue"),
    "manager": ("Role", "Development plan", "/review?review=1 Review"),
    "hr": ("Reviews", "Scorecards", "Roles", "People", "Trail"),
    "administrator": ("Accounts", "Health"),
}
BELOW = {"Month-end"}
"""What has a test below."""


def test_nothing_stands_in_the_way_of_a_reader(
    dashboard: str, office: Office, browser: Browser
) -> None:
    office.fill("busy", busy)
    found: list[str] = []
    pages: set[str] = set()
    for kind, names in SEEN.items():
        page = page_of(browser, dashboard, kind, viewport=WIDE, reduced_motion="reduce")
        page.goto(dashboard)
        links = page.get_by_test_id("stSidebar").get_by_role("link")
        expect(links.last).to_have_text("Catalogue", timeout=PATIENCE)
        ways = {
            re.sub(r" \(.*", "", link.inner_text()): str(link.get_attribute("href"))
            for link in links.all()
        }
        pages |= set(ways)
        if kind == "administrator":  # the guide of a first visit is looked at too
            page.get_by_role("button", name="Show me around").press("Enter")
            expect(page.get_by_text("Step 1 of")).to_be_visible(timeout=PATIENCE)
        for each in names:
            way, _, name = each.partition(" ") if each[0] == "/" else (ways[each], "", each)
            page.emulate_media(color_scheme="light")
            page.set_viewport_size(WIDE)
            page.goto(f"{dashboard}/{way.removeprefix(dashboard).lstrip('/')}")
            settled(page, name)
            if name == "Overview":
                a_word_says_what_it_means(page)
            found += in_the_way(page, name)
        page.context.close()
    clear(found)
    named = {each.partition(" ")[2] if each[0] == "/" else each
             for names in SEEN.values() for each in names}  # fmt: skip
    assert named - {"Review"} | BELOW == pages


def test_nothing_stands_in_the_way_of_a_months_files(dashboard: str, browser: Browser) -> None:
    page = page_of(browser, dashboard, "manager", viewport=WIDE, reduced_motion="reduce")
    page.goto(f"{dashboard}/month-end")
    settled(page, "Month-end")
    drop(page, *FOLDER)
    # What came of it is said to those who do not see it: what is amiss at once.
    said, alarm = page.get_by_role("status"), page.get_by_role("alert")
    expect(said.filter(has_text="3 files read")).to_have_count(1, timeout=PATIENCE)
    expect(alarm.filter(has_text="scan.pdf: Refused")).to_have_count(1)
    expect(alarm.filter(has_text="visits april.csv: Asks a question")).to_have_count(1)
    settled(page, "Month-end")
    found = in_the_way(page, "wizard")
    page.get_by_role("button", name="Load 1 file").click()
    expect(said.filter(has_text="1 file is loaded: ")).to_have_count(1, timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Rows in quarantine").first).to_be_visible(
        timeout=PATIENCE
    )
    settled(page, "Month-end")
    clear(found + in_the_way_when_narrow(page, "receipts"))


def test_nothing_stands_in_the_way_of_writing_a_role(dashboard: str, browser: Browser) -> None:
    page = page_of(browser, dashboard, "hr", viewport=WIDE, reduced_motion="reduce")
    page.goto(f"{dashboard}{EDITOR}")
    settled(page, "Role editor")
    page.get_by_role("button", name="Begin with this version").click()
    expect(page.get_by_text("It began as version 2025.1")).to_be_visible(timeout=PATIENCE)
    settled(page, "Role editor")
    clear(in_the_way(page, "editor"))


def test_nothing_stands_in_the_way_of_signing_in(dashboard: str, browser: Browser) -> None:
    page = browser.new_page(color_scheme="light", viewport={"width": 320, "height": 800})
    page.goto(dashboard)
    expect(page).to_have_title("Sign in · Rolecard")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += violations(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert found == []
