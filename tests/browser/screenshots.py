"""Takes the pictures of the documentation from the sample practices, with a real browser, and says
which pages look otherwise than before.

    python -m tests.browser.screenshots                     all, into docs/screenshots
    python -m tests.browser.screenshots kpi review          some of them
    python -m tests.browser.screenshots --changes FOLDER    and before, after and the difference,
                                                            side by side, of each that changed

Run by hand after a change to a page. It needs Chromium.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page

from tests.browser.chromium import browsing, served
from tests.browser.compared import changed, side_by_side
from tests.browser.pictures import PICTURES, Picture, settle

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
COVER = Picture("overview", "physician", "/?assignment=1")

WIDTHS = {1440: 1000, 390: 844}
TALLEST = {1440: 1700, 390: 2600}
THEMES = ("light", "dark")

# Points of a page that are other ones each time: a blinking caret, the time of a sign-in.
_ALWAYS = 0.0005
_HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"


def main(arguments: list[str] | None = None) -> None:
    """Every page, narrow and wide, light and dark, and the picture of the README."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots")
    parser.add_argument("names", nargs="*", help="of some pictures; all, if none is named")
    parser.add_argument("--changes", type=Path)
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - {each.name for each in PICTURES}:
        parser.error(f"there is no picture {', '.join(sorted(unknown))}")
    wanted = [each for each in PICTURES if not asked.names or each.name in asked.names]
    with (
        TemporaryDirectory() as home,
        # The log names who loads: not whoever happens to take the pictures.
        served("demo", KPI_HOME=home, LOGNAME="office") as address,
        browsing() as browser,
    ):
        for width, theme in product(WIDTHS, THEMES):
            for name, picture in _taken(browser, address, wanted, width, theme):
                _keep(f"{name}-{width}-{theme}.png", picture, asked.changes)
        if not asked.names or COVER.name in asked.names:
            for _, picture in _taken(browser, address, [COVER], 1440, "light"):
                _keep("overview.png", picture, asked.changes)
    total = sum(file.stat().st_size for file in FOLDER.glob("*.png"))
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures, {total / 1e6:.2f} MB\n")


def _keep(file: str, picture: bytes, changes: Path | None) -> None:
    """Writes a picture where it is another one than before, and says so."""
    there = FOLDER / file
    before = there.read_bytes() if there.exists() else None
    share = 1.0 if before is None else changed(before, picture)
    if before is not None and share <= _ALWAYS:
        return
    sys.stdout.write(f"{file}: {'new' if before is None else f'{share:.1%} changed'}\n")
    sys.stdout.flush()
    FOLDER.mkdir(exist_ok=True)
    there.write_bytes(picture)
    if changes is not None and before is not None:
        changes.mkdir(parents=True, exist_ok=True)
        (changes / file).write_bytes(side_by_side(before, picture))


def _taken(
    browser: Browser, address: str, wanted: list[Picture], width: int, theme: str
) -> Iterator[tuple[str, bytes]]:
    """Each picture with its name; people sign in once."""
    for account in dict.fromkeys(each.account for each in wanted):
        with _window(browser, width, theme) as page:
            page.goto(address)
            if account is not None:
                page.locator(f"form:has(input[value={account}]) button").click()
                settle(page)
                if (guide := page.get_by_role("button", name="Put away")).count():
                    guide.click()  # of a first visit; the pictures are of the pages
                    settle(page)
            for picture in wanted:
                if picture.account == account:
                    yield picture.name, _take(page, address, picture, width)


@contextmanager
def _window(browser: Browser, width: int, theme: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme="dark" if theme == "dark" else "light",
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def _take(page: Page, address: str, picture: Picture, width: int) -> bytes:
    """The page once it is drawn, as tall as it is or as a picture may be."""
    if picture.account is None:
        return _smaller(page.screenshot(animations="disabled", full_page=True))
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.goto(f"{address}{picture.path}")
    settle(page)
    picture.prepare(page)
    settle(page)
    whole = int(page.evaluate(_HEIGHT))
    height = whole if picture.cut else min(whole, TALLEST[width])
    page.set_viewport_size({"width": width, "height": max(height, WIDTHS[width] - 200)})
    settle(page)
    clip = _clip(page, picture.cut, width) if picture.cut else None
    return _smaller(page.screenshot(animations="disabled", clip=clip))


def _clip(page: Page, cut: tuple[str, str], width: int) -> FloatRect:
    """From a text to a button, without what is around them."""
    top = page.get_by_text(cut[0]).bounding_box()
    end = page.get_by_role("button", name=cut[1]).bounding_box()
    assert top is not None
    assert end is not None
    left = max(0.0, top["x"] - 24)
    return {
        "x": left,
        "y": top["y"] - 16,
        "width": width - left,
        "height": end["y"] + end["height"] - top["y"] + 40,
    }


def _smaller(picture: bytes) -> bytes:
    """The picture with 256 colours, the rare ones of the signs among them."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    reduced = image.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    found = BytesIO()
    reduced.save(found, "PNG", optimize=True)
    return found.getvalue()


if __name__ == "__main__":
    main()
