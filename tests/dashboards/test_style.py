"""The style sheet is put together of parts: none is forgotten, and each is closed."""

from __future__ import annotations

from importlib.resources import files

import pytest

from dashboards.markup.style import style
from kpi.report.theme import DARK, LIGHT

PARTS = sorted(
    (part.name, part.read_text("utf-8"))
    for part in files("dashboards.markup").joinpath("css").iterdir()
    if part.name.endswith(".css")
)


@pytest.mark.parametrize(("name", "text"), PARTS)
def test_every_part_is_in_the_sheet_and_closes_what_it_opens(name: str, text: str) -> None:
    assert text.count("{") == text.count("}") > 0
    assert text in style(DARK)
    assert (text in style(LIGHT)) == (name != "print_dark.css")
