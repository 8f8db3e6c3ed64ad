"""That the pictures of the documentation show every page, and that every one is shown."""

from pathlib import Path

from dashboards.app import PAGES
from tests.browser.pictures import PICTURES
from tests.browser.screenshots import FOLDER, THEMES, WIDTHS

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_page_has_a_picture() -> None:
    pages = {page.stem.replace("_", "-") for page in PAGES.glob("[!_]*.py")}
    assert pages <= {each.name for each in PICTURES}


def test_every_picture_is_there_and_has_its_place_in_a_tour() -> None:
    tours = [DOCS / "tour.md", *DOCS.glob("tours/*.md")]
    told = "".join(page.read_text("utf-8") for page in tours)
    for each in PICTURES:
        files = [f"{each.name}-{width}-{theme}.png" for width in WIDTHS for theme in THEMES]
        assert [file for file in files if not (FOLDER / file).exists()] == []
        assert any(file in told for file in files), each.name
