"""``kpi profiles``."""

from __future__ import annotations

from pathlib import Path

import click

from kpi.commands.options import database, opened, output, practice
from kpi.commands.printing import print_json, print_table
from kpi.errors import InputError


@click.group()
def profiles() -> None:
    """List, show, save and remove the layouts that files are read by."""


@profiles.command("list")
@practice
@output
@database
def profiles_list(practice: str, form: str, db: str | None) -> None:
    """List the practice's own profiles, then the shipped ones."""
    from kpi.access.actor import operator
    from kpi.ingest.own_profiles import known_profiles

    rows = [
        {
            "name": each.name,
            "own": each.own,
            "datasets": list(each.feeds) or (["ledger"] if each.statement else []),
            "title": each.title,
        }
        for each in known_profiles(opened(db), operator(), practice)
    ]
    if form == "json":
        print_json({"profiles": rows})
    else:
        print_table(rows, {"name": "Profile", "own": "Own", "datasets": "Datasets",
                           "title": "Title"})  # fmt: skip


@profiles.command("show")
@click.argument("name")
@practice
@database
def profiles_show(name: str, practice: str, db: str | None) -> None:
    """Print one of the practice's own profiles, as YAML."""
    from kpi.access.actor import operator
    from kpi.ingest.own_profiles import saved_text

    click.echo(saved_text(opened(db), operator(), practice, name), nl=False)


@profiles.command("save")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@practice
@database
def profiles_save(name: str, file: Path, practice: str, db: str | None) -> None:
    """Save a profile that was written or changed by hand, as YAML."""
    from kpi.access.actor import operator
    from kpi.ingest.own_profiles import save_profile

    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{file} is no text in UTF-8, so it is no profile.") from None
    save_profile(opened(db), operator(), practice, name, text)
    click.echo(f"Saved as '{name}': files that have its header are read so from now on.")


@profiles.command("remove")
@click.argument("name")
@practice
@database
def profiles_remove(name: str, practice: str, db: str | None) -> None:
    """Remove one of the practice's own profiles; what was loaded by it stays."""
    from kpi.access.actor import operator
    from kpi.ingest.own_profiles import remove_profile

    remove_profile(opened(db), operator(), practice, name)
    click.echo(f"'{name}' is removed. What was loaded by it stays.")
