"""A group's part of a change as a bar from a line at zero: right is up, left is down."""

from __future__ import annotations

from kpi.catalogue.model import Better
from kpi.report.svg import Figure, figure, line, rect
from kpi.report.theme import Palette

WIDTH, HEIGHT = 160, 18


def part_bar(part: float, largest: float, better: Better, palette: Palette) -> Figure:
    """The bar, as long as the largest where it is that one. Blue is for the better, orange for the
    worse, grey where a band decides. What it says stands beside it in figures."""
    middle = WIDTH / 2
    length = 0.0 if not largest else max(1.5, abs(part) / largest * (middle - 2)) if part else 0.0
    left = middle if part > 0 else middle - length
    colour = palette.neutral
    if better is not Better.BAND:
        colour = palette.better if (part > 0) is (better is Better.HIGHER) else palette.worse
    return figure(
        WIDTH, HEIGHT, "", rect(left, 4, length, HEIGHT - 8, colour),
        line(middle, 1, middle, HEIGHT - 1, palette.muted, 1),
    )  # fmt: skip
