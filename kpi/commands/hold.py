"""``kpi hold``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kpi.commands.options import database, opened, output
from kpi.commands.printing import print_json, print_table

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from kpi.access.actor import Actor
    from kpi.access.holds import Hold

_reason = click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept.")


class _Holds(click.Group):
    """What is no command of the group is what to hold: ``kpi hold lakeside --reason …``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["set", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Holds, subcommand_metavar="MANAGER|PRACTICE --reason TEXT | COMMAND [ARGS]...")
def hold() -> None:
    """Stop every deletion that touches a manager or a practice, undoing an upload included."""


@hold.command("set")
@click.argument("id", metavar="MANAGER|PRACTICE")
@_reason
@database
def hold_set(id: str, reason: str, db: str | None) -> None:
    """Put a manager or a practice under a hold; 'set' may be left out.

    Where a manager and a practice have the same id, write manager:ID or practice:ID.
    """
    from kpi.access.actor import operator

    found = _put(opened(db), operator(), id, reason)
    click.echo(
        f"Hold {found.number} stands on {found.of} {found.id}: nothing that it touches is deleted "
        f"or undone. Release it with: kpi hold release {found.number} --reason TEXT"
    )


def _put(engine: Engine, actor: Actor, id: str, reason: str) -> Hold:
    """Raises NotFound where nobody and nothing has the id, InputError where two have it."""
    from kpi.access.holds import hold_manager, hold_practice
    from kpi.access.managers import list_assignments
    from kpi.access.practices import list_practices
    from kpi.errors import InputError, NotFound, nearest

    kind, colon, bare = id.partition(":")
    if colon and kind in ("manager", "practice"):
        put = hold_manager if kind == "manager" else hold_practice
        return put(engine, actor, bare, reason)
    of_managers = {each.manager.id for each in list_assignments(engine, actor)}
    of_practices = {each.id for each in list_practices(engine, actor)}
    if id in of_managers & of_practices:
        raise InputError(
            f"'{id}' is a manager and a practice; write manager:{id} or practice:{id}."
        )
    if id in of_managers:
        return hold_manager(engine, actor, id, reason)
    if id in of_practices:
        return hold_practice(engine, actor, id, reason)
    raise NotFound(
        f"There is no manager and no practice '{id}'.{nearest(id, of_managers | of_practices)} "
        "See them with: kpi manager list, kpi practice list"
    )


@hold.command("list")
@output
@database
def hold_list(form: str, db: str | None) -> None:
    """List holds, those that were released among them."""
    from kpi.access.actor import operator
    from kpi.access.holds import list_holds

    rows = [asdict(each) for each in list_holds(opened(db), operator())]
    if form == "json":
        print_json({"holds": rows})
        return
    shown = [
        {**each, "state": "stands" if each["released_at"] is None else "released"} for each in rows
    ]
    print_table(shown, {"number": "Hold", "of": "On", "id": "Id", "state": "State",
                        "reason": "Reason", "by": "By", "at": "At (UTC)",
                        "released_by": "Released by", "released_reason": "Because"})  # fmt: skip


@hold.command("release")
@click.argument("number", type=int)
@_reason
@database
def hold_release(number: int, reason: str, db: str | None) -> None:
    """Release a hold; that it stood stays on record."""
    from kpi.access.actor import operator
    from kpi.access.holds import release_hold

    found = release_hold(opened(db), operator(), number, reason)
    click.echo(f"Hold {number} on {found.of} {found.id} is released.")
