"""``kpi map``."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kpi.commands.answers import SAID, WORD, Answers
from kpi.commands.options import database, opened, output, practice
from kpi.commands.printing import print_json, print_lines
from kpi.errors import FileRefused, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi.access.practices import Practice
    from kpi.ingest.mapping.profile import Profile
    from kpi.ingest.mapping.proposal import Proposal
    from kpi.ingest.proposing import Rehearsal


@click.command("map")
@click.argument("file", type=click.Path(path_type=Path))
@practice
@click.option("--as", "dataset", metavar="DATASET", help="The dataset that the file holds.")
@click.option("--table", metavar="NAME", help="Which table, where the file has several.")
@click.option("--column", "columns", multiple=True, type=SAID,
              help="The heading that a column comes from; given twice, both joined.")  # fmt: skip
@click.option("--constant", "constants", multiple=True, type=SAID,
              help="What a column is in every row.")  # fmt: skip
@click.option("--without", multiple=True, metavar="COLUMN", help="Do not fill a column.")
@click.option("--word", "words", multiple=True, type=WORD, help="What a word of a column means.")
@click.option("--written", multiple=True, type=SAID,
              help="How a column is written: month first, day first, minutes, hours, seconds, "
              "hh:mm, mm:ss or sign turned.")  # fmt: skip
@click.option("--save", "name", metavar="NAME", help="Save it for all files like this one.")
@output
@database
def map_file(
    file: Path,
    practice: str,
    dataset: str | None,
    table: str | None,
    columns: tuple[tuple[str, str], ...],
    constants: tuple[tuple[str, str], ...],
    without: tuple[str, ...],
    words: tuple[tuple[str, str, str], ...],
    written: tuple[tuple[str, str], ...],
    name: str | None,
    form: str,
    db: str | None,
) -> None:
    """Map a new kind of file once: see what is proposed, answer what is asked, save it."""
    from kpi.access.actor import operator
    from kpi.access.practices import practice_named
    from kpi.commands.offer import asked, print_offer
    from kpi.commands.read_already import already, refuse_other_name
    from kpi.ingest.mapping.recognise import Known
    from kpi.ingest.own_profiles import checked_name, known_profiles, save_profile
    from kpi.ingest.proposing import read_already

    answers = Answers(columns, constants, without, words, written)
    answers.refuse_contradictions()
    engine, actor = opened(db), operator()
    place = practice_named(engine, actor, practice)
    if name is not None:
        checked_name(name)
    profiles = known_profiles(engine, actor, practice)
    own = [each for each in profiles if each.own]
    known = read_already(file, file.name, Known(dataset, None, own))
    if form == "table":
        for sentence in dict.fromkeys(map(already, known.values())):
            print_lines(f"{sentence}\n")
    proposals = _proposals(file, dataset, table, own)
    if len(proposals) > 1 and (answers != Answers() or name):
        tables = ", ".join(f"'{each.table}'" for each in proposals)
        raise InputError(f"{file.name} has several tables: say which with --table: {tables}.")
    proposals = [answers.given(each) for each in proposals]
    tried = [_try(file, each, place) for each in proposals]
    if form == "json":
        documents = [_document(*each) for each in zip(proposals, tried, strict=True)]
        for document in documents:
            taken = known.get(document["table"])
            document["already"] = None if taken is None else already(taken)
        print_json({"tables": documents})
    else:
        for proposal, trial in zip(proposals, tried, strict=True):
            print_offer(proposal, trial, saved=name is not None)
    if name is None:
        return
    proposal, trial = proposals[0], tried[0]
    refuse_other_name(known, proposal.table, name)
    if not proposal.complete:
        flags = " ".join(each.flag for each in asked(proposal))
        raise InputError(f"nothing was saved, because it is not complete. Add: {flags}.")
    if isinstance(trial, FileRefused) and not _only_asks_covers(trial):
        raise InputError(f"nothing was saved, because the file cannot be read so: {trial}")
    save_profile(engine, actor, practice, name, proposal.profile_text(name))
    said = form == "json"  # the document has standard output for itself
    print_lines(f"Saved as '{name}': files with these columns are read so from now on.", err=said)
    click.echo(f'  kpi ingest "{file}" --practice {practice}', err=said)


def _proposals(
    file: Path, dataset: str | None, table: str | None, own: Sequence[Profile]
) -> list[Proposal]:
    """The proposals for a file's tables, or for the one that is named. Of a layout that was
    mapped before and has changed since, what was said then is kept. Raises InputError."""
    from kpi.datasets import dataset as dataset_named
    from kpi.errors import nearest
    from kpi.ingest.proposing import proposals_of

    if dataset is not None:
        dataset_named(dataset)
    proposals = [_as_before(file, each, dataset, own)
                 for each in proposals_of(file, file.name, dataset)]  # fmt: skip
    if table is None:
        return proposals
    found = [each for each in proposals if each.table == table]
    if not found:
        tables = [each.table for each in proposals]
        raise InputError(
            f"{file.name} has no table '{table}'.{nearest(table, tables)} "
            f"It has: {', '.join(tables)}."
        )
    return found


def _as_before(
    file: Path, proposal: Proposal, wanted: str | None, own: Sequence[Profile]
) -> Proposal:
    from kpi.ingest.mapping.again import as_before
    from kpi.ingest.mapping.unknown import mapped_before
    from kpi.ingest.proposing import proposals_of

    before = mapped_before(proposal.header, own)
    if before is None or (wanted is not None and wanted not in before.feeds):
        return proposal
    fed = next(iter(before.feeds))
    if proposal.dataset.name != fed:
        again = proposals_of(file, file.name, fed)
        proposal = next(each for each in again if each.table == proposal.table)
    return as_before(proposal, before)


def _try(file: Path, proposal: Proposal, place: Practice) -> Rehearsal | FileRefused | None:
    """What reading the file so would give; None while the mapping is not complete."""
    from kpi.ingest.proposing import rehearse

    if not proposal.complete:
        return None
    try:
        return rehearse(file, file.name, proposal.profile(file.stem), place, table=proposal.table)
    except FileRefused as refusal:
        return refusal


def _only_asks_covers(refusal: FileRefused) -> bool:
    from kpi.ingest.questions import FileAsks, Question

    return isinstance(refusal, FileAsks) and refusal.question is Question.COVERS


def _document(proposal: Proposal, trial: Rehearsal | FileRefused | None) -> dict[str, Any]:
    """A table of ``kpi map --format json``: the offer, the flags that are still needed, the
    profile's YAML, and what reading the file so gives, or why it cannot be read so."""
    from kpi.commands.offer import asked
    from kpi.ingest.mapping.offer import offer_of

    found = asdict(offer_of(proposal))
    found["asked"] = [asdict(each) for each in asked(proposal)]
    found["profile"] = proposal.profile_text(proposal.table)
    found["rehearsal"], found["refusal"] = None, None
    if isinstance(trial, FileRefused):
        found["refusal"] = str(trial)
    elif trial is not None:
        months = {str(each): rows for each, rows in trial.months.items()}
        found["rehearsal"] = {**asdict(replace(trial, months={})), "months": months}
    return found
