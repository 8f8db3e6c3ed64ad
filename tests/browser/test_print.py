"""A page on paper: all of it, on white, without what is for the screen alone; and in the colours
that the reader's system forces upon it."""

from __future__ import annotations

import io

from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.people import page_of
from tests.browser.test_accessible import WIDE, settled


def test_a_page_is_printed_whole_and_light(dashboard: str, browser: Browser) -> None:
    page = page_of(browser, dashboard, "manager", viewport=WIDE, color_scheme="dark")
    page.goto(dashboard)
    settled(page, "Overview")
    # A chart is an image, which forced colours leave alone: it keeps its ground, the dark #10151A.
    page.emulate_media(color_scheme="dark", forced_colors="active")
    ground = "() => getComputedStyle(document.querySelector('.rc-aim img')).backgroundColor"
    assert page.evaluate(ground) == "rgb(16, 21, 26)"
    page.emulate_media(color_scheme="dark", forced_colors="none")
    sheets = PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages
    text = " ".join(sheet.extract_text() for sheet in sheets)
    # From the heading to the foot, though the screen shows a part of it only.
    assert "January to March 2025" in text
    assert "Role version 2025.1" in text
    for control in ("Sign out", "Month-end", "Points lost first", "Download"):
        assert control not in text
    page.emulate_media(media="print", color_scheme="dark")
    ink = "() => getComputedStyle(document.querySelector('.rc-title h1')).color"
    assert page.evaluate(ink) == "rgb(24, 36, 47)"  # the light palette's #18242F
    page.context.close()
