"""``kpi backup`` and ``kpi restore``."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kpi.commands.options import ENGINE, database
from kpi.commands.printing import print_lines
from kpi.commands.progress import told
from kpi.errors import InputError

if TYPE_CHECKING:
    from kpi.access.restoring import Restored

Command = TypeVar("Command", bound=Callable[..., Any])

KEY_SETTING = "KPI_BACKUP_KEY"
_LARGEST_KEY_FILE = 4096


def _key_option(command: Command) -> Command:
    return click.option(
        "--key-file", type=click.Path(path_type=Path), metavar="FILE",
        help=f"File with the backup key; else {KEY_SETTING}, else it is not encrypted.",
    )(command)  # fmt: skip


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_key_option
@database
def backup(file: Path, key_file: Path | None, db: str | None) -> None:
    """Write all that the database holds into FILE, which must not be there yet.

    It holds one state of the database, and others may go on working. The hash key is not in it.
    """
    from kpi.access.actor import operator
    from kpi.access.backing_up import back_up
    from kpi.store.schema import open_database

    context = click.get_current_context()
    key = _key(key_file)
    engine = context.meta[ENGINE] = open_database(db or context.find_root().obj, older=True)
    with told(file.name) as progress:
        made = back_up(engine, operator(), file, key, progress or _silent)
    kept = "encrypted" if made.encrypted else "not encrypted"
    click.echo(f"{file}: {made.manifest.rows:,} rows, {made.size:,} bytes, {kept}.")
    print_lines(
        "Keep it as you keep the database: it is protected health information. It does not hold "
        "the hash key, without which a restored database takes no new files: keep a copy of that "
        "apart from it."
    )
    if not made.encrypted:
        print_lines(f"To encrypt it, give a key by --key-file or in {KEY_SETTING}.")
    if made.not_noted is not None:
        print_lines(f"kpi: {made.not_noted}", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_key_option
@click.option("--check", is_flag=True, help="Read the whole backup and restore nothing.")
@click.option("--without-hash-key", is_flag=True, help="Restore although the hash key is lost.")
@database
def restore(
    file: Path, key_file: Path | None, check: bool, without_hash_key: bool, db: str | None
) -> None:
    """Make a database of the backup FILE, in a place that has no tables yet.

    The whole backup is read first. The place is filled at the end, or stays as it is.
    """
    from kpi.access import restoring
    from kpi.access.actor import operator

    key = _key(key_file)
    with told(file.name) as progress:
        tell = progress or _silent
        if check:
            found = restoring.check_backup(operator(), file, key, tell)
        else:
            url = db or click.get_current_context().find_root().obj
            found = restoring.restore(url, operator(), file, key, without_hash_key, tell)
    _print(file, found)
    if check:
        click.echo("It is whole, and this program can restore it.")
        return
    if found.upgraded:
        click.echo(f"It was upgraded from schema {found.manifest.schema}.")
    click.echo("Restored. Look it through with: kpi doctor")


def _print(file: Path, found: Restored) -> None:
    said = found.manifest
    kept = "encrypted" if found.encrypted else "not encrypted"
    print_lines(
        f"{file}: a backup of {said.made_at}, by Rolecard {said.program}, schema {said.schema}, "
        f"from {'SQLite' if said.database == 'sqlite' else 'PostgreSQL'}, {kept}: "
        f"{said.rows:,} rows in {sum(1 for each in said.tables if each.rows)} tables."
    )


def _key(path: Path | None) -> str | None:
    """The backup key: of the file, else of the environment. Raises InputError for an empty one, and
    for a file that others may read."""
    from kpi.store.private_files import open_to_others

    if path is None:
        return os.environ.get(KEY_SETTING) or None
    if said := open_to_others(path):
        raise InputError(said)
    with path.open("rb") as file:
        content = file.read(_LARGEST_KEY_FILE + 1)
    try:
        key = content.decode().strip()
    except UnicodeDecodeError:
        key = ""
    if not key or len(content) > _LARGEST_KEY_FILE:
        raise InputError(
            f"{path} holds no backup key: it takes a text of at most {_LARGEST_KEY_FILE:,} bytes, "
            "such as a passphrase of six words."
        )
    return key


def _silent(_doing: str, _done: float) -> None:
    return
