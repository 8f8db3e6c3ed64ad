"""What a role file means, however it is written: the form in which two roles are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kpi.numbers import show
from kpi.role.model import Change, DeclaredTarget, Role
from kpi.role.values import parse_dollars, parse_percent

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value: equal to another where both mean the same, and shown as it is written."""

    means: object
    shown: str = field(compare=False)


def meaning(role: Role) -> dict[str, Any]:
    """A role's document as values, with defaults put in and left out where they say nothing.

    Lists of two that are one value (a band, a pay range) are one; so are a baseline's months.
    """
    document = dict(role.document)
    metrics = dict(document["performance_metrics"])
    targets = {each.kpi: each for each in role.targets}
    metrics["kpis"] = [_target(entry, targets[entry["kpi"]]) for entry in metrics["kpis"]]
    metrics["minimum_coverage"] = Value(
        role.minimum_coverage, show(role.minimum_coverage, "percent")
    )
    metrics["ratings"] = {name: _value(score) for name, score in role.ratings.items()}
    document["performance_metrics"] = metrics
    document["daily_duties"] = [
        {"text": duty} if isinstance(duty, str) else duty for duty in document["daily_duties"]
    ]
    found = _told(document, ())
    assert isinstance(found, dict)
    return found


def _told(written: Any, path: Path) -> Any:
    if isinstance(written, Value):
        return written
    if isinstance(written, Mapping):
        below = {key: _told(each, (*path, key)) for key, each in written.items()}
        return {key: each for key, each in below.items() if not _says_nothing(key, each, path)}
    if path == ("compensation", "range"):
        amounts = tuple(parse_dollars(each, "pay") for each in written)
        return Value(amounts, " to ".join(map(str, written)))
    if isinstance(written, list):
        return [_told(each, path) for each in written]
    if path[-2:] == ("bonus", "target") or path[-2:] == ("schedule", "share"):
        return Value(parse_percent(written, "the bonus"), str(written))
    return _value(written)


def _says_nothing(key: str, told: Any, path: Path) -> bool:
    """Whether a value is what holds where nothing is written."""
    if key == "essential":
        return bool(told == Value(False, ""))
    return key == "kpis" and told == [] and path != ("performance_metrics",)


def _value(written: Any) -> Value:
    if isinstance(written, bool):
        return Value(written, "yes" if written else "no")
    if isinstance(written, str):
        text = " ".join(written.split())
        return Value(text, text)
    return Value(written, f"{written:g}" if isinstance(written, float) else str(written))


def _target(entry: Mapping[str, Any], read: DeclaredTarget) -> dict[str, Any]:
    """One KPI's entry; floor, target and stretch as they were read, in the KPI's unit."""
    found = dict(entry)
    for key, value in (("floor", read.floor), ("target", read.target), ("stretch", read.stretch)):
        if value is not None:
            found[key] = Value(value, _threshold(entry[key], value))
    if read.baseline is not None:
        first, last = read.baseline.first, read.baseline.last
        found["baseline"] = Value((first, last), f"{first} to {last}")
    return found


def _threshold(written: Any, value: object) -> str:
    if isinstance(written, list):
        return " to ".join(map(str, written))
    return f"{written} from the baseline" if isinstance(value, Change) else str(written)
