"""Good files to start from: every layout of the tests, and every dataset's own in three forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kpi.datasets import Dataset, all_datasets
from tests.hostile.workbooks import workbook
from tests.ingest.opened import LAYOUTS

VENDORS = LAYOUTS.parent / "vendors" / "files"
PLANTED = ("219-09-9999", "(555) 010-7788", "zebedee@example.invalid")
"""Identifiers of nobody, which no mutation may bring into the database or into a message."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A good file."""

    name: str
    content: bytes


@cache
def seeds() -> tuple[Seed, ...]:
    """All of them, always in the same order."""
    layouts = [
        Seed(path.name, path.read_bytes())
        for folder in (LAYOUTS, VENDORS)
        for path in sorted(folder.iterdir())
        if path.is_file()
    ]
    own = []
    for dataset in all_datasets():
        grid = canonical(dataset)
        own.append(Seed(f"{dataset.name}.csv", as_csv(grid)))
        own.append(Seed(f"{dataset.name}.html", as_html(grid)))
        own.append(Seed(f"{dataset.name}.xlsx", workbook({"Sheet": grid})))
    return (*layouts, *own)


def canonical(dataset: Dataset, rows: int = 12) -> list[list[str]]:
    """The dataset's own header and some rows of its examples, ids and days told apart."""
    lines = [list(dataset.names)]
    for number in range(1, rows + 1):
        line = []
        for column in dataset.columns:
            example = column.example
            if example.startswith("2026-01-"):
                example = f"2026-01-{number:02d}{example[10:]}"
            elif column.space is not None and example:
                example = f"{example}{number}"
            line.append(example)
        lines.append(line)
    return lines


def as_csv(grid: list[list[str]]) -> bytes:
    """A grid as a comma-separated file."""
    return "".join(
        ",".join(f'"{c}"' if "," in c else c for c in row) + "\n" for row in grid
    ).encode()


def as_html(grid: list[list[str]]) -> bytes:
    """A grid as the table of a web page."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in grid)
    return f"<html><body><h1>Report</h1><table>{rows}</table></body></html>".encode()
