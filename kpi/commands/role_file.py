"""A role file that is named to a command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi.errors import InputError, RoleRefused

if TYPE_CHECKING:
    from kpi.role.model import Role

FILE = click.Path(path_type=Path, dir_okay=False)


def content(file: Path) -> bytes:
    """A file's bytes, of one that is too large only as many as show that it is. Raises InputError
    with a sentence where it cannot be read."""
    from kpi.role.read import LARGEST

    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or 'not there'}.") from None


def role_in(file: Path) -> Role:
    """The role of a file. Raises RoleRefused with every error in it, each with line and column."""
    from kpi.role import in_words, read_role

    reading = read_role(content(file), file.name)
    if reading.role is None:
        raise RoleRefused("\n".join(in_words(each, file.name) for each in reading.errors))
    return reading.role
