"""``kpi practice`` and ``kpi manager``."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import click

from kpi.commands.options import MONTH, database, opened, output, period
from kpi.commands.printing import print_json, print_table
from kpi.errors import InputError
from kpi.months import Month, runs

if TYPE_CHECKING:
    from kpi.report import Paper


@click.group()
def practice() -> None:
    """Add and list practices."""


@practice.command("add")
@click.argument("id")
@click.option("--name", required=True, help="Name that people read.")
@click.option(
    "--timezone",
    default="UTC",
    show_default=True,
    metavar="TZ",
    help="Its clock, as America/New_York; for exports in universal time.",
)
@click.option(
    "--fiscal-start",
    default=1,
    show_default=True,
    type=click.IntRange(1, 12),
    metavar="MM",
    help="First month of its fiscal year.",
)
@database
def practice_add(id: str, name: str, timezone: str, fiscal_start: int, db: str | None) -> None:
    """Add a practice."""
    from kpi.access.actor import operator
    from kpi.access.practices import add_practice

    added = add_practice(opened(db), operator(), id, name, timezone, fiscal_start)
    click.echo(f"Added {added.id}: {added.name}, clock {added.timezone}.")


@practice.command("list")
@output
@database
def practice_list(form: str, db: str | None) -> None:
    """List practices."""
    from kpi.access.actor import operator
    from kpi.access.practices import list_practices

    rows = [
        {"id": each.id, "name": each.name, "timezone": each.timezone,
         "fiscal_start": each.fiscal_start}
        for each in list_practices(opened(db), operator())
    ]  # fmt: skip
    if form == "json":
        print_json({"practices": rows})
    else:
        print_table(rows, {"id": "Practice", "name": "Name", "timezone": "Clock",
                           "fiscal_start": "Fiscal year from month"})  # fmt: skip


@click.group()
def manager() -> None:
    """Assign managers to practices."""


@manager.command("add")
@click.argument("id")
@click.option("--name", required=True, help="Name that people read.")
@click.option("--practice", "practice_id", required=True, metavar="ID", help="Practice.")
@click.option("--from", "first", type=MONTH, required=True, help="First month.")
@click.option("--to", "last", type=MONTH, help="Last month; left out: open.")
@click.option("--role", metavar="ROLE", help="Role she or he is scored by.")
@click.option(
    "--location",
    "locations",
    multiple=True,
    metavar="L",
    help="A location she or he runs; left out: all. May be repeated.",
)
@database
def manager_add(
    id: str,
    name: str,
    practice_id: str,
    first: Month,
    last: Month | None,
    role: str | None,
    locations: tuple[str, ...],
    db: str | None,
) -> None:
    """Assign a manager to a practice."""
    from kpi.access.actor import operator
    from kpi.access.managers import DEFAULT_ROLE, add_manager

    added = add_manager(
        opened(db), operator(), id, name, practice_id, first, last, role or DEFAULT_ROLE, locations
    )
    click.echo(
        f"{added.manager.name} runs {added.practice.name} from {added.first} to "
        f"{added.last or 'now'} as {added.role}."
    )


@manager.command("end")
@click.argument("id")
@click.option("--to", "last", type=MONTH, required=True, help="Last month.")
@click.option("--practice", "practice_id", metavar="ID", help="Practice, where there are two.")
@database
def manager_end(id: str, last: Month, practice_id: str | None, db: str | None) -> None:
    """End a manager's open assignment."""
    from kpi.access.actor import operator
    from kpi.access.managers import end_assignment

    ended = end_assignment(opened(db), operator(), id, last, practice_id)
    click.echo(f"{ended.manager.name} runs {ended.practice.name} to {ended.last}.")


@manager.command("leave")
@click.argument("id")
@click.option("--practice", "practice_id", required=True, metavar="ID", help="Practice.")
@period
@click.option("--withdraw", is_flag=True, help="Take back leave set with just these months.")
@database
def manager_leave(
    id: str, practice_id: str, first: Month, last: Month, withdraw: bool, db: str | None
) -> None:
    """Take whole months of leave out of what a manager is scored by; no reason is kept."""
    from kpi.access.actor import operator
    from kpi.access.leave import set_leave, withdraw_leave

    if withdraw:
        withdraw_leave(opened(db), operator(), id, practice_id, first, last)
        click.echo(f"{id} is not on leave from {first} to {last} any more.")
        return
    set_leave(opened(db), operator(), id, practice_id, first, last)
    click.echo(f"{id} is on leave from {first} to {last}: these months do not score.")


@manager.command("file")
@click.argument("id")
@click.option("--practice", "practice_id", metavar="ID", help="One practice's part; left out: all.")
@click.option(
    "-o",
    "target",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.zip",
    help="The ZIP to write.",
)
@click.option(
    "--paper",
    type=click.Choice(["letter", "a4"]),
    default="letter",
    show_default=True,
    help="Paper of the PDFs.",
)
@database
def manager_file(
    id: str, practice_id: str | None, target: Path, paper: Paper, db: str | None
) -> None:
    """Write all that practices hold about a manager: roles, scorecards, comments, exclusions."""
    from kpi.access.actor import operator
    from kpi.report.archive import archive
    from kpi.report.own_file import own_file
    from kpi.review.frozen.own_file import take_own_file

    if target.suffix.lower() != ".zip":
        raise InputError(f"{target.name}: a manager's own file is a ZIP; name it so.")
    parts = take_own_file(opened(db), operator(), id, practice_id)
    with TemporaryFile() as file:
        archive(file, own_file(parts, paper))
        file.seek(0)
        with target.open("wb") as written:
            copyfileobj(file, written)
    click.echo(f"{target} written.")


@manager.command("list")
@output
@database
def manager_list(form: str, db: str | None) -> None:
    """List assignments."""
    from kpi.access.actor import operator
    from kpi.access.managers import list_assignments

    rows: list[dict[str, Any]] = [
        {"manager": each.manager.id, "name": each.manager.name, "practice": each.practice.id,
         "role": each.role, "from": str(each.first), "to": str(each.last) if each.last else None,
         "locations": list(each.locations),
         "leave": [{"from": str(first), "to": str(last)} for first, last in runs(each.leave)]}
        for each in list_assignments(opened(db), operator())
    ]  # fmt: skip
    if form == "json":
        print_json({"assignments": rows})
    else:
        table = [
            {**each, "leave": ", ".join(f"{one['from']} to {one['to']}" for one in each["leave"])}
            for each in rows
        ]
        print_table(table, {"manager": "Manager", "name": "Name", "practice": "Practice",
                            "role": "Role", "from": "From", "to": "To",
                            "locations": "Locations", "leave": "Leave"})  # fmt: skip
