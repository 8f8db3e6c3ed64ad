"""``kpi role render``: a role file as a document for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi.errors import InputError, RoleRefused

if TYPE_CHECKING:
    from kpi.role import Role


@click.command("render")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o", "target", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="FILE.md, .html, .docx or .pdf.",
)  # fmt: skip
@click.option(
    "--posting", is_flag=True, help="For applicants: range and benefits, no internal targets."
)
def role_render(file: Path, target: Path, posting: bool) -> None:
    """Write the job description to hang out and sign, or the posting for applicants."""
    from kpi.role.rendering import FORMATS, render_role

    form = next((each for each in FORMATS if target.suffix.lower() == f".{each}"), None)
    if form is None:
        raise InputError(
            f"{target.name}: job descriptions are written as {', '.join(FORMATS)}; let the name "
            "of the file end in one of them, as in description.pdf."
        )
    if target.exists() and target.samefile(file):
        raise InputError(f"{target} is the role file itself; write the document elsewhere.")
    target.write_bytes(render_role(_role(file), form, posting=posting))
    click.echo(f"{target} written.")


def _role(file: Path) -> Role:
    """The role of a file. Raises RoleRefused with every error of it."""
    from kpi.commands.role import content
    from kpi.role import in_words, read_role

    reading = read_role(content(file), file.name)
    if reading.role is None:
        raise RoleRefused("\n".join(in_words(each, file.name) for each in reading.errors))
    return reading.role
