"""What a role file refers to: KPIs of the catalogue, and its own ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kpi.catalogue.model import Better, Kpi, Unit
from kpi.errors import nearest
from kpi.role.findings import Key, Place, error, path_text, shown
from kpi.role.model import Finding
from kpi.role.tree import Listing, Node, Scalar, Table, find, locate

CUSTOM: Final[tuple[Key, ...]] = ("performance_metrics", "custom_kpis")
REQUIRES: Final[tuple[Key, ...]] = ("compensation", "bonus", "requires")


@dataclass(frozen=True, slots=True)
class Scale:
    """What a target has to know of its KPI."""

    id: str
    unit: Unit
    better: Better


def known_scales(root: Table, catalogue: Mapping[str, Kpi]) -> dict[str, Scale | None]:
    """Every KPI id that the file may name: the catalogue's, and the file's own custom ones.

    A custom KPI that does not say its unit or direction is known, and has no scale.
    """
    scales: dict[str, Scale | None] = {
        id: Scale(id, kpi.unit, kpi.better) for id, kpi in catalogue.items()
    }
    custom = find(root, CUSTOM)
    for number in range(len(custom.items) if isinstance(custom, Listing) else 0):
        id = text_of(find(root, (*CUSTOM, number, "id")))
        unit = text_of(find(root, (*CUSTOM, number, "unit")))
        better = text_of(find(root, (*CUSTOM, number, "better")))
        if id is not None and id not in scales:
            scales[id] = _scale(id, unit or "", better or "")
    return scales


def _scale(id: str, unit: str, better: str) -> Scale | None:
    try:
        return Scale(id, Unit(unit), Better(better))
    except ValueError:
        return None


def unknown_kpi(id: str, path: str, place: Place, known: Mapping[str, object]) -> Finding:
    """The finding for an id that names no KPI, with the nearest one that there is."""
    return error(
        "unknown-kpi",
        path,
        place,
        f"There is no KPI {shown(id)}.{nearest(id, known)}",
        "Use an id that 'kpi catalogue' lists.",
    )


def check_references(root: Table, known: Mapping[str, object]) -> list[Finding]:
    """KPIs named by responsibilities, duties, compliance and the bonus exist; ids stand once."""
    findings = []
    for path in _lists_of_kpis(root):
        listing = find(root, path)
        for number in range(len(listing.items) if isinstance(listing, Listing) else 0):
            id = text_of(find(root, (*path, number)))
            place = locate(root, (*path, number))
            if id is not None and id not in known:
                findings.append(unknown_kpi(id, path_text((*path, number)), place, known))
    return findings + _repeated_ids(root, "responsibilities") + _repeated_ids(root, "skills")


def _lists_of_kpis(root: Table) -> list[tuple[Key, ...]]:
    paths: list[tuple[Key, ...]] = [REQUIRES]
    for section in ("responsibilities", "skills", "daily_duties", "compliance"):
        entries = find(root, (section,))
        if isinstance(entries, Listing):
            paths += [(section, number, "kpis") for number in range(len(entries.items))]
    return paths


def _repeated_ids(root: Table, section: str) -> list[Finding]:
    entries = find(root, (section,))
    lines: dict[str, int] = {}
    findings = []
    for number in range(len(entries.items) if isinstance(entries, Listing) else 0):
        path = (section, number, "id")
        id = text_of(find(root, path))
        place = locate(root, path)
        if id is not None and id in lines:
            findings.append(
                error(
                    "duplicate-id",
                    path_text(path),
                    place,
                    f"The id '{id}' already stands on line {lines[id]}.",
                    "Choose another id.",
                )
            )
        elif id is not None:
            lines[id] = place.line
    return findings


def text_of(node: Node | None) -> str | None:
    """The text of a node; None when it is something else or not there."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None
