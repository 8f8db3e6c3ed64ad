"""What a file did, said in its receipt and in the entry of the log."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from kpi.ingest import log
from kpi.ingest.deeds import waits
from kpi.ingest.load.by_key import Loaded
from kpi.ingest.load.coming_again import repeated_upload
from kpi.ingest.load.standing import Replacement
from kpi.ingest.receipt import Receipt, message_of, notes_of
from kpi.ingest.under_way import Load, Share
from kpi.measures.identities import identities
from kpi.measures.restated import restated_notes
from kpi.months import Month
from kpi.store.tables import attestations, claims, records


def completed(
    load: Load,
    share: Share,
    loaded: Loaded,
    replacement: Replacement | None,
    restated: Sequence[Month],
    checked: tuple[str, ...],
) -> Receipt:
    """Completes the entry of the log with what was done, and says it."""
    tally, upload = share.tally, share.upload
    counts = {
        "read": tally.read,
        "added": loaded.added,
        "changed": loaded.changed,
        "unchanged": loaded.unchanged,
        "left_out": sum(tally.left_out.values()),
        "quarantined": len(tally.bad),
        "removed": loaded.removed,
        "blanked": sum(tally.blanked.values()),
    }
    nothing_new = not (loaded.added or loaded.changed or loaded.removed)
    repeated = None
    if nothing_new:
        repeated = repeated_upload(
            load.connection, load.practice.number, share.dataset.name, upload,
            load.file.sha256, share.arriving.own,
        )  # fmt: skip
    months = _months(load, share, loaded)
    notes = notes_of(load.file, _attest_covered(load, share))
    notes += restated_notes(restated)
    log.complete(load.connection, upload, covers=[month.code for month in _covers(load, share)])
    if repeated is None:
        for name in checked:
            notes += identities(load.connection, load.practice.number, name, months)
    receipt = Receipt(
        id=upload,
        file=load.file.file,
        sha256=load.file.sha256,
        dataset=share.dataset.name,
        profile=load.file.profile,
        practice=load.practice.id,
        status="loaded" if repeated is None else "duplicate",
        message=message_of(counts, repeated),
        months=tuple(str(month) for month in months),
        reasons=dict(tally.reasons),
        notes=tuple(dict.fromkeys((*notes, *share.notes))),
        quarantine=tuple(tally.bad),
        question=None,
        likely="",
        **counts,
    )
    log.complete(
        load.connection,
        upload,
        status=receipt.status,
        counts=counts,
        reasons=receipt.reasons,
        notes=list(receipt.notes),
        months=[month.code for month in months],
        message=receipt.message,
        replaces=None if replacement is None else replacement.stored(),
    )
    return receipt


def _covers(load: Load, share: Share) -> list[Month]:
    """The months that the file speaks for: of sealed ones nothing more is said."""
    return [month for month in load.covers if month.code >= share.sealed]


def _months(load: Load, share: Share, loaded: Loaded) -> list[Month]:
    """The months that the upload's rows count in, whether they changed anything or not."""
    needed = {each.name for each in share.dataset.stored if each.required}
    own = share.dataset.by_key and needed.union(share.dataset.month) <= {*share.arriving.own}
    if own and not loaded.sealed and not loaded.returned:
        # Each of its rows says its month itself.
        return [Month.from_code(code) for code in sorted(share.tally.months)]
    table, practice = records[share.dataset.name], load.practice.number
    versions = select(table.c.record_month).where(
        table.c.practice == practice, table.c.upload == share.upload
    )
    restated = (
        select(table.c.record_month)
        .join(
            claims,
            (claims.c.practice == table.c.practice)
            & (claims.c.upload == share.upload)
            & (claims.c.key == table.c.key),
        )
        .where(table.c.practice == practice, table.c.live == 1)
    )
    found = load.connection.execute(versions.union(restated)).scalars()
    return sorted(Month.from_code(code) for code in found if code is not None)


def _attest_covered(load: Load, share: Share) -> list[Month]:
    """Declares the covered months, where a month can be empty; gives those without a record.

    Those with one are declared too, but do not rest on it: undoing what brought their records
    leaves what loading this file alone would have said.
    """
    covers = _covers(load, share)
    if not share.dataset.attestable or not covers:
        return []
    table, practice = records[share.dataset.name], load.practice.number
    query = select(table.c.record_month).where(
        table.c.practice == practice,
        table.c.live == 1,
        table.c.record_month.in_([month.code for month in covers]),
    )
    held = set(load.connection.execute(query.distinct()).scalars())
    for month in covers:
        load.connection.execute(
            insert(attestations).values(
                practice=practice,
                dataset=share.dataset.name,
                month=month.code,
                upload=share.upload,
                countersign=int(waits(load.actor)),
            )
        )
    return [month for month in covers if month.code not in held]
