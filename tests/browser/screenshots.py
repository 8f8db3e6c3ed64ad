"""Takes the pictures of the documentation from the sample practices, with a real browser.

Run by hand after a change to a page: ``python -m tests.browser.screenshots``. It writes into
``docs/screenshots`` and needs Chromium.
"""

from __future__ import annotations

import sys
from io import BytesIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import PATIENCE, browsing, choose, served

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"

# The struggling practice, which has more to show; the manager uploads and HR has the scorecards.
PAGES = {
    "overview": ("physician", "/?assignment=2"),
    "kpi": ("physician", "/kpi?assignment=2&kpi=no_show_rate"),
    "practices": ("physician", "/practices"),
    "month-end": ("manager", "/month-end"),
    "scorecards": ("hr", "/scorecards"),
    "role": ("manager", "/role"),
    "roles": ("hr", "/roles"),
    "catalogue": ("physician", "/catalogue?assignment=2&kpi=denial_rate"),
    "accounts": ("administrator", "/"),
    "health": ("administrator", "/checks"),
    "trail": ("hr", "/trail"),
}
EDITOR = ("hr", "/editor?practice=hillcrest&role=medical-office-manager&kpi=no_show_rate")
COVER = ("physician", "/?assignment=1")

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
WIDTHS = {1440: 1000, 390: 844}
TALLEST = {1440: 1700, 390: 2600}

_HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
_QUIET = "() => !document.querySelector('[data-testid=stStatusWidget]')"


def main() -> None:
    """Every page, narrow and wide, light and dark, and the picture of the README."""
    FOLDER.mkdir(exist_ok=True)
    with (
        TemporaryDirectory() as home,
        # The log names who loads: not whoever happens to take the pictures.
        served("demo", KPI_HOME=home, LOGNAME="office") as address,
        browsing() as browser,
    ):
        for (name, seen), width, theme in product(PAGES.items(), WIDTHS, ("light", "dark")):
            take(browser, address, seen, width, theme, f"{name}-{width}-{theme}.png")
        take(browser, address, COVER, 1440, "light", "overview.png")
        for width, theme in product(WIDTHS, ("light", "dark")):
            take_wizard(browser, address, width, theme)
            take_editor(browser, address, width, theme)
            take_sign_in(browser, address, width, theme)
    total = sum(file.stat().st_size for file in FOLDER.glob("*.png"))
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures, {total / 1e6:.2f} MB\n")


def take(
    browser: Browser, address: str, seen: tuple[str, str], width: int, theme: str, name: str
) -> None:
    """One picture of a page once it is drawn, as tall as the page or as a picture may be.

    ``seen``: by which account of the demo, and the page's path.
    """
    page = _opened(browser, address, seen, width, theme)
    height = min(int(page.evaluate(_HEIGHT)), TALLEST[width])
    page.set_viewport_size({"width": width, "height": max(height, WIDTHS[width] - 200)})
    settle(page)
    (FOLDER / name).write_bytes(smaller(page.screenshot(animations="disabled")))
    page.close()


def _opened(browser: Browser, address: str, seen: tuple[str, str], width: int, theme: str) -> Page:
    page = _browser_page(browser, width, theme)
    account, path = seen
    page.goto(f"{address}{path}")
    page.locator(f"form:has(input[value={account}]) button").click()
    settle(page)
    return page


def _browser_page(browser: Browser, width: int, theme: str) -> Page:
    return browser.new_page(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme="dark" if theme == "dark" else "light",
    )


def take_sign_in(browser: Browser, address: str, width: int, theme: str) -> None:
    """The sign-in of the demo."""
    page = _browser_page(browser, width, theme)
    page.goto(address)
    picture = page.screenshot(animations="disabled", full_page=True)
    (FOLDER / f"sign-in-{width}-{theme}.png").write_bytes(smaller(picture))
    page.close()


def take_wizard(browser: Browser, address: str, width: int, theme: str) -> None:
    """The mapping of an unknown file, answered and not yet saved, without what is around it."""
    page = _opened(browser, address, PAGES["month-end"], width, theme)
    name = "front desk june.csv"
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": UNKNOWN.encode()}
    )
    expect(page.get_by_text(f"{name}: Asks a question")).to_be_visible(timeout=PATIENCE)
    for label, words in ANSWERS:
        settle(page)
        choose(page, label, words)
    settle(page)
    page.set_viewport_size({"width": width, "height": int(page.evaluate(_HEIGHT))})
    settle(page)
    top = page.get_by_text("Preview: nothing is loaded yet").bounding_box()
    end = page.get_by_role("button", name="Save the mapping and read the file").bounding_box()
    assert top is not None
    assert end is not None
    left = max(0.0, top["x"] - 24)
    clip = {"x": left, "y": top["y"] - 16, "width": width - left,
            "height": end["y"] + end["height"] - top["y"] + 40}  # fmt: skip
    picture = page.screenshot(animations="disabled", clip=clip)  # type: ignore[arg-type]
    (FOLDER / f"wizard-{width}-{theme}.png").write_bytes(smaller(picture))
    page.close()


def take_editor(browser: Browser, address: str, width: int, theme: str) -> None:
    """The targets of a draft that begins as the version in force, as tall as a picture may be."""
    page = _opened(browser, address, EDITOR, width, theme)
    begin = page.get_by_role("button", name="Begin with this version")
    draft = page.get_by_text("It began as version")
    expect(begin.or_(draft)).to_be_visible(timeout=PATIENCE)
    if begin.count():
        begin.click()
    expect(page.get_by_text("Throw the draft away")).to_be_visible(timeout=PATIENCE)
    settle(page)
    height = min(int(page.evaluate(_HEIGHT)), TALLEST[width])
    page.set_viewport_size({"width": width, "height": height})
    settle(page)
    picture = page.screenshot(animations="disabled")
    (FOLDER / f"editor-{width}-{theme}.png").write_bytes(smaller(picture))
    page.close()


def settle(page: Page) -> None:
    """Waits until the heading and the foot are there and nothing is under way."""
    expect(page.locator(".rc-title h1")).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(_QUIET, timeout=PATIENCE)
    page.wait_for_timeout(1500)  # the last element fades in


def smaller(picture: bytes) -> bytes:
    """The picture with 256 colours, the rare ones of the signs among them."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    reduced = image.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    found = BytesIO()
    reduced.save(found, "PNG", optimize=True)
    return found.getvalue()


if __name__ == "__main__":
    main()
