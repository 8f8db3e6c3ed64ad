"""A real browser on Month-end: a folder is dropped with an unknown file and a bad one in it, and
the score is another one until that is undone; refused rows are taken away and brought back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import PATIENCE, choose, fold, leaves, score
from tests.browser.people import page_of
from tests.dashboards.small_practice import LAST, appointments
from tests.dashboards.test_mapping import visits


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    """Hands files to the uploader, all at once."""
    uploader = page.locator("input[type=file]")
    expect(uploader).to_have_count(1, timeout=PATIENCE)  # the emptied one goes as this one comes
    uploader.set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )


def drop_folder(page: Page, folder: Path) -> None:
    """Drops a folder onto the uploader as a file manager does."""
    zone = page.get_by_test_id("stFileUploaderDropzone")
    zone.scroll_into_view_if_needed(timeout=PATIENCE)
    box = zone.bounding_box()
    assert box is not None
    dragging = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        dragging.send(
            "Input.dispatchDragEvent",
            {
                "type": step,
                "x": box["x"] + box["width"] / 2,
                "y": box["y"] + box["height"] / 2,
                "data": {"items": [], "files": [str(folder)], "dragOperationsMask": 1},
            },
        )


def map_by_keyboard(page: Page) -> None:
    """Answers all that the unknown file asks; what asks keeps the focus while the page is made
    anew."""
    choose(page, "What the file holds", "Appointments")
    expect(page.get_by_text("Still to say")).to_be_visible(timeout=PATIENCE)
    save = page.get_by_role("button", name="Save the mapping and read the file")
    expect(save).to_be_disabled()
    choose(page, "Appointment number (required)", "Visit No")
    choose(page, "Start at (required)", "Seen On")
    choose(page, "Start at (required): time of day", "Hour")
    choose(page, "Status (required)", "How It Went")
    choose(page, "Status 'Blew off', 22 rows", "No show")
    expect(page.get_by_role("combobox", name="Status 'Blew off', 22 rows")).to_be_focused()
    # 22 weekdays with 4 visits each.
    expect(page.get_by_text("April 2025: 88 rows")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Sample, Ada")).to_have_count(0)
    expect(save).to_be_enabled()
    save.press("Enter")
    expect(page.get_by_text("visits april.csv: Can be loaded")).to_be_visible(timeout=PATIENCE)


def test_a_month_end_from_a_folder_with_an_unknown_file(
    dashboard: str, browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "April"
    folder.mkdir()
    (folder / "march corrected.csv").write_bytes(appointments(LAST, LAST, no_shows_on_monday=3))
    (folder / "visits april.csv").write_bytes(visits())
    (folder / "complaints.csv").write_text("complaint_id,received_on\nK-1,2025-04-07\n")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    page = page_of(browser, dashboard, "manager", viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    # 13 Mondays with a no-show, 64 weekdays with 5 visits: 13 / 333 = 3.904%, so
    # 100 + 20 × (5 − 3.904) / (5 − 3) = 110.96 points; 0.6 × 110.96 + 0.4 × 100 = 106.6.
    page.goto(dashboard)
    expect(score(page)).to_have_text("106.6", timeout=PATIENCE)
    page.get_by_role("link", name="Month-end").click()
    expect(page.get_by_role("heading", name="Upload", exact=True)).to_be_visible(timeout=PATIENCE)
    drop_folder(page, folder)
    expect(
        page.get_by_text("4 files read: 2 can be loaded, 1 asks a question and 1 cannot be read")
    ).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("scan.pdf: Refused")).to_be_visible()
    expect(page.get_by_text("visits april.csv: Asks a question")).to_be_visible()

    map_by_keyboard(page)
    page.get_by_role("button", name="Load 3 files").click()
    # 21 weekdays of March with 5 visits and 5 Mondays with 3 no-shows, of which 2 a Monday are
    # new; 88 visits of April and a complaint.
    expect(page.get_by_text("3 files are loaded: 209 rows, 99 added.")).to_be_visible(
        timeout=PATIENCE
    )
    expect(page.get_by_text("Appointments: April 2025", exact=True)).to_be_visible()

    # Nothing to report in April.
    fold(page, "Nothing to report for a month")
    choose(page, "Month", "Incidents, April 2025")
    page.get_by_role("button", name="Declare that there was nothing").click()
    expect(page.get_by_role("status").filter(has_text="no incidents in April 2025")).to_be_visible(
        timeout=PATIENCE
    )

    # The 5 Mondays of March have 2 no-shows more each: 23 / 343 = 6.706%, between floor and
    # target: 100 × (10 − 6.706) / (10 − 5) = 65.89; 0.6 × 65.89 + 40 = 79.5.
    page.get_by_role("link", name="Overview").click()
    expect(score(page)).to_have_text("79.5", timeout=PATIENCE)

    # Undone, the score is what it was.
    page.get_by_role("link", name="Month-end").click()
    fold(page, "Undo an upload")
    entry = page.get_by_role("row").filter(has_text="march corrected.csv")
    number = entry.get_by_role("cell").first.inner_text()
    choose(page, "Upload", f"{number}: march corrected.csv, Appointments March 2025")
    page.get_by_text("Yes, undo it").click()
    undo = page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_be_enabled(timeout=PATIENCE)
    undo.click()
    expect(page.get_by_role("cell", name="Undone")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name="Overview").click()
    expect(score(page)).to_have_text("106.6", timeout=PATIENCE)
    assert asked
    assert [url for url in asked if leaves(url, dashboard)] == []


def test_refused_rows_are_taken_away_mended_and_brought_back(
    dashboard: str, browser: Browser
) -> None:
    page = page_of(browser, dashboard, "manager", viewport={"width": 1440, "height": 900})
    page.goto(f"{dashboard}/month-end")
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
    expect(page.get_by_role("heading", name="Rows in quarantine")).to_have_count(0)
