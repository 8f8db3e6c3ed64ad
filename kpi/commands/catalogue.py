"""``kpi catalogue``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kpi.commands.options import output
from kpi.commands.printing import print_json, print_table

if TYPE_CHECKING:
    from kpi.catalogue import Kpi


@click.command()
@click.argument("kpi", required=False)
@output
def catalogue(kpi: str | None, form: str) -> None:
    """Show the KPIs, or all about one: formula, source, typical range, trap."""
    from kpi.catalogue import kpi as kpi_named
    from kpi.catalogue import kpis

    found = [kpi_named(kpi)] if kpi else list(kpis().values())
    documents = [_document(each) for each in found]
    if form == "json":
        print_json({"kpis": documents})
    elif kpi:
        rows = [
            {"name": name.replace("_", " "), "value": ", ".join(value)}
            if isinstance(value, list)
            else {"name": name.replace("_", " "), "value": value}
            for name, value in documents[0].items()
            if value not in (None, "", [])
        ]
        print_table(rows, {"name": "KPI", "value": found[0].name})
    else:
        print_table(documents, {"id": "KPI", "name": "Name", "family": "Family",
                                "better": "Better", "formula": "Formula"})  # fmt: skip


def _document(kpi: Kpi) -> dict[str, Any]:
    from kpi.catalogue import datasets_of

    return {
        "id": kpi.id,
        "name": kpi.name,
        "family": kpi.family,
        "definition": kpi.definition,
        "formula": kpi.formula.source,
        "unit": kpi.unit.value,
        "better": kpi.better.value,
        "minimum": f"{kpi.minimum.least:g} {kpi.minimum.counted}" if kpi.minimum else None,
        "standard": kpi.standard,
        "typical": kpi.typical,
        "trap": kpi.trap,
        "counterweights": list(kpi.counterweights),
        "datasets": sorted(datasets_of(kpi)),
    }
