"""A real browser: from the version in force to the next one, by keyboard alone."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Browser, Page, expect

from kpi.access.actor import operator
from kpi.months import Month
from kpi.review.basis.versions import published_versions
from kpi.store.schema import open_database
from tests.browser.chromium import PATIENCE, leaves
from tests.browser.people import page_of
from tests.dashboards.roles import TEXT


def press(page: Page, role: str, name: str) -> None:
    """Reaches a control by the keyboard and presses it."""
    found = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    expect(found).to_be_visible(timeout=PATIENCE)
    expect(found).to_be_enabled(timeout=PATIENCE)
    found.focus()
    page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    """Types into a field, in place of what stands there."""
    field = page.get_by_role("textbox", name=label, exact=True)
    expect(field).to_be_visible(timeout=PATIENCE)
    field.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def test_a_role_is_changed_mended_and_published(dashboard: str, browser: Browser) -> None:
    page = page_of(browser, dashboard, "hr", viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{dashboard}/roles")
    press(page, "link", "medical-office-manager")
    press(page, "button", "Begin with this version")
    expect(page.get_by_text("It began as version 2025.1")).to_be_visible(timeout=PATIENCE)

    # A mistake, named at once with its remedy, and mended.
    write(page, "Target", "12%")
    mistake = page.get_by_text("The floor must be worse than the target")
    expect(mistake).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Write a floor above the target")).to_be_visible()
    expect(page.get_by_text("Target 12%")).to_be_visible(timeout=PATIENCE)  # in the chart's key
    write(page, "Target", "4.5%")
    expect(mistake).to_have_count(0, timeout=PATIENCE)
    expect(page.get_by_text("Target 4.5%")).to_be_visible(timeout=PATIENCE)

    # A reload loses nothing.
    page.reload()
    expect(page.get_by_role("textbox", name="Target", exact=True)).to_have_value(
        "4.5%", timeout=PATIENCE
    )
    month = Month.of(date.today())  # the server has no other day
    write(page, "Effective", str(month))
    press(page, "radio", "Publish")
    expect(page.get_by_text("5% → 4.5%")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(f"first month that it scores 2025-01 → {month}")).to_be_visible(
        timeout=PATIENCE
    )
    year = (month + 1).year  # of the month that it was begun for, in December the next year's
    press(page, "button", f"Publish version {year}.1")
    expect(page.get_by_text(f"Version {year}.1 is published")).to_be_visible(timeout=PATIENCE)

    # In force, for everybody who reads the role, and only the one value is another.
    page.get_by_role("link", name="Role", exact=True).click()
    expect(page.get_by_text("not yet by Robin").first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("cell", name="4.5%")).to_be_visible()
    expect(page.get_by_role("combobox", name="Version")).to_have_value(f"{year}.1")
    (_, new) = published_versions(open_database(), operator(), "maple")
    assert "target: 4.5%" in new.role.text
    assert len(set(new.role.text.splitlines()) ^ set(TEXT.splitlines())) == 8  # 4 lines changed
    assert [url for url in asked if leaves(url, dashboard)] == []
