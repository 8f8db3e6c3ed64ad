"""The command ``kpi``: which commands there are, and what becomes of an error.

Each command is imported when it is used, so that ``kpi --help`` starts at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from kpi import __version__
from kpi.commands.options import ENGINE
from kpi.errors import NotPermitted, RolecardError

# Command to its module in kpi.commands and the line that the overview shows.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Open the dashboard on two sample practices."),
    "init": ("setup", "Make or upgrade the database and the hash key."),
    "practice": ("people", "Add and list practices."),
    "manager": ("people", "Assign managers to practices."),
    "role": ("role", "Check, publish and print role files."),
    "template": ("template", "Print a dataset's empty CSV, or explain its columns."),
    "ingest": ("ingest", "Load exports."),
    "map": ("map", "Map a new kind of file, once."),
    "profiles": ("profiles", "List, show and remove the layouts that files are read by."),
    "accounts": ("accounts", "Give ledger accounts their category."),
    "uploads": ("uploads", "List, show and undo uploads."),
    "status": ("months", "Show which month of which dataset is there."),
    "attest": ("months", "Declare that a month had nothing to report."),
    "deliveries": ("deliveries", "Say who is to deliver which files."),
    "score": ("score", "Score a manager."),
    "explain": ("score", "Explain a KPI down to its rows."),
    "scorecard": ("scorecard", "Write scorecards."),
    "pace": ("pace", "Say where the period under way ends at this pace."),
    "plan": ("plan", "Keep a manager's development plan."),
    "bonus": ("bonus", "Say what bonus a period earns, and why."),
    "review": ("review", "Open reviews, write on them, settle them, make them final."),
    "verify": ("verify", "Verify a final scorecard."),
    "rebase": ("rebase", "Draw a chart's limits anew from a month on."),
    "catalogue": ("catalogue", "Show the KPIs: formulas, sources, typical ranges."),
    "serve": ("serve", "Start the dashboard."),
    "hold": ("hold", "Stop every deletion that touches a manager or a practice."),
    "retention": ("retention", "Say how long records are kept, and let older ones go."),
    "account": ("account", "Say who may sign in, as what, where."),
    "audit": ("audit", "Read the trail of who did what, and check it."),
    "backup": ("backup", "Write all that the database holds into one file."),
    "restore": ("backup", "Make a database of a backup."),
    "doctor": ("doctor", "Check the database, the key, and figures against records."),
}

_NAMES = {"map": "map_file"}
"""Commands whose function cannot have their name, because Python has it already."""


class Commands(click.Group):
    """The commands, each imported when it is used."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kpi.commands.{COMMANDS[cmd_name][0]}")
        command = getattr(module, _NAMES.get(cmd_name, cmd_name))
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; what it was not permitted to do stands in the trail."""
        try:
            return super().invoke(ctx)
        except NotPermitted as refusal:
            from kpi.access.actor import operator
            from kpi.access.trail import note_refusal

            engine = ctx.meta.get(ENGINE)
            if engine is not None:  # a restore is refused before there is a trail to say it in
                note_refusal(engine, operator(), refusal)
            raise

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_module, text) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kpi")
@click.option(
    "--db", metavar="URL", help="Database; else KPI_DATABASE_URL, else a file in KPI_HOME."
)
@click.pass_context
def kpi(context: click.Context, db: str | None) -> None:
    """Rolecard: score a medical office manager against the role's KPI targets."""
    context.obj = db


def main() -> None:
    """Runs the command. Status 1: what a person can mend; 2: wrong usage; 70: our own fault."""
    # Names and dashes print on every console, whatever its code page.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        kpi(prog_name="kpi")
    except RolecardError as error:
        from kpi.commands.flags import sentence_of

        click.echo(f"kpi: {sentence_of(error)}", err=True)
        sys.exit(1)
    except Exception as error:
        if isinstance(error, OSError) and error.filename:
            # A file or folder that was named to the command: whoever named it can mend it.
            why = error.strerror or "it is not there"
            click.echo(f"kpi: {error.filename} cannot be read or written: {why}.", err=True)
            sys.exit(1)
        from kpi.store.faults import note_fault

        reference = note_fault(error)
        click.echo(
            f"kpi: Rolecard itself failed; nothing was half done. Reference {reference}: the "
            "details are in the log, kpi.log in the data folder.",
            err=True,
        )
        sys.exit(70)
