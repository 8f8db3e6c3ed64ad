"""Which duty is measured by which KPI: the table of a role, and what is left out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.role.findings import Key, path_text
from kpi.role.model import Role

_SECTIONS = (("responsibilities", "text"), ("daily_duties", "text"), ("compliance", "duty"))


@dataclass(frozen=True, slots=True)
class CoveredDuty:
    """One duty of a role and the KPIs that it names. ``section``: responsibilities,
    daily_duties or compliance."""

    section: str
    path: tuple[Key, ...]
    text: str
    kpis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Duty × KPI: the KPIs with a target, in the role's order, and every duty."""

    kpis: tuple[str, ...]
    duties: tuple[CoveredDuty, ...]

    @property
    def unexplained(self) -> tuple[str, ...]:
        """The KPIs with a target that no duty names."""
        named = {kpi for duty in self.duties for kpi in duty.kpis}
        return tuple(kpi for kpi in self.kpis if kpi not in named)

    def measured(self, duty: CoveredDuty) -> tuple[str, ...]:
        """The KPIs with a target that measure a duty."""
        return tuple(kpi for kpi in self.kpis if kpi in duty.kpis)


def coverage(role: Role) -> Coverage:
    """The table of a role: each responsibility, daily duty and compliance duty against each KPI
    with a target."""
    return coverage_of(role.document, [target.kpi for target in role.targets])


def coverage_of(document: Mapping[str, Any], kpis: Sequence[str]) -> Coverage:
    """The same of a file as plain data, which may have errors: what is no duty is left out."""
    return Coverage(tuple(kpis), tuple(_duties(document)))


def coverage_json(found: Coverage) -> dict[str, Any]:
    """The ``coverage`` of ``kpi role check --format json``."""
    return {
        "kpis": list(found.kpis),
        "duties": [
            {
                "section": duty.section,
                "path": path_text(duty.path),
                "text": duty.text,
                "kpis": list(found.measured(duty)),
            }
            for duty in found.duties
        ],
        "unexplained": list(found.unexplained),
    }


def _duties(document: Mapping[str, Any]) -> Iterator[CoveredDuty]:
    for section, key in _SECTIONS:
        entries = document.get(section)
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            written = {key: entry} if isinstance(entry, str) else entry
            if not isinstance(written, dict) or not isinstance(written.get(key), str):
                continue
            named = written.get("kpis")
            kpis = named if isinstance(named, list) else []
            yield CoveredDuty(
                section,
                (section, number),
                " ".join(written[key].split()),
                tuple(kpi for kpi in kpis if isinstance(kpi, str)),
            )
