"""A real browser: a review from due to final, by the three people that it takes, and its scorecard
out of the ZIP of all, held against what was frozen."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from kpi.months import Month, period_words
from kpi.report.words import rating_name
from kpi.store.location import database_url
from tests.browser.chromium import PATIENCE, score
from tests.browser.office import Office
from tests.browser.people import page_of
from tests.browser.test_accessible import settled
from tests.commands.running import Shell
from tests.dashboards.small_practice import fill

OWN = "The schedule held; two Mondays did not."
THEIRS = "A steady quarter."
REASON = "The gate was close in the second month."
CONTEST = "The second month was a holiday."
ANSWER = "Noted. The rating stands."


def last_quarter() -> tuple[Month, Month]:
    """The last whole quarter of the year as the server's clock has it."""
    now = Month.of(date.today())
    last = now - ((now.number - 1) % 3 + 1)
    return last - 2, last


@pytest.fixture
def due(dashboard: str, office: Office) -> str:
    """The small practice, whose last quarter has no review yet."""
    office.fill("due", lambda engine: fill(engine, *last_quarter()))
    return dashboard


def write(page: Page, label: str, text: str) -> None:
    """Writes into a field and leaves it, which saves it."""
    box = page.get_by_label(label, exact=True)
    expect(box).to_be_visible(timeout=PATIENCE)
    box.fill(text)
    box.press("Tab")


def press(page: Page, label: str, said: str) -> None:
    """Presses a button and waits for what comes of it."""
    button = page.get_by_role("button", name=label, exact=True)
    expect(button).to_be_enabled(timeout=PATIENCE)
    button.click()
    expect(page.get_by_text(said).first).to_be_visible(timeout=PATIENCE)
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_function("() => !document.querySelector('[data-stale=true]')", timeout=PATIENCE)


def at_review(page: Page, address: str) -> Page:
    page.goto(f"{address}/review?review=1")
    expect(page.locator(".rc-path")).to_be_visible(timeout=PATIENCE)
    return page


def pulled_and_verified(hr: Page, shell: Shell, figure: str) -> None:
    """All of the period's scorecards as one ZIP: the one in it is what was frozen."""
    hr.get_by_role("link", name="Scorecards").click()
    settled(hr, "Scorecards")
    hr.get_by_role("button", name="Make a ZIP of all 1").click(timeout=PATIENCE)
    with hr.expect_download(timeout=PATIENCE) as pulled:
        hr.get_by_role("button", name="Download the ZIP of 1").click(timeout=PATIENCE)
    with ZipFile(pulled.value.path()) as files:
        (paper,) = [name for name in files.namelist() if name.endswith(".pdf")]
        assert [name for name in files.namelist() if name != paper] == [f"{paper[:-4]}.xlsx"]
        content = files.read(paper)
    assert figure in PdfReader(BytesIO(content)).pages[0].extract_text()
    found = shell.done("verify", shell.file("frozen.pdf", content), "--format", "json").document
    assert found["ok"]
    assert f"{found['score']:.1f}" == figure


def test_a_review_from_due_to_final(
    due: str, browser: Browser, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    shell = Shell(database_url(), tmp_path, capsys, monkeypatch)
    first, last = map(str, last_quarter())
    asked = ("--manager", "robin", "--from", first, "--to", last, "--format", "json")
    figure = f"{shell.done('score', *asked).document['score']:.1f}"
    size = {"width": 1440, "height": 900}
    hr, manager, physician = (
        page_of(browser, due, kind, viewport=size) for kind in ("hr", "manager", "physician")
    )
    hr.goto(f"{due}/reviews")
    expect(hr.get_by_text(period_words(*last_quarter())).first).to_be_visible(timeout=PATIENCE)
    press(hr, "Open all 1", "1 review opened.")

    at_review(manager, due)
    write(manager, "Your comment on No-show rate", "Reminders went out late.")
    write(manager, "Your comment on the period as a whole", OWN)
    expect(manager.get_by_text(re.compile(r"^Saved \d"))).to_have_count(2, timeout=PATIENCE)
    manager.reload()  # nothing is lost
    whole = manager.get_by_label("Your comment on the period as a whole", exact=True)
    expect(whole).to_have_value(OWN, timeout=PATIENCE)
    press(manager, "Sign and hand in", "Your self-assessment is handed in.")

    at_review(physician, due)
    expect(physician.get_by_text(OWN)).to_be_visible()
    expect(score(physician)).to_have_text(figure)
    write(physician, "Your comment on the period as a whole", THEIRS)
    decided = physician.get_by_role("radiogroup", name="The rating that you decide")
    decided.get_by_text(rating_name("meets")).click()
    write(physician, "Why the rating is not the one indicated", REASON)
    press(physician, "Sign comments and rating", "Your comments and the rating are signed")

    at_review(manager, due)
    expect(manager.get_by_text(THEIRS)).to_be_visible()
    expect(manager.get_by_text(REASON).first).to_be_visible()
    write(manager, "Your answer on the period as a whole", "I see it otherwise.")
    manager.locator("summary").filter(has_text="Contest").click()
    write(manager, "What you contest, and why", CONTEST)
    press(manager, "Contest", "You have contested the review")

    at_review(hr, due)
    expect(hr.get_by_text(CONTEST).first).to_be_visible()
    write(hr, "Your answer to the contest", ANSWER)
    press(hr, "Sign the answer", "The contest is answered.")
    press(hr, "Confirm the rating", "The rating is confirmed.")
    write(hr, "Why it is made final all the same", "She has read the role since.")
    press(hr, "Make it final", "The review is final.")
    with hr.expect_download(timeout=PATIENCE) as pulled:
        hr.get_by_role("button", name="PDF", exact=True).click()
    assert Path(pulled.value.path()).read_bytes().startswith(b"%PDF")
    press(hr, "Check this final scorecard", "It is, byte for byte, what was frozen")

    pulled_and_verified(hr, shell, figure)

    at_review(manager, due)
    for text in (OWN, THEIRS, "I see it otherwise.", CONTEST, ANSWER):
        expect(manager.get_by_text(text).first).to_be_visible()
    expect(manager.get_by_role("textbox")).to_have_count(0)
