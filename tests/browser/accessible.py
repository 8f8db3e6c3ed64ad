"""What axe finds on a page, without what is known to be Streamlit's own."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""All that axe knows, and the least size of a target besides, which it leaves out unasked."""

CONTRAST = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What another theme can change."""

# Rule, what the element's own markup holds, and what is known of it. None of it is drawn by us.
STREAMLITS = (
    (
        "presentation-role-conflict",
        'data-testid="stFileUploaderDropzone"',
        "the drop zone's frame has a name and a role that takes names away; the button in it has "
        "its own (no issue is known)",
    ),
    (
        "target-size",
        'role="spinbutton"',
        "day, month and year of a date are typed one after the other; the calendar beside them "
        "has targets that are large enough (no issue is known)",
    ),
)

_OPEN_ALL = """
for (const each of document.querySelectorAll("[data-testid=stMain] details:not([open]) > summary"))
  each.click();
"""


def open_all(page: Page) -> None:
    """Opens all that is folded, so that it is looked at too."""
    page.evaluate(_OPEN_ALL)


def violations(page: Page, options: dict[str, Any] = RULES) -> list[str]:
    """One line a violation of ours: rule, element, what is wrong."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]}: {node.get('failureSummary', '')[:200]}"
        for each in found
        for node in each["nodes"]
        if not any(each["id"] == rule and mark in node["html"] for rule, mark, _ in STREAMLITS)
    ]
