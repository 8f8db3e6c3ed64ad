"""``kpi template``."""

from __future__ import annotations

import click

from kpi.commands.options import output
from kpi.commands.printing import print_json, print_table


@click.command()
@click.argument("dataset")
@click.option("--describe", is_flag=True, help="Explain each column instead.")
@output
def template(dataset: str, describe: bool, form: str) -> None:
    """Print a dataset's empty CSV, or explain its columns."""
    from kpi.datasets import dataset as dataset_named

    found = dataset_named(dataset)
    if not describe:
        click.echo(",".join(found.names))
        return
    if form == "json":
        columns = [
            {"name": column.name, "required": column.required, "kind": column.kind.value,
             "text": column.text, "choices": list(column.choices), "example": column.example}
            for column in found.columns
        ]  # fmt: skip
        print_json({"dataset": found.name, "row": found.row, "columns": columns})
        return
    click.echo(f"{found.name}: {found.row}\n")
    rows = [
        {
            "name": column.name,
            "required": "required" if column.required else "",
            "kind": column.kind.value,
            "text": column.text
            + (f"; one of: {', '.join(column.choices)}" if column.choices else "")
            + ("; kept only as a keyed hash" if column.kind.value == "id" else ""),
            "example": column.example,
        }
        for column in found.columns
    ]
    print_table(rows, {"name": "Column", "required": "", "kind": "Kind", "text": "What it is",
                       "example": "Example"})  # fmt: skip
