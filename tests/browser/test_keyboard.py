"""Every control of a page is reached by the keyboard alone, and says what it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import page_of
from tests.browser.test_accessible import WIDE, settled

_CONTROLS = """() => {
  const wanted = "a[href], button, input:not([type=hidden]):not([type=file]), textarea, summary," +
    " select, [role=combobox], [tabindex='0']";
  return [...document.querySelectorAll(wanted)].filter((each) =>
    each.checkVisibility({ visibilityProperty: true }) && !each.disabled &&
    each.tabIndex >= 0 && !each.closest("[aria-hidden=true]")).map((each, at) => {
      each.dataset.stop = at;
      return at;
    });
}"""
_HERE = "() => document.activeElement.dataset.stop ?? null"


def walked(page: Page, stops: int) -> list[int]:
    """The controls in the order that Tab reaches them, each once."""
    page.evaluate("() => { document.activeElement.blur(); window.getSelection().empty(); }")
    found: list[int] = []
    for _ in range(stops + 12):
        page.keyboard.press("Tab")
        at = page.evaluate(_HERE)
        if at is not None and int(at) not in found:
            found.append(int(at))
    return found


@pytest.mark.parametrize(
    ("by", "path", "title"),
    [
        ("manager", "/", "Overview"),
        ("physician", "/kpi?kpi=no_show_rate", "KPI"),
        ("manager", "/month-end", "Month-end"),
    ],
)
def test_tab_reaches_every_control_from_the_top_down(
    office: str, browser: Browser, by: str, path: str, title: str
) -> None:
    page = page_of(browser, office, by, viewport=WIDE, reduced_motion="reduce")
    page.goto(f"{office}{path}")
    settled(page, title)
    stops = page.evaluate(_CONTROLS)
    found = walked(page, len(stops))
    missed = [
        page.locator(f"[data-stop='{at}']").evaluate("(each) => each.outerHTML.slice(0, 160)")
        for at in stops
        if at not in found
    ]
    assert missed == []
    # In the order in which they stand in the document, which is that of the page.
    assert found == sorted(found)
    # A word says what it means, and Escape shuts it again.
    note = page.locator(".rc-meant:popover-open")
    page.locator(".rc-word").first.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    page.context.close()
