"""A group's part of a change as a bar from a line at zero: right is up, left is down."""

from __future__ import annotations

from kpi.catalogue.model import Better
from kpi.report.svg import Figure, figure, line, rect
from kpi.report.theme import Palette

WIDTH, HEIGHT = 160, 18


def part_bar(part: float, largest: float, better: Better, palette: Palette) -> Figure:
    """The bar, as long as the largest where it is that one. Blue is for the better, orange for the
    worse, grey where a band decides. What it says stands beside it in figures and a word."""
    middle = WIDTH / 2
    length = 0.0 if not largest else max(1.5, abs(part) / largest * (middle - 2)) if part else 0.0
    left = middle if part > 0 else middle - length
    colours = {"better": palette.better, "worse": palette.worse, "": palette.neutral}
    colour = colours[part_sense(part, better)]
    return figure(
        WIDTH, HEIGHT, "", rect(left, 4, length, HEIGHT - 8, colour),
        line(middle, 1, middle, HEIGHT - 1, palette.muted, 1),
    )  # fmt: skip


def part_sense(part: float, better: Better) -> str:
    """``better`` or ``worse``; empty for no part, and where a band decides on the whole only."""
    if not part or better is Better.BAND:
        return ""
    return "better" if (part > 0) is (better is Better.HIGHER) else "worse"
