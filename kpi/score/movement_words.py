"""A change taken apart, in sentences that a manager understands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import fsum

from kpi.catalogue import Kpi
from kpi.catalogue.formula import measures_in
from kpi.catalogue.shape import shape_of
from kpi.catalogue.splits import Split
from kpi.months import Month, period_words
from kpi.numbers import show, show_change
from kpi.score.movement import GroupMove, Movement

Period = tuple[Month, Month]

WITHIN_CHANCE = "Chance alone could have made this difference."
"""What is said of two figures that their margins do not tell apart."""

MOST = 3
"""Parts that are put into words."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FLAT = 0.05  # of the largest part: what is smaller says nothing beside it


def group_words(group: str | None, split: Split) -> str:
    """A group by its name: ``Dr. Ash``, ``Monday``, ``No provider given``, ``All others``."""
    if group is None:
        return "All others"
    if not group:
        return f"No {split} given"
    return _WEEKDAYS[int(group)] if split == "weekday" else group


def in_sentence(kpi: Kpi) -> str:
    """A KPI's name within a sentence: ``no-show rate``, but ``HIPAA violations``."""
    name = kpi.name
    return name if name[1:2].isupper() or name[1:2] == "/" else name[:1].lower() + name[1:]


def part_words(part: float, kpi: Kpi) -> str:
    """A part of a change with its sign: ``+1.1 pp``, ``−2 min``."""
    return show_change(part, 0.0, kpi.unit)


def weighed_words(kpi: Kpi) -> str:
    """What a group can have a larger or smaller share of: ``visits and no-shows``."""
    shape = shape_of(kpi.formula)
    if shape is None or shape.bottom is None:
        return "the total"
    least = kpi.minimum
    if least is not None and least.of is not None and least.of.root == shape.bottom:
        return least.counted
    named = list(dict.fromkeys(measures_in(shape.bottom)))
    if len(named) != 1:
        return "the total"
    words = named[0].replace("_", " ")
    return f"A/R{words[2:]}" if words.startswith("ar ") else words


@dataclass(frozen=True, slots=True)
class PartLine:
    """One group's part in words; ``share``, ``own`` and ``mix`` are empty where it has none."""

    group: str
    before: str
    after: str
    share: str
    own: str
    mix: str
    part: str
    amount: float  # the part itself


def in_order(found: Movement, split: Split) -> list[GroupMove]:
    """Every group's part: weekdays in their order, else the largest first."""
    moves = list(found.groups)
    if split == "weekday":
        moves.sort(key=lambda move: move.group or "")
    return moves


def part_line(move: GroupMove, kpi: Kpi, split: Split) -> PartLine:
    """One group's part in words."""
    return PartLine(
        group_words(move.group, split),
        show(move.before.value, kpi.unit),
        show(move.after.value, kpi.unit),
        _shares(move),
        part_words(move.own, kpi) if move.mix is not None else "",
        part_words(move.mix, kpi) if move.mix is not None else "",
        part_words(move.part, kpi),
        move.part,
    )


def part_headings(found: Movement, kpi: Kpi, split: Split) -> dict[str, str]:
    """The headings of those lines, by field; fields that no line fills are not among them."""
    named = {"group": split.capitalize(), "before": "Before", "after": "Now"}
    if found.kind != "sum":
        named["share"] = f"Share of {weighed_words(kpi)}"
    if found.kind == "ratio":
        named |= {"own": "By its own rate", "mix": "By its share"}
    return {**named, "part": "Together" if found.kind == "ratio" else "Part"}


def how_split(found: Movement, kpi: Kpi) -> str:
    """How the parts come about, for somebody who reads them the first time."""
    name, weighed = in_sentence(kpi), weighed_words(kpi)
    if found.kind == "sum":
        return "Each part is what the group has more or less than before; all add up to the change."
    if found.kind == "ratio":
        return (
            f"By its own rate: what the group's own {name} did. By its share: what came of its "
            f"having more or less of all {weighed}; more of a group that lies above average raises "
            "the whole. Both are weighed by the mean of the two periods, and all parts add up to "
            "the change."
        )
    return (
        f"Each part is what {name} moves by when the group's {weighed} of before are exchanged for "
        "those of now, on average over every order of exchanging the groups; they add up to the "
        "change."
    )


def headline(
    kpi: Kpi, against: Period, then: float, period: Period, now: float, apart: bool | None = None
) -> str:
    """``No-show rate rose from 14% (October to December 2025) to 16% (January to March 2026):
    +2 pp.`` ``apart`` False: chance alone could have made the difference, and it says so."""
    old, new = show(then, kpi.unit), show(now, kpi.unit)
    when, lately = period_words(*against), period_words(*period)
    if old == new:
        return f"{kpi.name} stayed at {new} ({when}, and {lately})."
    verb = "rose" if now > then else "fell"
    change = part_words(now - then, kpi)
    said = f"{kpi.name} {verb} from {old} ({when}) to {new} ({lately}): {change}."
    return f"{said} {WITHIN_CHANCE}" if apart is False else said


def largest_parts(found: Movement, kpi: Kpi, change: float, split: Split) -> tuple[str, ...]:
    """The three largest parts, each in a sentence with what it makes of the whole change."""
    if not found.groups:
        return ("Nothing was counted in either period.",)
    parts: list[tuple[float, GroupMove, _Sentence]] = []
    for move in found.groups:
        parts.append((move.own, move, _own))
        if move.mix is not None:
            parts.append((move.mix, move, _mix))
    largest = max((abs(part) for part, _, _ in parts), default=0.0)
    worth = [each for each in parts if abs(each[0]) > _FLAT * largest]
    worth.sort(key=lambda each: -abs(each[0]))
    # There may be hundreds of groups, and a sentence weighs its own against all of them.
    return tuple(said(move, found, kpi, change, split) for _, move, said in worth[:MOST])


_Sentence = Callable[[GroupMove, Movement, Kpi, float, Split], str]


def _own(move: GroupMove, found: Movement, kpi: Kpi, change: float, split: Split) -> str:
    label, name = group_words(move.group, split), in_sentence(kpi)
    old, new = move.before.value, move.after.value
    of = _of(move.own, change, kpi)
    if old is None or new is None:
        if found.kind == "ratio":
            return f"{label}: counted with no {weighed_words(kpi)} of its own, which is {of}."
        came, known = ("new", new) if old is None else ("gone", old)
        return f"{label}: {came}, with a {name} of {show(known, kpi.unit)}, which is {of}."
    before, after = show(old, kpi.unit), show(new, kpi.unit)
    if before != after:
        verb = "rose" if new > old else "fell"
        return f"{label}: {name} {verb} from {before} to {after}, which is {of}."
    if found.kind == "quantile":
        sizes = f"{move.before.bottom or 0:,.0f} to {move.after.bottom or 0:,.0f}"
        return (
            f"{label}: {name} stayed at {after}, the number of {weighed_words(kpi)} went from "
            f"{sizes}, which is {of}."
        )
    return f"{label}: {name} stayed near {after}, which is {of}."


def _mix(move: GroupMove, found: Movement, kpi: Kpi, change: float, split: Split) -> str:
    old, new = (show(side.weight, "percent") for side in (move.before, move.after))
    side = _against_average(move, found)
    why = f", and its {in_sentence(kpi)} is {side} average" if side else ""
    return (
        f"{group_words(move.group, split)}: {new} of all {weighed_words(kpi)} instead of {old}"
        f"{why}, which is {_of(move.mix or 0.0, change, kpi)}."
    )


def _against_average(move: GroupMove, found: Movement) -> str:
    own = [each for each in (move.before.value, move.after.value) if each is not None]
    if not own:
        return ""
    sides = [[each.before for each in found.groups], [each.after for each in found.groups]]
    average = fsum(
        (side.value or 0.0) * (side.weight or 0.0) for period in sides for side in period
    ) / len(sides)
    return "above" if fsum(own) / len(own) > average else "below"


def _of(part: float, change: float, kpi: Kpi) -> str:
    said = part_words(part, kpi)
    whole = part_words(change, kpi)
    # Parts that cancel out are no part of what is left of them.
    if part * change <= 0 or abs(part) > abs(change) * (1 + 1e-9):
        return f"{said}, against {whole} on the whole"
    return f"{said.split(' ')[0]} of the {whole}"


def _shares(move: GroupMove) -> str:
    if move.before.weight is None or move.after.weight is None:
        return ""
    return " → ".join(show(side.weight, "percent") for side in (move.before, move.after))
