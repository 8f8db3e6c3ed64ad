"""What people declare beside the files: nothing to report, a row dismissed."""

from __future__ import annotations

from sqlalchemy import Engine, func, insert, select

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.practices import get_practice
from kpi.datasets import all_datasets
from kpi.datasets import dataset as dataset_named
from kpi.errors import InputError
from kpi.ingest import log
from kpi.ingest.deeds import keep, waits
from kpi.measures.figure_log import Cause, recorded
from kpi.measures.sealed import sealed_before
from kpi.measures.unconfirmed import EVERYTHING
from kpi.months import Month
from kpi.store.engine import reading, writing
from kpi.store.standing import STANDING
from kpi.store.tables import attestations, dismissals, quarantined, records


def attest(
    engine: Engine, actor: Actor, practice_id: str, dataset: str, month: Month, by: str = ""
) -> int:
    """Declares that a month of a dataset had nothing to report; gives the entry's id.

    By a manager it waits for a countersignature; by a command it counts at once. ``by`` names who
    says so, where that is not who acts. Raises InputError for a dataset that cannot be declared
    empty, a month that has records, and one that is declared already.
    """
    require(actor, "upload", practice_id)
    definition = dataset_named(dataset)
    if not definition.attestable:
        known = ", ".join(each.name for each in all_datasets() if each.attestable)
        raise InputError(
            f"Only {known} can have nothing to report; {dataset} needs its file for {month}."
        )
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        sealed = sealed_before(connection, practice.number, dataset)
        if month.code < sealed:
            raise InputError(
                f"{month} is sealed, as all months before {Month.from_code(sealed)} are: its "
                "figures stay as they are."
            )
        table = records[dataset]
        held = connection.execute(
            select(func.count())
            .select_from(table)
            .where(
                table.c.practice == practice.number,
                table.c.live == 1,
                table.c.record_month == month.code,
            )
        ).scalar_one()
        if held:
            raise InputError(
                f"{dataset} has {held} records in {month}, so it cannot be declared empty; "
                "undo the upload that brought them if they are wrong."
            )
        standing = connection.execute(
            select(attestations.c.upload).where(
                attestations.c.practice == practice.number,
                attestations.c.dataset == dataset,
                attestations.c.month == month.code,
            )
        ).first()
        if standing:
            raise InputError(
                f"{dataset} for {month} is declared empty already, in upload {standing.upload}."
            )
        who = by.strip() or actor.name
        upload = log.enter(
            connection, actor, practice, "attestation", "loaded", dataset=dataset,
            months=[month.code],
            message=f"{who} declares that {dataset} had nothing to report in {month}.",
        )  # fmt: skip
        with recorded(connection, practice.number, dataset, Cause.ATTESTED, actor.label, upload):
            connection.execute(
                insert(attestations).values(
                    practice=practice.number,
                    dataset=dataset,
                    month=month.code,
                    upload=upload,
                    countersign=int(waits(actor)),
                )
            )
        trail.note(
            connection, actor, "attest", f"{dataset} for {month}", practice.number, upload=upload
        )
    return upload


def dismiss(
    engine: Engine, actor: Actor, practice_id: str, upload: int, line: int, reason: str
) -> int:
    """Settles a quarantined row that will not be mended, with a reason; gives the entry's id.

    By a manager it waits for a countersignature.
    """
    require(actor, "upload", practice_id)
    if not reason.strip():
        raise InputError("Say why the row is dismissed; the reason is kept in the log.")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        row = log.entry(connection, practice, upload)
        held = connection.execute(
            select(quarantined.c.month).where(
                quarantined.c.practice == practice.number,
                quarantined.c.upload == upload,
                quarantined.c.line == line,
            )
        ).first()
        if row.status not in STANDING or held is None:
            raise InputError(f"Upload {upload} has no row in quarantine from line {line}.")
        entry = log.enter(
            connection, actor, practice, "dismissal", "loaded", dataset=row.dataset,
            message=f"Line {line} of upload {upload} is dismissed: {reason.strip()}",
        )  # fmt: skip
        with recorded(
            connection, practice.number, row.dataset, Cause.DISMISSED, actor.label, entry
        ):
            connection.execute(
                insert(dismissals).values(
                    practice=practice.number,
                    upload=entry,
                    dismissed_upload=upload,
                    line=line,
                    reason=reason.strip(),
                )
            )
            if waits(actor):
                months = row.months if held.month is None else [held.month]
                abouts = [(code, EVERYTHING) for code in months]
                keep(connection, practice.number, row.dataset, entry, abouts)
        said = f"line {line} of upload {upload}"
        trail.note(connection, actor, "dismiss", said, practice.number, upload=entry)
    return entry
