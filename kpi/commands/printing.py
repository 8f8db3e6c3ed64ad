"""Tables and JSON on the console."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from shutil import get_terminal_size
from textwrap import fill, wrap
from typing import Any

import click

from kpi.months import Month

_NARROWEST, _WIDEST = 60, 100
"""Columns of a console that texts are broken for."""

_MOST_RUNS = 4
"""Runs of months that are named one by one."""


def print_json(document: Any) -> None:
    """Prints a document of the JSON contract."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def print_lines(text: str, indent: str = "", err: bool = False) -> None:
    """Prints a text in lines that fit the console, at most 100 columns, the first one indented
    and the others two columns more; ``err``: on standard error."""
    stream = sys.stderr if err else sys.stdout
    width = min(get_terminal_size().columns, _WIDEST) if stream.isatty() else _WIDEST
    click.echo(
        fill(
            text, max(width, _NARROWEST), initial_indent=indent, subsequent_indent=f"{indent}  ",
            break_long_words=False, break_on_hyphens=False,
        ),
        err=err,
    )  # fmt: skip


def print_table(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], indent: str = ""
) -> None:
    """Prints rows under headings; ``columns`` maps each row's key to its heading.

    Numbers stand to the right, None is a dash. Nothing but the headings where there are no rows.
    """
    cells = [[_text(row.get(key)) for key in columns] for row in rows]
    widths = [
        max(len(line[at]) for line in [list(columns.values()), *cells])
        for at in range(len(columns))
    ]
    right = [any(isinstance(row.get(key), int | float) for row in rows) for key in columns]

    def line(texts: Sequence[str]) -> str:
        cells = "  ".join(
            text.rjust(width) if number else text.ljust(width)
            for text, width, number in zip(texts, widths, right, strict=True)
        )
        return f"{indent}{cells}".rstrip()

    click.echo(line(list(columns.values())))
    click.echo(line(["-" * width for width in widths]))
    for each in cells:
        click.echo(line(each))


WIDTH = 80
"""Columns of a console that is not asked how wide it is."""


def print_terms(terms: Sequence[tuple[str, str]]) -> None:
    """Prints terms with their texts beside them, broken into lines that fit a console."""
    room = max((len(term) for term, _ in terms), default=0) + 2
    for term, text in terms:
        lines = wrap(text, WIDTH - room, break_long_words=False, break_on_hyphens=False)
        click.echo(f"{term:<{room}}{lines[0]}" if lines else term)
        for line in lines[1:]:
            click.echo(" " * room + line)


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def month_ranges(months: Sequence[str]) -> str:
    """Months in order as a person says them: ``2026-01 to 2026-03, 2026-05``; of many gaps only
    how many months there are between the first and the last."""
    runs: list[list[Month]] = []
    for month in sorted({Month.parse(each) for each in months}):
        if runs and runs[-1][-1] + 1 == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    if len(runs) > _MOST_RUNS:
        count = sum(map(len, runs))
        return f"{count:,} months from {runs[0][0]} to {runs[-1][-1]}"
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
