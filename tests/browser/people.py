"""Browsers of people who are signed in."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.chromium import PATIENCE
from tests.dashboards.people import signed_in


def page_of(browser: Browser, address: str, by: str, **options: Any) -> Page:
    """A browser of their own for somebody of ``tests.dashboards.people``, with a new session."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    secret = signed_in(by)
    assert secret is not None
    context.add_cookies([{"name": "rolecard", "value": secret, "url": address}])
    return context.new_page()
