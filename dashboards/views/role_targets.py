"""The targets of a role that is being written, as its form shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dashboards.charts.aims import Aims
from kpi.catalogue import Better, Kpi, kpis
from kpi.errors import InputError
from kpi.months import Month
from kpi.numbers import DASH
from kpi.role.custom import read_custom
from kpi.role.editing import WrittenTarget
from kpi.role.model import Baseline, Change, Threshold
from kpi.role.tree import Table, read_tree
from kpi.role.values import Fault, parse_change, parse_value

_PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")

HEADINGS = ("KPI", "Floor", "Target", "Stretch", "Weight", "Gate", "Baseline")

LABELS = {
    "floor": "Floor",
    "target": "Target",
    "stretch": "Stretch",
    "weight": "Weight",
    "gate": "Gate",
    "baseline": "Baseline",
}
"""The fields of the form, in its order."""

_HELP = {
    "weight": "Its part of the score. All weights add up to 100.",
    "floor": "From here on, or worse, it earns 0 points.",
    "target": "Here it earns 100 points.",
    "stretch": "From here on it earns 120 points. Left empty, 100 is the most.",
    "gate": "If the target is missed, the whole score is at most this. Left empty: no gate.",
    "baseline": "Two months, as in 2025-01 to 2025-12: floor, target and stretch are then changes "
    "from the value in them.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A target in the list of all: what it is of, and a cell a column after that."""

    id: str
    name: str
    cells: tuple[str, ...]


def known_kpis(text: str) -> dict[str, Kpi]:
    """The KPIs that a text may name: the catalogue's, and those that it defines itself."""
    root, _ = read_tree(text)
    own = read_custom(root, kpis())[0] if isinstance(root, Table) else []
    return {**kpis(), **{each.id: each for each in own}}


def name_in(known: Mapping[str, Kpi], id: str) -> str:
    """A KPI's name; where there is none such, what was written."""
    return known[id].name if id in known else f"{id} (no such KPI)"


def target_rows(targets: Sequence[WrittenTarget], known: Mapping[str, Kpi]) -> list[Row]:
    """The list of all targets."""
    return [
        Row(
            each.kpi,
            name_in(known, each.kpi),
            tuple(each.values.get(field, DASH) for field in LABELS),
        )
        for each in targets
    ]


def weights_words(targets: Sequence[WrittenTarget]) -> tuple[str, bool]:
    """What the weights add up to, and whether that is 100."""
    weights = [_decimal(each.values.get("weight", "")) for each in targets]
    unread = sum(1 for each in weights if each is None)
    total = sum((each for each in weights if each is not None), Decimal(0))
    said = f"The weights add up to {_plain(total)} of 100"
    if unread:
        return f"{said}; {unread} cannot be read.", False
    if total == 100:
        return f"{said}.", True
    return f"{said}: {'add' if total < 100 else 'take away'} {_plain(abs(100 - total))}.", False


def help_on(field: str, kpi: Kpi | None) -> str:
    """What a field of the form is for."""
    if field in ("floor", "target") and kpi is not None and kpi.better is Better.BAND:
        return f"{_HELP[field]} A band, as in 85% to 95%."
    return _HELP[field]


def aims_written(target: WrittenTarget, kpi: Kpi, base: float | None) -> Aims:
    """What is written in the KPI's own unit, as far as it can be read. ``base``: the value in the
    months of its baseline, of which floor, target and stretch are changes."""
    changes = "baseline" in target.values

    def read(field: str) -> float | None:
        return _value(target.values.get(field, ""), kpi, changes, base)

    def band(field: str) -> Threshold | None:
        low, joint, high = target.values.get(field, "").partition(" to ")
        if not joint:
            return read(field)
        ends = [_value(each, kpi, changes, base) for each in (low, high)]
        return (ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None

    return Aims(band("floor"), band("target"), read("stretch"))


def baseline_of(target: WrittenTarget) -> Baseline | None:
    """The months of a target's baseline, if they can be read."""
    first, _, last = target.values.get("baseline", "").partition(" to ")
    try:
        found = Baseline(Month.parse(first), Month.parse(last))
    except InputError:
        return None
    return found if found.first <= found.last else None


def _value(written: str, kpi: Kpi, changes: bool, base: float | None) -> float | None:
    if not written:
        return None
    if not changes:
        value = parse_value(_number(written), kpi.unit, kpi.id)
        return None if isinstance(value, Fault) else value
    change = parse_change(_number(written), kpi.unit, kpi.id)
    if isinstance(change, Fault) or base is None:
        return None
    return _changed(change, base)


def _changed(change: Change, base: float) -> float:
    return base * (1 + change.amount) if change.relative else base + change.amount


def _number(written: str) -> str | float:
    """A plain number as a YAML reader would hand it over."""
    return float(written) if _PLAIN_NUMBER.fullmatch(written) else written


def _decimal(written: str) -> Decimal | None:
    try:
        found = Decimal(written)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
