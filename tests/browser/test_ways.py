"""A link within a page leads to another page of the app, which is not loaded anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import PATIENCE
from tests.browser.people import page_of

pytestmark = pytest.mark.browser


def test_a_link_of_a_row_leads_on_within_the_app_and_back(dashboard: str, browser: Browser) -> None:
    page = page_of(browser, dashboard, "hr")
    page.goto(dashboard)
    row = page.locator(".rc-kpis a", has_text="No-show rate")
    expect(row).to_be_visible(timeout=PATIENCE)
    page.evaluate("() => { window.stillHere = true }")
    row.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("No-show rate", timeout=PATIENCE)
    assert "/kpi?" in page.url
    assert "kpi=no_show_rate" in page.url
    page.go_back()
    expect(heading).to_have_text("January to March 2025", timeout=PATIENCE)
    assert page.evaluate("() => window.stillHere")
    # A page that is in no navigation is found by its address as well.
    page.evaluate("() => document.querySelector('.rc-kpis a').setAttribute('href', 'review?a=1')")
    page.locator(".rc-kpis a").first.click()
    expect(heading).to_have_text("Review", timeout=PATIENCE)
    assert page.evaluate("() => window.stillHere")
    page.context.close()
