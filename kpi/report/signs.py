"""The signs: what a control chart says, how a gate stands, how much of a month is there.

Each differs from its neighbours by shape before colour, and its words stand beside it, so its
text alternative is empty: a screen reader hears the words once.
"""

from __future__ import annotations

from kpi.report.svg import Figure, circle, figure, line, path, rect
from kpi.report.theme import Palette

SIZE = 20


def signal_sign(signal: str | None, palette: Palette) -> Figure:
    """Variation: a disc with a tick (improving), a diamond with a bang (deteriorating), a ring with
    a wave (noise), a dotted ring (too early), a square with an arrow (a band's rise or fall)."""
    white = palette.on_sign
    if signal == "improving":
        return _sign(
            circle(10, 10, 9, palette.better), path("M5.8 10.4 L8.8 13.4 L14.4 7.2", white, 2)
        )
    if signal == "deteriorating":
        return _sign(
            f'<path d="M10 0.5 L19.5 10 L10 19.5 L0.5 10 Z" fill="{palette.worse}"/>',
            line(10, 5.4, 10, 11.4, white, 2.2),
            circle(10, 14.2, 1.3, white),
        )
    if signal == "common_cause":
        return _sign(
            _ring(palette.neutral),
            path("M5 11.2 Q7.5 6.6 10 10 T15 8.8", palette.neutral, 1.8),
        )
    if signal in ("rising", "falling"):
        arrow = "M10 14.5 V6 M6.4 9.4 L10 5.6 L13.6 9.4"
        if signal == "falling":
            arrow = "M10 5.5 V14 M6.4 10.6 L10 14.4 L13.6 10.6"
        return _sign(rect(1, 1, 18, 18, palette.neutral, 3), path(arrow, white, 2))
    if signal == "trial":
        return _sign(_ring(palette.neutral, "2 2.6"), circle(10, 10, 1.6, palette.neutral))
    return _sign(line(5, 10, 15, 10, palette.neutral, 2))


def assurance_sign(assurance: str | None, palette: Palette) -> Figure:
    """Where the target lies to the process: a full disc, an empty diamond, a half-filled ring."""
    if assurance == "consistently_meets":
        return _sign(_ring(palette.better), circle(10, 10, 5, palette.better))
    if assurance == "consistently_misses":
        return _sign(
            f'<path d="M10 1.5 L18.5 10 L10 18.5 L1.5 10 Z" fill="none" '
            f'stroke="{palette.worse}" stroke-width="2"/>',
            line(6.5, 10, 13.5, 10, palette.worse, 2),
        )
    if assurance == "hit_or_miss":
        return _sign(
            _ring(palette.neutral),
            f'<path d="M10 4.5 A5.5 5.5 0 0 1 10 15.5 Z" fill="{palette.neutral}"/>',
        )
    return _sign(line(5, 10, 15, 10, palette.neutral, 2))


def gate_sign(state: str, palette: Palette) -> Figure:
    """A gate: a closed bar (held), a broken one in a diamond (breached), a clock, a dotted ring."""
    if state == "held":
        return _sign(
            rect(1, 1, 18, 18, palette.better, 4),
            path("M5.8 10.4 L8.8 13.4 L14.4 7.2", palette.on_sign, 2),
        )
    if state == "breached":
        return _sign(
            f'<path d="M10 0.5 L19.5 10 L10 19.5 L0.5 10 Z" fill="{palette.worse}"/>',
            path("M7 7 L13 13 M13 7 L7 13", palette.on_sign, 2.2),
        )
    if state == "pending":
        return _sign(_ring(palette.neutral), path("M10 5.5 V10 L13.2 12", palette.neutral, 1.8))
    return _sign(_ring(palette.neutral, "2 2.6"), line(7, 10, 13, 10, palette.neutral, 1.8))


def month_sign(state: str, palette: Palette) -> Figure:
    """A month of a dataset: full disc, half disc, empty ring; a page with a line for attested."""
    if state == "complete":
        return _sign(
            circle(10, 10, 8.5, palette.better),
            path("M6 10.3 L9 13.2 L14.2 7.4", palette.on_sign, 2),
        )
    if state == "partial":
        return _sign(
            _ring(palette.worse),
            f'<path d="M10 2 A8 8 0 0 1 10 18 Z" fill="{palette.worse}"/>',
        )
    if state == "attested":
        return _sign(
            rect(1.5, 1.5, 17, 17, palette.better, 3),
            line(5.5, 10, 14.5, 10, palette.on_sign, 2.2),
        )
    if state == "pending":
        return _sign(_ring(palette.neutral), path("M10 5.5 V10 L13.2 12", palette.neutral, 1.8))
    return _sign(_ring(palette.worse, "3 2.4"))


def finding_sign(error: bool, palette: Palette) -> Figure:
    """What the lint finds: a diamond with a bang for an error, a ring with a line for a warning."""
    if error:
        return signal_sign("deteriorating", palette)
    return _sign(
        _ring(palette.neutral),
        line(10, 5.4, 10, 11.4, palette.neutral, 2),
        circle(10, 14.2, 1.2, palette.neutral),
    )


def _sign(*elements: str) -> Figure:
    return figure(SIZE, SIZE, "", *elements)


def _ring(colour: str, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<circle cx="10" cy="10" r="8.5" fill="none" stroke="{colour}" '
        f'stroke-width="1.8"{dashed}/>'
    )
