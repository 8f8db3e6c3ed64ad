"""``kpi ingest``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kpi.commands.options import MONTHS, database, opened, output, practice
from kpi.commands.printing import print_json
from kpi.errors import InputError
from kpi.months import Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Engine

    from kpi.access.actor import Actor
    from kpi.commands.summary import Done
    from kpi.ingest.folder import NotRead
    from kpi.ingest.progress import Progress
    from kpi.review.scores.moves import PeriodMoves


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(path_type=Path)
)
@practice
@click.option("--as", "dataset", metavar="DATASET", help="The dataset that the file holds.")
@click.option("--profile", metavar="NAME", help="The vendor layout that the file has.")
@click.option("--covers", type=MONTHS, default=(), help="Months that the file holds whole.")
@click.option("--replace", is_flag=True, help="Remove records that the file lacks.")
@click.option("--allow-bad", is_flag=True, help="Load the good rows of a file with many bad ones.")
@click.option("--allow-old", is_flag=True, help="Load rows that go back to older values.")
@click.option("--allow-unusual", is_flag=True, help="Load figures far from all other months.")
@click.option(
    "--quarantine-out",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write refused rows there, to be mended and loaded.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@output
@database
def ingest(
    paths: tuple[Path, ...],
    practice: str,
    dataset: str | None,
    profile: str | None,
    covers: tuple[Month, ...],
    replace: bool,
    allow_bad: bool,
    allow_old: bool,
    allow_unusual: bool,
    target: Path | None,
    dry_run: bool,
    form: str,
    db: str | None,
) -> None:
    """Load exports, each file whole or not at all; status 1 if one was refused.

    Of a folder every file is loaded that does not stand in the log yet.
    """
    from kpi.access.actor import operator
    from kpi.commands.refused_rows import check_free

    engine, actor = opened(db), operator()
    _refuse_unknown(engine, actor, practice, dataset, profile)
    if target is not None:
        check_free(target)
    sources = _sources(paths)
    options = {
        "dataset": dataset, "profile": profile, "covers": covers, "replace": replace,
        "allow_bad": allow_bad, "allow_old": allow_old,
        "allow_unusual": allow_unusual, "dry_run": dry_run,
    }  # fmt: skip
    run = _Run(engine, actor, practice, options, target, len(sources.files) > 1)
    batch = _load_all(run, sources, form == "table")
    if form == "json":
        print_json(_document(batch, sources.not_read, dry_run))
    if sources.faults or any(each.refused for each in batch):
        raise SystemExit(1)


def _refuse_unknown(
    engine: Engine, actor: Actor, practice: str, dataset: str | None, profile: str | None
) -> None:
    """Names that are nothing are said before a file is read. Raises InputError."""
    from kpi.datasets import dataset as dataset_named
    from kpi.ingest.mapping.profile import profile_named
    from kpi.ingest.own_profiles import known_profiles

    known = known_profiles(engine, actor, practice)
    if profile is not None:
        profile_named(profile, known)
    if dataset is not None:
        dataset_named(dataset)


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to load; ``in_folder``: a folder was named and not the file itself."""

    path: Path
    in_folder: bool


@dataclass(frozen=True, slots=True)
class _Sources:
    """The files to load in order, what is none in the folders, and folders with no file."""

    files: tuple[_Source, ...]
    not_read: tuple[NotRead, ...]
    faults: tuple[str, ...]


def _sources(paths: Sequence[Path]) -> _Sources:
    from kpi.ingest.folder import list_folder

    files: list[_Source] = []
    not_read: list[NotRead] = []
    faults: list[str] = []
    for path in paths:
        if not path.is_dir():
            files.append(_Source(path, in_folder=False))
            continue
        try:
            folder = list_folder(path)
        except InputError as error:
            faults.append(str(error))
        else:
            files += [_Source(each, in_folder=True) for each in folder.exports]
            not_read += folder.not_read
    return _Sources(tuple(files), tuple(not_read), tuple(faults))


@dataclass(frozen=True, slots=True)
class _Run:
    """What holds for every file of one command."""

    engine: Engine
    actor: Actor
    practice: str
    options: Mapping[str, Any]
    target: Path | None
    several: bool

    def load(self, source: _Source, progress: Progress | None) -> Done:
        """Loads one file, or finds it in the log."""
        from kpi.commands.summary import Done
        from kpi.ingest.given_back import GivenBack
        from kpi.ingest.ingestion import ingest as ingest_file
        from kpi.ingest.resuming import standing_receipts

        path = source.path
        if source.in_folder:
            standing = standing_receipts(self.engine, self.actor, self.practice, path)
            if standing is not None:
                return Done(path, tuple(standing), skipped=True)
        given_back = None if self.target is None else GivenBack()
        moves: list[PeriodMoves] = []
        receipts = ingest_file(
            self.engine, self.actor, self.practice, path, path.name, given_back=given_back,
            progress=progress, look=lambda would: moves.extend(self._moves(would)), **self.options,
        )  # fmt: skip
        return Done(path, tuple(receipts), moves=tuple(moves), given_back=given_back)

    def _moves(self, would: Connection) -> list[PeriodMoves]:
        from datetime import UTC, datetime

        from kpi.review.scores.moves import moves

        return moves(self.engine, would, self.actor, self.practice, datetime.now(UTC).date())


def _load_all(run: _Run, sources: _Sources, printed: bool) -> list[Done]:
    """Loads file after file, says of each what became of it, and at the end of all together."""
    from kpi.commands.moves import print_moves
    from kpi.commands.progress import told
    from kpi.commands.receipts import print_receipts, print_refusal, print_skipped
    from kpi.commands.summary import print_not_read, print_summary

    for fault in sources.faults:
        click.echo(f"kpi: {fault}", err=True)
    batch: list[Done] = []
    dry_run, count = run.options["dry_run"], len(sources.files)
    try:
        for at, source in enumerate(sources.files, start=1):
            of = f"{at} of {count}, " if run.several else ""
            with told(f"{of}{source.path.name}") as progress:
                done = run.load(source, progress)
            batch.append(replace(done, given_back=None))
            if printed and done.skipped:
                print_skipped(done.receipts)
            elif printed:
                print_receipts(done.receipts, dry_run)
                print_moves(done.moves)
            elif done.refused:
                print_refusal(done.receipts[0])
            _write_refused(run, done)
    except KeyboardInterrupt:
        click.echo(
            f"kpi: stopped; {len(batch):,} of {count:,} files are done, and nothing of the next. "
            "Start the same command again: of a folder, what stands in the log is skipped.",
            err=True,
        )
        raise SystemExit(1) from None
    if printed:
        print_not_read(sources.not_read)
        if run.several or any(each.in_folder for each in sources.files):
            given_back = run.target is not None
            print_summary(run.engine, run.actor, run.practice, batch, dry_run, given_back)
    return batch


def _write_refused(run: _Run, done: Done) -> None:
    """Writes a file's refused rows, unless it is refused for another reason: then they come
    again once that is settled."""
    from kpi.commands.refused_rows import write_refused_rows
    from kpi.ingest.questions import Question

    asked = {each.question for each in done.receipts if each.status == "refused"}
    if run.target is not None and done.given_back is not None and asked <= {Question.BAD_ROWS}:
        source = done.path if run.several else None
        write_refused_rows(run.target, source, done.given_back, run.practice)


def _document(batch: Sequence[Done], not_read: Sequence[NotRead], dry_run: bool) -> dict[str, Any]:
    """The JSON of the contract; a dry run's has the KPIs that move beside it, by file, and a
    folder's what is not read."""
    from kpi.commands.flags import message_of
    from kpi.ingest.receipt import receipt_document
    from kpi.review.scores.moves import moves_document

    found: dict[str, Any] = {
        "uploads": [
            {**receipt_document(each), "message": message_of(each)}
            for done in batch
            for each in done.receipts
        ]
    }
    if dry_run:
        found["moves"] = [
            {"file": done.receipts[0].file, **each}
            for done in batch
            for each in moves_document(done.moves)
        ]
    if not_read:
        found["not_read"] = [{"file": each.name, "why": each.why} for each in not_read]
    return found
