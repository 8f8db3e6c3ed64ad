"""``kpi role diff``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi.commands.options import database, opened, output
from kpi.commands.printing import print_json, print_lines
from kpi.commands.role_file import role_in
from kpi.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi.review.basis.versions import PublishedVersion
    from kpi.role.model import Role


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--practice", metavar="ID", help="OLD and NEW may name versions published there.")
@click.option("--role", "id", metavar="ROLE", help="Of which role, where it has several.")
@output
@database
def diff(
    old: str, new: str, practice: str | None, id: str | None, form: str, db: str | None
) -> None:
    """Say what changed in meaning from one role to another.

    OLD and NEW are files; with --practice each may be a published version, such as 2026.1. A file
    of that very name is meant by ./2026.1.
    """
    from kpi.access.actor import operator
    from kpi.review.basis.versions import published_versions
    from kpi.role.diff import differences, differences_json

    known: Sequence[PublishedVersion] = ()
    if practice is not None:
        known = published_versions(opened(db), operator(), practice, id)
    before, after = (_role(each, known, practice) for each in (old, new))
    found = differences(before, after)
    if form == "json":
        print_json({
            "old": _named(before), "new": _named(after), "differences": differences_json(found)
        })  # fmt: skip
        return
    if not found:
        click.echo("The two mean the same.")
    section = ""
    for each in found:
        if each.section != section:
            section = each.section
            click.echo(section.replace("_", " "))
        print_lines(each.words, "  ")


def _role(named: str, known: Sequence[PublishedVersion], practice: str | None) -> Role:
    """The published version of that name, or else the role of that file."""
    found = [each.role for each in known if each.role.version == named]
    if len(found) > 1:
        roles = ", ".join(sorted(each.role for each in found))
        raise InputError(
            f"{practice} has a version {named} of more than one role ({roles}); name one "
            "with --role."
        )
    if found:
        return found[0]
    path = Path(named)
    if not path.exists():
        where = "" if practice is None else f", nor a version published at {practice}"
        hint = "" if practice else " A published version is named together with --practice ID."
        raise InputError(f"There is no file {named}{where}.{hint}{_versions(known)}")
    return role_in(path)


def _versions(known: Sequence[PublishedVersion]) -> str:
    listed = ", ".join(each.role.version for each in known)
    return f" Published are: {listed}." if listed else ""


def _named(role: Role) -> dict[str, str]:
    return {"role": role.role, "version": role.version, "sha256": role.sha256}
