"""``kpi catalogue``."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from kpi.commands.options import output
from kpi.commands.printing import print_json, print_table, print_terms

if TYPE_CHECKING:
    from kpi.catalogue import Kpi


@click.command()
@click.argument("kpi", required=False)
@output
def catalogue(kpi: str | None, form: str) -> None:
    """Show the KPIs, or all about one: formula, minimum, standard, typical range, trap."""
    from kpi.catalogue import kpi as kpi_named
    from kpi.catalogue import kpis

    found = [kpi_named(kpi)] if kpi else list(kpis().values())
    if form == "json":
        print_json({"kpis": [_document(each) for each in found]})
    elif kpi:
        _show(found[0])
    else:
        _list(found)


def _list(found: list[Kpi]) -> None:
    """The KPIs family by family, narrow enough for any console."""
    for family, entries in groupby(found, key=lambda each: each.family):
        click.echo(f"{family.capitalize()}\n")
        rows = [{"id": each.id, "name": each.name, "better": each.better} for each in entries]
        print_table(rows, {"id": "KPI", "name": "Name", "better": "Better"})
        click.echo()
    click.echo("`kpi catalogue KPI` explains one of them.")


def _show(kpi: Kpi) -> None:
    from kpi.catalogue.words import terms

    click.echo(f"{kpi.name} ({kpi.id}), {kpi.family}\n")
    print_terms(terms(kpi))


def _document(kpi: Kpi) -> dict[str, Any]:
    from kpi.catalogue import datasets_of
    from kpi.catalogue.words import least

    return {
        "id": kpi.id,
        "name": kpi.name,
        "family": kpi.family,
        "definition": kpi.definition,
        "formula": kpi.formula.source,
        "unit": kpi.unit.value,
        "better": kpi.better.value,
        "minimum": least(kpi) if kpi.minimum else None,
        "standard": kpi.standard.says,
        "standard_source": kpi.standard.source or None,
        "standard_sure": kpi.standard.sure.value,
        "typical": kpi.typical.says,
        "typical_source": kpi.typical.source or None,
        "typical_sure": kpi.typical.sure.value,
        "control": kpi.control.degree.value,
        "control_others": kpi.control.others,
        "trap": kpi.trap,
        "counterweights": list(kpi.counterweights),
        "datasets": sorted(datasets_of(kpi)),
    }
