"""A real browser, as a physician and HR come: why the score fell, which practice stands where, what
waits for a signature, and what is left out."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect
from sqlalchemy import Engine

from kpi.ingest.declaring import attest
from kpi.ingest.log import uploads_list
from kpi.ingest.undoing import undo
from kpi.months import Month, span
from kpi.review.scores.scoring import score_manager
from kpi.store.schema import open_database
from tests.browser.chromium import PATIENCE, choose, fold, score
from tests.browser.office import Office
from tests.browser.people import page_of
from tests.browser.test_accessible import WIDE
from tests.dashboards.reviewed import DR_KIM, ROBIN
from tests.dashboards.small_practice import FIRST, LAST, appointments, fill, load, neighbour

AUTUMN = Month(2024, 10)


def fallen(engine: Engine) -> None:
    """A quarter with one no-show a Monday, then one with two."""
    fill(engine, AUTUMN, LAST, began=AUTUMN)
    load(engine, "corrected.csv", appointments(FIRST, LAST, no_shows_on_monday=2))


def unsigned(engine: Engine) -> None:
    """The manager herself declared that no month of the quarter had an incident."""
    fill(engine)
    for entry in uploads_list(engine, ROBIN, "maple"):
        if entry["kind"] == "attestation":
            undo(engine, ROBIN, "maple", entry["id"])
    for month in span(FIRST, LAST):
        attest(engine, ROBIN, "maple", "incidents", month)


def two(engine: Engine) -> None:
    """The small practice and its neighbour."""
    fill(engine)
    neighbour(engine)


def test_why_the_score_fell(dashboard: str, office: Office, browser: Browser) -> None:
    office.fill("fallen", fallen)
    page = page_of(browser, dashboard, "physician", viewport=WIDE)
    page.goto(dashboard)
    # 64 weekdays with 5 visits, 13 Mondays with 2 no-shows: 26 / 346 = 7.514%, so
    # 100 × (10 − 7.514) / (10 − 5) = 49.71 points; 0.6 × 49.71 + 0.4 × 100 = 69.8.
    expect(score(page)).to_have_text("69.8", timeout=PATIENCE)
    # The quarter before had 66 weekdays and 13 Mondays with 1: 13 / 343 = 3.790%, so
    # 100 + 20 × (5 − 3.790) / (5 − 3) = 112.10; 0.6 × 112.10 + 40 = 107.3.
    choose(page, "Period", "October to December 2024")
    expect(score(page)).to_have_text("107.3", timeout=PATIENCE)
    expect(page.get_by_role("combobox", name="Period")).to_be_focused()
    page.go_back()
    expect(score(page)).to_have_text("69.8", timeout=PATIENCE)

    # The largest gap leads to its KPI: 0.6 × (100 − 49.71) = 30.2 points.
    (gap,) = page.locator(".rc-gaps li").all()
    expect(gap).to_contain_text("30.2 points lost")
    gap.get_by_role("link", name="No-show rate").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("No-show rate", timeout=PATIENCE)
    expect(page.get_by_text("26 of 346 visits and no-shows").first).to_be_visible(timeout=PATIENCE)
    # Why it moved: 7.514 − 3.790 = 3.72 pp, on Mondays, where 13 of 78 (66 weekdays had 13
    # Mondays) became 26 of 91.
    monday = page.locator(".rc-parts").get_by_role("row").nth(1)
    expect(monday).to_contain_text("Monday", timeout=PATIENCE)
    for words in ("from 3.79%", "to 7.51% (January to March 2025): +3.72 pp.",
                  "Monday: no-show rate rose from 16.7% to 28.6%"):  # fmt: skip
        expect(page.get_by_text(words).first).to_be_visible()
    # The rows behind it, 320 visits and 26 no-shows.
    expect(page.get_by_text("346 records enter the figure.")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Next rows").click()
    expect(page).to_have_url(re.compile("page=2"), timeout=PATIENCE)
    expect(page.get_by_role("button", name="Previous rows")).to_be_visible(timeout=PATIENCE)

    # The place survives a reload, can be sent to somebody else, and names nobody.
    place = page.url
    record = str(page.locator("tbody tr").last.text_content())
    assert "robin" not in place.lower()
    page.reload()
    expect(page.get_by_role("button", name="Previous rows")).to_be_visible(timeout=PATIENCE)
    partner = page_of(browser, dashboard, "partner", viewport=WIDE)
    partner.goto(place)
    expect(partner.locator("tbody tr").last).to_have_text(record, timeout=PATIENCE)

    # Another period to compare with, by the keyboard; the ways back and forth lead through both.
    choose(page, "Compared with", "A year before: January to March 2024")
    expect(page.get_by_text("no value for January to March 2024")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("against=year"), timeout=PATIENCE)
    page.go_back()
    expect(monday).to_contain_text("Monday", timeout=PATIENCE)
    page.go_forward()
    expect(page.get_by_text("no value for January to March 2024")).to_be_visible(timeout=PATIENCE)


def test_what_a_manager_declared_is_declined_then_signed(
    dashboard: str, office: Office, browser: Browser
) -> None:
    office.fill("unsigned", unsigned)
    page = page_of(browser, dashboard, "physician", viewport=WIDE)
    page.goto(dashboard)
    gate = page.get_by_label("Gates").get_by_role("listitem")
    expect(gate).to_contain_text("waiting for a decision", timeout=PATIENCE)
    page.get_by_role("link", name="Month-end (3 to sign)").click()
    signing = page.get_by_role("button", name=re.compile("^Countersign "))
    expect(signing).to_have_count(3, timeout=PATIENCE)
    number = signing.first.inner_text().removeprefix("Countersign ")
    page.get_by_role("button", name=f"Decline {number}", exact=True).click()
    page.get_by_label("Why not?").fill("Ask the front desk about the 14th.")
    page.get_by_role("button", name=f"Decline upload {number}").click()
    expect(page.get_by_text(f"Upload {number} goes on waiting")).to_be_visible(timeout=PATIENCE)

    # Who declared it reads why; the figures are as they were, and the gate holds nothing yet.
    manager = page_of(browser, dashboard, "manager", viewport=WIDE)
    manager.goto(f"{dashboard}/month-end")
    expect(manager.get_by_text("Ask the front desk about the 14th.")).to_be_visible(
        timeout=PATIENCE
    )
    expect(manager.get_by_role("button", name=re.compile("^Countersign "))).to_have_count(0)
    for left in (2, 1, 0):
        signing.first.click()
        expect(signing).to_have_count(left, timeout=PATIENCE)
    page.get_by_role("link", name="Overview").click()
    expect(gate).to_contain_text("held", timeout=PATIENCE)
    expect(score(page)).to_have_text("106.6")
    scored = score_manager(open_database(), DR_KIM, "robin", FIRST, LAST)
    assert [each.state for each in scored.score.gates] == ["held"]


def test_practices_are_compared(dashboard: str, office: Office, browser: Browser) -> None:
    office.fill("two", two)
    page = page_of(browser, dashboard, "physician", viewport=WIDE)
    page.goto(dashboard)
    page.get_by_role("link", name="Practices").click(timeout=PATIENCE)
    lines = page.get_by_role("table", name="Practices").get_by_role("row")
    # 106.6 by test_month_end_files.py. Oak has 13 Mondays with 4 no-shows: 52 / 372 = 14.0%, beyond
    # its floor, so it has the 40 points of the other KPI.
    expect(lines.nth(1)).to_contain_text("106.6", timeout=PATIENCE)
    expect(lines.nth(2)).to_contain_text("40.0")
    expect(page.get_by_text("(106.6) lies above Oak Clinic (40.0).")).to_be_visible(
        timeout=PATIENCE
    )
    place = page.url
    page.get_by_role("region", name="KPIs side by side").get_by_role("link", name="14%").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("No-show rate", timeout=PATIENCE)
    expect(page.get_by_text("52 of 372 visits and no-shows").first).to_be_visible(timeout=PATIENCE)
    page.go_back()
    expect(lines.nth(2)).to_contain_text("40.0", timeout=PATIENCE)

    # Sent to somebody who may see one of them, the same address shows that one.
    partner = page_of(browser, dashboard, "partner", viewport=WIDE)
    partner.goto(place)
    expect(partner.get_by_text("106.6").first).to_be_visible(timeout=PATIENCE)
    expect(partner.get_by_text("Oak")).to_have_count(0)


def test_hr_leaves_a_month_out_and_puts_it_back(
    dashboard: str, office: Office, browser: Browser
) -> None:
    office.fill("fallen", fallen)
    page = page_of(browser, dashboard, "hr", viewport=WIDE)
    page.goto(f"{dashboard}/people")
    fold(page, "Leave out a KPI or months")
    choose(page, "What to leave out", "No-show rate")
    choose(page, "From", "March 2025")
    choose(page, "To", "March 2025")
    page.get_by_label("Reason", exact=True).fill("The telephones were out for two weeks.")
    page.get_by_label("Evidence", exact=True).fill("Ticket 4411")
    page.get_by_label("Evidence", exact=True).press("Tab")
    page.get_by_role("button", name="Leave it out").click()
    expect(
        page.get_by_role("status").filter(has_text="No-show rate is left out for March 2025.")
    ).to_be_visible(timeout=PATIENCE)
    # January and February: 43 weekdays with 5 visits, 8 Mondays with 2 no-shows: 16 / 231 =
    # 6.926%, so 100 × (10 − 6.926) / 5 = 61.47; 0.6 × 61.47 + 40 = 76.9. With March it was 69.8.
    page.get_by_role("link", name="Overview").click()
    expect(score(page)).to_have_text("76.9", timeout=PATIENCE)
    expect(page.get_by_text("Without what HR excluded the score would be 69.8.")).to_be_visible()
    expect(
        page.get_by_role("listitem").filter(has_text="The telephones were out for two weeks.")
    ).to_be_visible()  # among the notes on the score, and by whom
    expect(page.get_by_text("Without March 2025, excluded by HR: The tele")).to_be_visible()

    page.get_by_role("link", name="People").click()
    fold(page, "Put something back")
    page.get_by_label("Why it is put back").fill("The ticket was another practice's.")
    page.get_by_label("Why it is put back").press("Tab")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_text("It scores again")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Overview").click()
    expect(score(page)).to_have_text("69.8", timeout=PATIENCE)
