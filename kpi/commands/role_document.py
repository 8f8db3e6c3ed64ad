"""``kpi role render`` and ``kpi role schema``: a role file for people, and for editors."""

from __future__ import annotations

from pathlib import Path

import click

from kpi.commands.role_file import FILE, role_in
from kpi.errors import InputError


@click.command("render")
@click.argument("file", type=FILE)
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
    target.write_bytes(render_role(role_in(file), form, posting=posting))
    click.echo(f"{target} written.")


@click.command("schema")
def role_schema() -> None:
    """Print the JSON schema by which editors complete and check a role file."""
    from kpi.role.json_schema import schema_text

    click.echo(schema_text(), nl=False)
