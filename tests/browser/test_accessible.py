"""axe on every page of every kind of reader, in both themes."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import CONTRAST, open_all, violations
from tests.browser.chromium import PATIENCE
from tests.browser.people import page_of
from tests.browser.test_month_end_files import drop
from tests.dashboards.test_mapping import visits

_QUIET = "() => document.querySelector('[data-test-script-state=notRunning]')"
WIDE = {"width": 1440, "height": 1000}
EDITOR = "/editor?practice=maple&role=medical-office-manager&kpi=no_show_rate"


def settled(page: Page, title: str) -> None:
    """Waits until a page is there whole."""
    expect(page).to_have_title(f"{title} · Rolecard", timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_have_count(1, timeout=PATIENCE)
    page.wait_for_function(_QUIET, timeout=PATIENCE)
    expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=PATIENCE)


def in_both_themes(page: Page, where: str) -> list[str]:
    """What is wrong with the page as it stands, all of it opened."""
    open_all(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = [f"{where}: {each}" for each in violations(page)]
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'"
    )
    found += [f"{where}, dark: {each}" for each in violations(page, CONTRAST)]
    page.emulate_media(color_scheme="light")
    return found


# Each page once, by whom it has most to show for. The wizard and the editor have a test below.
SEEN = {
    "physician": ("Overview", "KPI", "Catalogue"),
    "manager": ("Role", "Development plan"),
    "hr": ("Reviews", "Scorecards", "Roles", "People", "Trail"),
    "administrator": ("Accounts", "Health"),
}


def test_axe_finds_nothing_of_ours(office: str, browser: Browser) -> None:
    found: list[str] = []
    pages: set[str] = set()
    for kind, names in SEEN.items():
        page = page_of(browser, office, kind, viewport=WIDE)
        page.goto(office)
        links = page.get_by_test_id("stSidebar").get_by_role("link")
        expect(links.last).to_have_text("Catalogue", timeout=PATIENCE)
        pages |= set(links.all_inner_texts())
        if kind == "administrator":  # the guide of a first visit is looked at too
            page.get_by_role("button", name="Show me around").press("Enter")
            expect(page.get_by_text("Step 1 of")).to_be_visible(timeout=PATIENCE)
        for name in names:
            links.filter(has_text=re.compile(f"^{name}$")).click()
            settled(page, name)
            found += in_both_themes(page, name)
        page.context.close()
    assert "\n".join(found) == ""
    assert {name for names in SEEN.values() for name in names} | {"Month-end"} == pages


def test_axe_finds_nothing_in_the_wizard_nor_the_editor(office: str, browser: Browser) -> None:
    page = page_of(browser, office, "manager", viewport=WIDE)
    page.goto(f"{office}/month-end")
    settled(page, "Month-end")
    drop(page, ("visits april.csv", visits()))
    expect(page.get_by_text("visits april.csv: Asks a question")).to_be_visible(timeout=PATIENCE)
    settled(page, "Month-end")
    found = in_both_themes(page, "wizard")
    page = page_of(browser, office, "hr", viewport=WIDE)
    page.goto(f"{office}{EDITOR}")
    settled(page, "Role editor")
    page.get_by_role("button", name="Begin with this version").click()
    expect(page.get_by_text("It began as version 2025.1")).to_be_visible(timeout=PATIENCE)
    settled(page, "Role editor")
    found += in_both_themes(page, "editor")
    assert "\n".join(found) == ""


def test_axe_finds_nothing_at_the_sign_in(office: str, browser: Browser) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto(office)
    expect(page).to_have_title("Sign in · Rolecard")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    assert found + violations(page, CONTRAST) == []
