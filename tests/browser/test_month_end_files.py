"""A real browser on Month-end: an unknown file is mapped with the keyboard, a folder of files is
dropped at once with a bad one among them, and refused rows are taken away and brought back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from kpi.months import Month
from tests.browser.chromium import PATIENCE, choose, leaves
from tests.browser.people import page_of
from tests.dashboards.small_practice import appointments
from tests.dashboards.test_mapping import visits

APRIL = Month(2025, 4)


def opened(browser: Browser, address: str, width: int) -> tuple[Page, list[str]]:
    """Month-end as the manager sees it, and the addresses that it asks for."""
    page = page_of(browser, address, "manager", viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/month-end")
    expect(page.get_by_role("heading", name="Upload", exact=True)).to_be_visible(timeout=PATIENCE)
    return page, asked


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    """Hands files to the uploader, all at once."""
    uploader = page.locator("input[type=file]")
    expect(uploader).to_have_count(1, timeout=PATIENCE)  # the emptied one goes as this one comes
    uploader.set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )


def test_a_file_never_seen_before_is_mapped_and_loaded(dashboard: str, browser: Browser) -> None:
    page, asked = opened(browser, dashboard, 390)
    drop(page, ("visits april.csv", visits()))
    expect(page.get_by_text("visits april.csv: Asks a question")).to_be_visible(timeout=PATIENCE)

    choose(page, "What the file holds", "Appointments")
    expect(page.get_by_text("Still to say")).to_be_visible(timeout=PATIENCE)
    save = page.get_by_role("button", name="Save the mapping and read the file")
    expect(save).to_be_disabled()
    choose(page, "Appointment number (required)", "Visit No")
    choose(page, "Start at (required)", "Seen On")
    choose(page, "Start at (required): time of day", "Hour")
    choose(page, "Status (required)", "How It Went")
    choose(page, "Status 'Blew off', 22 rows", "No show")
    # 22 weekdays with 4 visits each.
    expect(page.get_by_text("April 2025: 88 rows")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Sample, Ada")).to_have_count(0)
    wide = page.evaluate(
        "document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    )
    assert wide <= 0

    expect(save).to_be_enabled()
    save.press("Enter")
    expect(page.get_by_text("visits april.csv: Can be loaded")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Load 1 file").click()
    expect(page.get_by_text("1 file is loaded: 88 rows, 88 added.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Appointments: April 2025", exact=True)).to_be_visible()

    drop(page, ("visits again.csv", visits()))
    expect(page.get_by_text("visits again.csv: Loaded before")).to_be_visible(timeout=PATIENCE)
    assert [url for url in asked if leaves(url, dashboard)] == []


def test_a_folder_with_a_bad_file_is_loaded_but_for_that(dashboard: str, browser: Browser) -> None:
    page, asked = opened(browser, dashboard, 1440)
    complaints = "complaint_id,received_on\nK-1,2025-04-07\n"
    drop(
        page,
        ("appointments.csv", appointments(APRIL, APRIL)),
        ("scan.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("complaints.csv", complaints.encode()),
        ("ledger.txt", b"month\taccount\tkind\tamount\n2025-04\tFees\trevenue\t1000.00\n"),
    )
    expect(
        page.get_by_text("4 files read: 3 can be loaded and 1 cannot be read as it is.")
    ).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("scan.pdf: Refused")).to_be_visible()
    page.get_by_role("button", name="Load 3 files").click()
    # 22 weekdays with 5 visits and 4 Mondays with a no-show, a complaint, a line of the ledger.
    expect(page.get_by_text("3 files are loaded: 116 rows, 116 added.")).to_be_visible(
        timeout=PATIENCE
    )
    for name in ("appointments.csv", "complaints.csv", "ledger.txt"):
        expect(page.get_by_text(f"{name}: Loaded", exact=True)).to_be_visible()
    expect(page.get_by_text("Ledger: April 2025", exact=True)).to_be_visible()
    assert [url for url in asked if leaves(url, dashboard)] == []


def test_refused_rows_are_taken_away_mended_and_brought_back(
    dashboard: str, browser: Browser
) -> None:
    page, _ = opened(browser, dashboard, 1440)
    drop(page, ("complaints.csv", b"complaint_id,received_on\nK-1,2025-04-07\nK-2,someday\n"))
    expect(page.get_by_text("complaints.csv: Can be loaded")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Load 1 file").click()
    expect(page.get_by_text("1 row could not be taken: download it below")).to_be_visible(
        timeout=PATIENCE
    )
    download = page.get_by_role("button", name="Download the refused rows of Complaints")
    expect(download).to_have_count(1, timeout=PATIENCE)  # the preview's own has gone by then
    with page.expect_download(timeout=PATIENCE) as downloading:
        download.click()
    refused = Path(downloading.value.path()).read_text("utf-8-sig")
    assert refused.splitlines()[0] == "refused_line,refused_because,complaint_id,received_on"
    assert "K-2,someday" in refused

    drop(page, ("mended.csv", refused.replace("someday", "2025-04-09").encode()))
    expect(page.get_by_text("mended.csv: Can be loaded")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Load 1 file").click()
    expect(page.get_by_text("1 file is loaded: 1 row, 1 added.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Rows in quarantine")).to_have_count(0)
