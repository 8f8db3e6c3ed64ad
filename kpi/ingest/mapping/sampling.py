"""What the columns of an unknown table hold, from its first rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from kpi.ingest.clean.identifiers import looks_like_identifier
from kpi.ingest.files.grid import Grid
from kpi.ingest.layout.header import Header
from kpi.ingest.layout.shape import adds_up_others

ROWS = 2_000
CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?(?:m\.?)?)?", re.IGNORECASE | re.ASCII)
_BARE_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[0-5]\d", re.ASCII)
DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:19|20)\d{6}|"
    r"\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}",
    re.ASCII,
)
_DATE_TIME = re.compile(rf"(?:{DATE.pattern})[T ].*\d:\d\d.*", re.ASCII)
_DATUM = re.compile(r"[-$(]*\d[\d,]*\.\d\d\)?|\d{5,}", re.ASCII)
_YES_NO = frozenset({"y", "n", "yes", "no", "true", "false", "t", "f", "0", "1", "x", ""})


@dataclass(frozen=True, slots=True)
class Sample:
    """The first cells of one column, outer blanks cut off, and its place and heading."""

    place: int
    heading: str
    folded: str
    cells: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        """Its cells that are not blank."""
        return tuple(cell for cell in self.cells if cell)

    @property
    def always_filled(self) -> bool:
        """Whether no cell is blank."""
        return bool(self.cells) and all(self.cells)

    def mostly(self, pattern: re.Pattern[str]) -> bool:
        """Whether four of five filled cells match."""
        filled = self.filled
        return bool(filled) and sum(
            pattern.fullmatch(cell) is not None for cell in filled
        ) * 5 >= 4 * len(filled)

    @property
    def is_clock(self) -> bool:
        """Whether it holds times of day without a date."""
        return self.mostly(CLOCK) or self.mostly(_BARE_CLOCK)

    @property
    def is_date(self) -> bool:
        """Whether it holds dates without a time of day."""
        return self.mostly(DATE)

    @property
    def is_date_time(self) -> bool:
        """Whether it holds dates with a time of day."""
        return self.mostly(_DATE_TIME)

    @property
    def is_yes_no(self) -> bool:
        """Whether it holds only yes and no."""
        return bool(self.filled) and all(cell.casefold() in _YES_NO for cell in self.cells)


def looks_like_header(header: Header) -> bool:
    """Whether a line may be a header: it holds no day, no time of day, no amount, no number longer
    than a year and no identifier. What is a person's would be shown as the name of a column."""
    cells = [cell.strip() for cell in header.cells]
    data = (DATE, CLOCK, _DATE_TIME, _DATUM)
    return not any(
        looks_like_identifier(cell) or any(each.fullmatch(cell) for each in data) for cell in cells
    )


def samples_of(grid: Grid, header: Header) -> tuple[Sample, ...]:
    """A sample of each column that has a name. Rows that are narrower than the header, rows with
    one cell, totals and repeated headers are no rows to learn from."""
    width = len(header.cells)
    rows: list[list[str]] = []
    with grid.records() as records:
        below = (cells for line, cells in records if line > header.last)
        for cells in islice(below, ROWS * 2):
            filled = [bare for cell in cells if (bare := cell.strip())]
            if len(filled) < 2 or len(cells) < width or tuple(cells) == header.cells:
                continue
            if not adds_up_others(filled[0]):
                rows.append([cell.strip() for cell in cells[:width]])
            if len(rows) == ROWS:
                break
    columns: Sequence[Sequence[str]] = list(zip(*rows, strict=True)) if rows else [()] * width
    return tuple(
        Sample(place, cell.strip(), name, tuple(columns[place]))
        for place, (cell, name) in enumerate(zip(header.cells, header.folded, strict=True))
        if name
    )
