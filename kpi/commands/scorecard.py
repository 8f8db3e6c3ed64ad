"""``kpi scorecard``: one scorecard, or every manager's into a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kpi.commands.options import database, opened, period
from kpi.commands.progress import told
from kpi.errors import InputError, RolecardError
from kpi.months import Month

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from kpi.report import Document, Format, Paper

FORMATS = ("pdf", "xlsx", "html", "csv", "json")


class FormatsType(click.ParamType[tuple[str, ...]]):
    """Formats, ``pdf,xlsx``; anything else is wrong usage."""

    name = "FORMATS"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        found = tuple(dict.fromkeys(part.strip().lower() for part in str(value).split(",")))
        for each in found:
            if each not in FORMATS:
                self.fail(f"'{each}' is none of {', '.join(FORMATS)}.", param, ctx)
        return found


@click.command()
@click.option("--manager", metavar="ID", help="Manager.")
@click.option("--all-managers", is_flag=True, help="Every manager's, into a folder.")
@click.option("--practice", metavar="ID", help="Practice, where there are two.")
@period
@click.option(
    "-o",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="FILE.pdf, .xlsx, .html, .csv or .json; a folder with --all-managers.",
)
@click.option(
    "--format",
    "formats",
    type=FormatsType(),
    default=",".join(FORMATS),
    show_default=True,
    help="Formats of --all-managers.",
)
@click.option(
    "--paper",
    type=click.Choice(["letter", "a4"]),
    default="letter",
    show_default=True,
    help="Paper of a PDF.",
)
@database
def scorecard(
    manager: str | None,
    all_managers: bool,
    practice: str | None,
    first: Month,
    last: Month,
    target: Path,
    formats: tuple[Format, ...],
    paper: Paper,
    db: str | None,
) -> None:
    """Write one scorecard, or every manager's into a folder."""
    if (manager is None) == (not all_managers):
        raise click.UsageError("Give either --manager ID or --all-managers.")
    engine = opened(db)
    if manager is not None:
        _write_one(engine, manager, practice, (first, last), target, paper)
    elif _write_all(engine, practice, (first, last), target, formats, paper):
        raise SystemExit(1)


def _write_one(
    engine: Engine,
    manager: str,
    practice: str | None,
    months: tuple[Month, Month],
    target: Path,
    paper: Paper,
) -> None:
    from kpi.access.actor import operator
    from kpi.access.exports import note_export
    from kpi.report import render
    from kpi.review.frozen.document import scorecard_document

    form: Any = target.suffix.lstrip(".").lower()
    if form not in FORMATS:
        raise InputError(f"{target.name}: scorecards are written as {', '.join(FORMATS)}.")
    first, last = months
    document = scorecard_document(engine, operator(), manager, first, last, practice)
    note_export(
        engine, operator(), document["practice"], f"scorecard of {manager}",
        months=[str(first), str(last)], formats=[form],
    )  # fmt: skip
    target.write_bytes(render(document, form, paper))
    click.echo(f"{target} written.")


def _write_all(
    engine: Engine,
    practice: str | None,
    months: tuple[Month, Month],
    folder: Path,
    formats: Sequence[Format],
    paper: Paper,
) -> int:
    """Writes every scorecard of the months, each on its own; gives how many could not be."""
    from kpi.access.actor import operator
    from kpi.access.exports import note_scorecard
    from kpi.access.managers import list_assignments
    from kpi.report.many import render_many
    from kpi.review.frozen.document import scorecard_document

    first, last = months
    actor, failed = operator(), 0
    wanted = [
        each
        for each in list_assignments(engine, actor)
        if practice in (None, each.practice.id) and each.months(first, last)
    ]
    folder.mkdir(parents=True, exist_ok=True)

    def documents() -> Iterator[Document]:
        nonlocal failed
        for at, each in enumerate(wanted):
            if tell is not None:
                tell(each.manager.id, at / len(wanted))
            try:
                document = scorecard_document(
                    engine, actor, each.manager.id, first, last, each.practice.id
                )
                note_scorecard(engine, actor, each, first, last, formats)
            except RolecardError as error:
                failed += 1
                click.echo(f"kpi: {each.manager.id}: {error}", err=True)
            else:
                yield document

    with told("Scorecards") as tell:
        for made in render_many(documents(), len(wanted), formats, paper):
            try:
                if made.error is not None:
                    raise made.error
                for name, content in made.files:
                    (folder / name).write_bytes(content)
                    click.echo(f"{folder / name} written.")
            except Exception as error:
                failed += 1
                click.echo(f"kpi: {made.manager}: {_why(error)}", err=True)
    return failed


def _why(error: Exception) -> str:
    if isinstance(error, RolecardError | OSError):
        return str(error)
    from kpi.store.faults import note_fault

    return f"it could not be written; reference {note_fault(error)}, the details are in kpi.log."
