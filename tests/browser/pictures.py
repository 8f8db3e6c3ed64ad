"""The pictures of the documentation: which page, by whose eyes, and what is done on it first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.chromium import PATIENCE, choose

_QUIET = "() => !document.querySelector('[data-testid=stStatusWidget]')"

# A schedule as no system that is known writes it: made for the picture, and nobody's.
UNKNOWN = "Visit No,Client,Seen On,Hour,Seen By,How It Went,Remark\n" + "".join(
    f'V-{day:02d}{hour},"Sample, Ada",06/{day:02d}/2026,{hour}:00,Dr. Elm,{went},call back\n'
    for day in range(1, 27)
    for hour, went in ((9, "Kept"), (10, "Kept"), (11, "Blew off"), (14, "Kept"))
)
ANSWERS = (
    ("What the file holds", "Appointments"),
    ("Appointment number (required)", "Visit No"),
    ("Start at (required)", "Seen On"),
    ("Start at (required): time of day", "Hour"),
    ("Status (required)", "How It Went"),
    ("Status 'Blew off', 26 rows", "No show"),
)


_WITHOUT_FOLDERS = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    texts.currentNode.data = texts.currentNode.data.replace(/\\S*[/]demo[/]/g, "");
}"""


def settle(page: Page) -> None:
    """Waits until the heading is there and nothing is under way."""
    expect(page.locator(".rc-title h1")).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(_QUIET, timeout=PATIENCE)
    page.wait_for_timeout(1500)  # the last element fades in


def _as_it_is(_page: Page) -> None:
    """Nothing is done first."""


def _first_review(page: Page) -> None:
    """From the list to the review that waits for whoever looks."""
    page.locator(".rc-reviews a").first.click()
    expect(page).to_have_url(re.compile(r"/review\?"), timeout=PATIENCE)


def _mapping(page: Page) -> None:
    """The mapping of an unknown file, answered and not yet saved."""
    name = "front desk june.csv"
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": UNKNOWN.encode()}
    )
    expect(page.get_by_text(f"{name}: Asks a question")).to_be_visible(timeout=PATIENCE)
    for label, words in ANSWERS:
        settle(page)
        choose(page, label, words)


def _checked(page: Page) -> None:
    """The checks, run; where this machine keeps the database is nothing for a picture."""
    if page.get_by_role("table", name="Checks of the installation").count() == 0:
        page.get_by_role("button", name="Run the checks").click()
    expect(page.get_by_role("table", name="Checks of the installation")).to_be_visible(
        timeout=PATIENCE
    )
    page.evaluate(_WITHOUT_FOLDERS)


def _draft(page: Page) -> None:
    """A draft of a role that begins as the version in force."""
    begin = page.get_by_role("button", name="Begin with this version")
    draft = page.get_by_text("It began as version")
    expect(begin.or_(draft)).to_be_visible(timeout=PATIENCE)
    if begin.count():
        begin.click()
    expect(page.get_by_text("Throw the draft away")).to_be_visible(timeout=PATIENCE)


@dataclass(frozen=True, slots=True)
class Picture:
    """One page: by which account of the demo (None: before anybody signs in), at which address,
    what is done on it, and between which words it is cut out of the page."""

    name: str
    account: str | None
    path: str
    prepare: Callable[[Page], None] = _as_it_is
    cut: tuple[str, str] | None = None


# The struggling practice, which has more to show; the manager uploads and HR has the scorecards.
PICTURES = (
    Picture("sign-in", None, "/"),
    Picture("overview", "physician", "/?assignment=2"),
    Picture("kpi", "physician", "/kpi?assignment=2&kpi=no_show_rate"),
    Picture("practices", "physician", "/practices"),
    Picture("catalogue", "physician", "/catalogue?assignment=2&kpi=denial_rate"),
    Picture("month-end", "manager", "/month-end"),
    Picture("role", "manager", "/role"),
    Picture("plan", "manager", "/plan"),
    Picture("reviews", "hr", "/reviews"),
    Picture("review", "physician", "/reviews", _first_review),
    Picture("scorecards", "hr", "/scorecards"),
    Picture("roles", "hr", "/roles"),
    Picture("people", "hr", "/people?assignment=2"),
    Picture("trail", "hr", "/trail"),
    Picture(
        "editor",
        "hr",
        "/editor?practice=hillcrest&role=medical-office-manager&kpi=no_show_rate",
        _draft,
    ),
    Picture("accounts", "administrator", "/"),
    Picture("health", "administrator", "/checks", _checked),
    Picture(
        "wizard",
        "manager",
        "/month-end",
        _mapping,
        ("Preview: nothing is loaded yet", "Save the mapping and read the file"),
    ),
)
