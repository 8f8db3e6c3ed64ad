"""Writing cells: figures with the format of their unit, texts as texts, headings, print set-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kpi.numbers import number_format
from kpi.report.neutral import runs_in_a_spreadsheet
from kpi.report.theme import LIGHT

_MOST = 32_000
"""Characters of a cell; a spreadsheet takes 32,767."""

_LINE, _TALLEST = 15.0, 405.0
"""Height of a line and of the tallest row, in points; a spreadsheet takes 409."""

_PIECE = 2_000
"""Characters of a long text that a cell can still show whole."""

_LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "wrapped": {"text_wrap": True},
    "indented": {"indent": 1},
    "right": {"align": "right"},
    "muted": {"font_color": LIGHT.muted},
    "title": {"bold": True, "font_size": 18},
    "part": {"bold": True, "font_size": 13},
    "strong": {"bold": True},
    "big": {"bold": True, "font_size": 26},
    "heading": {
        "bold": True, "font_color": LIGHT.muted, "bottom": 1, "text_wrap": True, "valign": "bottom",
    },
    "heading_right": {
        "bold": True, "font_color": LIGHT.muted, "bottom": 1, "text_wrap": True, "valign": "bottom",
        "align": "right",
    },
}  # fmt: skip


class Book:
    """A workbook and the formats made so far: each look is made once."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[Any, ...], Any] = {}

    def look(self, name: str = "text", number: str = "", quoted: bool = False) -> Any:
        """The format of a look, of numbers written like ``number``; ``quoted``: text for ever."""
        key = (name, number, quoted)
        if key not in self._formats:
            given = {"font_color": LIGHT.ink, "valign": "top", **_LOOKS[name]}
            if number:
                given |= {"num_format": number, "align": "right"}
            made = self.workbook.add_format(given)
            if quoted:
                made.set_quote_prefix()
            self._formats[key] = made
        return self._formats[key]

    def sheet(self, name: str, widths: Sequence[float], wide: bool = True) -> Sheet:
        """A new sheet, its columns of these widths in characters, set up to print on paper."""
        made = self.workbook.add_worksheet(name)
        for at, width in enumerate(widths):
            made.set_column(at, at, width)
        if wide:
            made.set_landscape()
        made.fit_to_pages(1, 0)
        made.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        made.set_footer(f"&L{name}&RPage &P of &N")
        made.hide_gridlines(2)
        return Sheet(self, made, widths)


class Sheet:
    """A sheet of a workbook and how cells are put on it."""

    def __init__(self, book: Book, sheet: Any, widths: Sequence[float]) -> None:
        self.book, self.xlsx = book, sheet
        self._widths = widths
        self._lines: dict[int, int] = {}

    def text(self, row: int, column: int, said: str | None, look: str = "text") -> None:
        """A text, never a formula nor a link; nothing where there is none."""
        if not said:
            return
        quoted = runs_in_a_spreadsheet(said)
        self.xlsx.write_string(row, column, said[:_MOST], self.book.look(look, quoted=quoted))
        if look == "wrapped":
            self._fit(row, column, said)

    def _fit(self, row: int, column: int, said: str) -> None:
        """Makes a row as high as its longest text; not every program does so by itself."""
        room = int(self._widths[column] * 1.05)
        lines = sum(1 + len(part) // room for part in said.split("\n"))
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines
            self.xlsx.set_row(row, min(_TALLEST, _LINE * lines))

    def number(
        self, row: int, column: int, value: float | None, unit: str, look: str = "text"
    ) -> None:
        """A figure in full under the format of its unit; an empty cell where there is none."""
        if value is not None:
            self.xlsx.write_number(
                row, column, value, self.book.look(look, number_format(value, unit))
            )

    def exact(
        self, row: int, column: int, value: float | None, number: str, look: str = "text"
    ) -> None:
        """A figure in full under a format of its own."""
        if value is not None:
            self.xlsx.write_number(row, column, value, self.book.look(look, number))

    def headings(self, row: int, texts: Sequence[str], numbers: Sequence[str] = ()) -> None:
        """A row of column headings; those of ``numbers`` stand over figures."""
        for at, text in enumerate(texts):
            self.text(row, at, text, "heading_right" if text in numbers else "heading")

    def paragraphs(self, row: int, column: int, said: str, look: str = "wrapped") -> int:
        """A long text over as many cells as it takes; gives the row after it."""
        while said:
            end = len(said) if len(said) <= _PIECE else said.rfind(" ", 0, _PIECE) + 1 or _PIECE
            self.text(row, column, said[:end], look)
            said, row = said[end:], row + 1
        return row

    def table(self, row: int, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
        """A table of words; gives the row after it."""
        self.headings(row, headings)
        for cells in rows:
            row += 1
            for at, cell in enumerate(cells):
                self.text(row, at, cell, "wrapped")
        return row + 1
