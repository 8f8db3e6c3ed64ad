"""Reads the KPIs of a role and what is asked of each: units, bands, baselines, weights."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kpi.catalogue.model import Better
from kpi.errors import InputError
from kpi.months import Month
from kpi.role.findings import Key, error, path_text
from kpi.role.model import Baseline, Change, DeclaredTarget, Finding
from kpi.role.references import Scale, text_of, unknown_kpi
from kpi.role.tree import UNREAD, Listing, Node, Scalar, Table, find, locate
from kpi.role.values import Fault, parse_change, parse_value

KPIS: tuple[Key, ...] = ("performance_metrics", "kpis")

Declared = float | tuple[float, float] | Change


def read_targets(
    root: Table, scales: Mapping[str, Scale | None]
) -> tuple[list[DeclaredTarget], list[Finding]]:
    """The targets that could be read, in the file's order, and what is wrong with the others."""
    listing = find(root, KPIS)
    if not isinstance(listing, Listing):
        return [], []
    targets, findings = [], _weights(root, listing)
    lines: dict[str, int] = {}
    for number, entry in enumerate(listing.items):
        if not isinstance(entry, Table):
            continue
        path = (*KPIS, number)
        id = text_of(find(entry, ("kpi",)))
        if id is None:
            continue
        place = locate(root, (*path, "kpi"))
        if id not in scales:
            findings.append(unknown_kpi(id, path_text((*path, "kpi")), place, scales))
            continue
        if id in lines:
            findings.append(
                error(
                    "duplicate-kpi",
                    path_text((*path, "kpi")),
                    place,
                    f"'{id}' already has a target on line {lines[id]}.",
                    "Keep one of the two, with the weight of both.",
                )
            )
        lines.setdefault(id, place.line)
        scale = scales[id]
        if scale is not None:
            reader = _Target(root, path, scale)
            target = reader.read(place.line)
            findings += reader.findings
            if target is not None:
                targets.append(target)
    return targets, findings


def _number(node: Node | None) -> float | None:
    written = node.value if isinstance(node, Scalar) else None
    is_number = isinstance(written, (int, float)) and not isinstance(written, bool)
    return float(written) if is_number else None  # type: ignore[arg-type]


def _weights(root: Table, listing: Listing) -> list[Finding]:
    """Weights add up to 100. Nothing is said while one of them is missing or not a number."""
    weights = [_number(find(entry, ("weight",))) for entry in listing.items]
    if not weights or any(weight is None for weight in weights):
        return []
    total = sum((Decimal(str(weight)) for weight in weights), Decimal(0))
    if abs(total - 100) <= Decimal("1e-9"):
        return []
    step = f"{abs(total - 100).normalize():f}"
    return [
        error(
            "weights",
            path_text(KPIS),
            locate(root, KPIS, at_key=True),
            f"The weights of the KPIs add up to {total.normalize():f}, not 100.",
            f"{'Take away' if total > 100 else 'Add'} {step} in all.",
        )
    ]


class _Target:
    """One entry of the list, read key by key; what is wrong gathers in ``findings``."""

    def __init__(self, root: Table, path: tuple[Key, ...], scale: Scale) -> None:
        self.findings: list[Finding] = []
        self._root, self._path, self._scale = root, path, scale

    def read(self, line: int) -> DeclaredTarget | None:
        """The target, or None when a part of it is missing or wrong."""
        changes = self._node("baseline") is not None
        baseline = self._baseline()
        if changes and self._scale.better is Better.BAND:
            self._say(
                "baseline",
                "band-baseline",
                "A band cannot be a change from a baseline.",
                "Remove the baseline and write the band itself.",
            )
            return None
        band = self._scale.better is Better.BAND
        target, floor = self._threshold("target", band, changes), None
        floor = self._threshold("floor", band, changes)
        stretch = self._stretch(band, changes)
        self._order(target, floor, stretch)
        weight = _number(self._node("weight"))
        if self.findings or target is None or weight is None or (changes and baseline is None):
            return None
        return DeclaredTarget(
            self._scale.id,
            weight,
            target,
            floor,
            stretch,
            _number(self._node("gate")),
            _number(self._node("minimum")),
            baseline,
            line,
        )

    def _node(self, key: str) -> Node | None:
        return find(self._root, (*self._path, key))

    def _say(self, key: str, rule: str, message: str, remedy: str) -> None:
        path = (*self._path, key)
        self.findings.append(
            error(rule, path_text(path), locate(self._root, path), message, remedy)
        )

    def _threshold(self, key: str, band: bool, changes: bool) -> Declared | None:
        """A floor or target, or None when it is not there or wrong."""
        node = self._node(key)
        if node is None or (isinstance(node, Scalar) and node.value is UNREAD):
            return None
        if band:
            return self._band(key, node)
        if isinstance(node, Listing):
            better = self._scale.better.value
            self._say(
                key,
                "band",
                f"A band of two values stands here, but of {self._scale.id} {better} is better.",
                "Write one value.",
            )
            return None
        return self._value(key, node, changes)

    def _value(self, key: str, node: Node, changes: bool) -> float | Change | None:
        written = node.value if isinstance(node, Scalar) else {}
        if written is UNREAD:
            return None
        parse = parse_change if changes else parse_value
        found = parse(written, self._scale.unit, self._scale.id)
        if isinstance(found, Fault):
            path = (*self._path, key)
            self.findings.append(
                error(found.rule, path_text(path), node.place, found.message, found.remedy)
            )
            return None
        return found

    def _band(self, key: str, node: Node) -> tuple[float, float] | None:
        if not isinstance(node, Listing) or len(node.items) != 2:
            self._say(
                key,
                "band",
                f"{self._scale.id} is judged by a band, and this is none.",
                'Write the two ends in square brackets, the lower first, as in ["85%", "95%"].',
            )
            return None
        ends = [self._value(key, item, False) for item in node.items]
        low, high = ends
        if not isinstance(low, float) or not isinstance(high, float):
            return None
        if low >= high:
            self._say(
                key,
                "band-order",
                "The band begins at or above its end.",
                "Write the lower end first.",
            )
            return None
        return low, high

    def _stretch(self, band: bool, changes: bool) -> float | Change | None:
        node = self._node("stretch")
        if node is None:
            return None
        if band:
            self._say(
                "stretch",
                "band-stretch",
                "A band has no stretch: within it is 100.",
                "Remove 'stretch'.",
            )
            return None
        found = self._threshold("stretch", band, changes)
        return None if isinstance(found, tuple) else found

    def _baseline(self) -> Baseline | None:
        """The baseline's months; what is wrong with either is a finding of the file's shape."""
        first, last = self._month("from"), self._month("to")
        if first is None or last is None:
            return None
        if first > last:
            self._say(
                "baseline",
                "baseline-months",
                "The baseline ends before it begins.",
                "Write the earlier month under 'from'.",
            )
            return None
        return Baseline(first, last)

    def _month(self, key: str) -> Month | None:
        written = text_of(find(self._root, (*self._path, "baseline", key)))
        try:
            return Month.parse(written) if written is not None else None
        except InputError:
            return None

    def _order(
        self, target: Declared | None, floor: Declared | None, stretch: Declared | None
    ) -> None:
        """Floor worse than target, stretch better, band within its floor."""
        if isinstance(target, tuple) and isinstance(floor, tuple):
            if not (floor[0] < target[0] and target[1] < floor[1]):
                self._say(
                    "floor",
                    "floor",
                    "The floor must reach further out than the target on both sides.",
                    "Write a wider floor, or a narrower target.",
                )
            return
        if target is None or isinstance(target, tuple):
            return
        for key, other in (("floor", floor), ("stretch", stretch)):
            if other is None or isinstance(other, tuple):
                continue
            gap = _gap(target, other)
            if gap is None:
                self._say(
                    key,
                    "baseline-change",
                    f"{key} and target are changes of two kinds, "
                    "one relative and one in percentage points.",
                    "Write all of them in % or all of them in pp.",
                )
            elif (gap if self._scale.better is Better.HIGHER else -gap) * _SIDE[key] <= 0:
                self._say(
                    key,
                    key,
                    f"The {key} must be {_WORDS[key]} than the target; of "
                    f"{self._scale.id} {self._scale.better.value} is better.",
                    f"Write a {key} {_direction(self._scale.better, key)} the target, or "
                    "change the target.",
                )


_SIDE = {"floor": -1, "stretch": 1}
_WORDS = {"floor": "worse", "stretch": "better"}


def _direction(better: Better, key: str) -> str:
    return "above" if (better is Better.HIGHER) == (key == "stretch") else "below"


def _gap(target: float | Change, other: float | Change) -> float | None:
    """How far the other lies above the target; None for changes of two kinds."""
    if isinstance(target, Change) and isinstance(other, Change):
        same = target.relative == other.relative or 0.0 in (target.amount, other.amount)
        return other.amount - target.amount if same else None
    if isinstance(target, Change) or isinstance(other, Change):
        return None
    return other - target
