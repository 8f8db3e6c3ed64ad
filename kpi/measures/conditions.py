"""What a dataset's months are judged by beside their records, in the form of figures."""

from __future__ import annotations

from sqlalchemy import Connection

from kpi.measures.completeness import covered_months, declared_months
from kpi.measures.figures import Figure, FigureKind
from kpi.measures.quarantine import refused_months
from kpi.measures.stored import said_bases
from kpi.measures.unconfirmed import unconfirmed_months


def conditions(connection: Connection, practice: int, dataset: str) -> dict[Figure, float]:
    """Which months are covered, declared empty, have rows in quarantine or deeds that nobody has
    countersigned, and the ledger's bases; of all months."""
    found: dict[Figure, float] = {}
    for _name, code in covered_months(connection, practice, [dataset]):
        found[Figure(FigureKind.COVERED, dataset, code)] = 1.0
    for (_name, code), waits in declared_months(connection, practice, [dataset]).items():
        found[Figure(FigureKind.DECLARED, dataset, code)] = 1.0 if waits else 2.0
    for (_name, code), rows in refused_months(connection, practice, [dataset]).items():
        found[Figure(FigureKind.REFUSED, dataset, code)] = float(rows)
    for (_name, code), abouts in unconfirmed_months(connection, practice, [dataset]).items():
        for about in abouts:
            found[Figure(FigureKind.UNCONFIRMED, dataset, code, about)] = 1.0
    if dataset == "ledger":
        for code, basis in said_bases(connection, practice):
            found[Figure(FigureKind.BASIS, basis, code)] = 1.0
    return found
