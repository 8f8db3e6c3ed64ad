"""Why a KPI moved, on the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi.commands.printing import print_lines, print_table

if TYPE_CHECKING:
    from kpi.review.explained.movement import Moved


def print_moved(moved: Moved) -> None:
    """Prints the change between two periods, its largest parts in words, and every group's."""
    from dataclasses import asdict

    from kpi.score.movement_words import headline, in_order, part_headings, part_line

    click.echo()
    if moved.reason is not None:
        print_lines(moved.reason)
    found, split, now, then = moved.found, moved.split, moved.now.value, moved.then.value
    if found is None or split is None or now is None or then is None:
        return
    print_lines(headline(moved.kpi, moved.against, then, moved.period, now, moved.apart))
    for line in (*moved.words, *moved.notes):
        print_lines(line, "  ")
    if not found.groups:
        return
    click.echo()
    rows = [asdict(part_line(each, moved.kpi, split)) for each in in_order(found, split)]
    print_table(rows, part_headings(found, moved.kpi, split))
