"""Several files on the console: what they came to together, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kpi.commands.printing import month_ranges, print_lines
from kpi.months import Month, span

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from kpi.access.actor import Actor
    from kpi.ingest.folder import NotRead
    from kpi.ingest.given_back import GivenBack
    from kpi.ingest.receipt import Receipt
    from kpi.review.scores.moves import PeriodMoves

_ROWS = {
    "added": "added", "changed": "changed", "unchanged": "unchanged", "left_out": "left out",
    "quarantined": "in quarantine",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file. ``skipped``: it stood in the log already and was not read."""

    path: Path
    receipts: tuple[Receipt, ...]
    skipped: bool = False
    moves: tuple[PeriodMoves, ...] = ()
    given_back: GivenBack | None = None

    @property
    def refused(self) -> bool:
        """Whether nothing of the file was loaded."""
        return any(each.status == "refused" for each in self.receipts)

    @property
    def duplicate(self) -> bool:
        """Whether it was read and brought nothing new."""
        return not self.skipped and all(each.status == "duplicate" for each in self.receipts)


def print_not_read(not_read: Sequence[NotRead]) -> None:
    """Names what a folder holds besides exports."""
    for each in not_read:
        print_lines(f"{each.name}: not read, {each.why}.")


def print_summary(
    engine: Engine,
    actor: Actor,
    practice: str,
    batch: Sequence[Done],
    dry_run: bool,
    given_back: bool,
) -> None:
    """Files and rows of a batch, what its months have now, and what is to be done."""
    receipts = [each for done in batch for each in done.receipts]
    click.echo()
    print_lines(_files(batch, dry_run))
    if not all(done.skipped or done.refused for done in batch):
        print_lines(_rows(receipts))
    if not dry_run:
        for line in _months(engine, actor, practice, receipts):
            print_lines(line)
    for line in _next(engine, actor, practice, batch, dry_run, given_back):
        print_lines(line)


def _files(batch: Sequence[Done], dry_run: bool) -> str:
    refused = sum(each.refused for each in batch)
    skipped = sum(each.skipped for each in batch)
    duplicates = sum(each.duplicate for each in batch)
    said = [f"{len(batch) - refused - skipped - duplicates:,} "
            f"{'would be ' if dry_run else ''}loaded"]  # fmt: skip
    if duplicates:
        said.append(f"{duplicates:,} {'a duplicate' if duplicates == 1 else 'duplicates'}")
    if skipped:
        said.append(f"{skipped:,} skipped, in the log already")
    if refused:
        said.append(f"{refused:,} refused")
    return f"{_count(len(batch), 'file')}: {', '.join(said)}."


def _rows(receipts: Sequence[Receipt]) -> str:
    counts = {name: sum(getattr(each, name) for each in receipts) for name in ("read", *_ROWS)}
    removed = sum(each.removed for each in receipts)
    said = [f"{counts[name]:,} {words}" for name, words in _ROWS.items() if counts[name]]
    besides = f"; {removed:,} removed" if removed else ""
    return f"{_count(counts['read'], 'row')} read: {', '.join(said) or 'none'}{besides}."


def _months(engine: Engine, actor: Actor, practice: str, receipts: Sequence[Receipt]) -> list[str]:
    """By dataset the state of the months from the first to the last that the files speak of."""
    from kpi.review.scores.board import board

    touched: dict[str, list[Month]] = {}
    for each in receipts:
        if each.dataset is not None:
            touched.setdefault(each.dataset, []).extend(map(Month.parse, each.months))
    spans = {name: set(span(min(months), max(months)))
             for name, months in touched.items() if months}  # fmt: skip
    if not spans:
        return []
    entries = board(engine, actor, practice, sorted(set().union(*spans.values())))
    return [
        f"{name}: {_states(_within(entries, name, months))}."
        for name, months in sorted(spans.items())
    ]


def _within(
    entries: Sequence[Mapping[str, Any]], dataset: str, months: set[Month]
) -> list[Mapping[str, Any]]:
    return [
        each
        for each in entries
        if each["dataset"] == dataset and Month.parse(each["month"]) in months
    ]


def _states(entries: Sequence[Mapping[str, Any]]) -> str:
    said = []
    for state in ("complete", "partial", "missing"):
        months = [each["month"] for each in entries if each["state"] == state]
        if months:
            said.append(f"{state} {month_ranges(months)}")
    return "; ".join(said)


def _next(
    engine: Engine,
    actor: Actor,
    practice: str,
    batch: Sequence[Done],
    dry_run: bool,
    given_back: bool,
) -> list[str]:
    from kpi.ingest.accounts import list_accounts

    receipts = [each for done in batch for each in done.receipts]
    said = []
    refused = sum(each.refused for each in batch)
    if refused:
        said.append(
            f"{_count(refused, 'file')} refused: do what is said above, and run the command again."
        )
    quarantined = sum(each.quarantined for each in receipts)
    if quarantined and not given_back:
        said.append(
            f"{_count(quarantined, 'row')} in quarantine: --quarantine-out FILE gives them back, "
            "to be mended and loaded."
        )
    if dry_run:
        return [*said, "Nothing was changed. Each file is compared with what is loaded now."]
    if any(each.dataset == "ledger" and each.status != "refused" for each in receipts):
        bare = sum(each["category"] is None for each in list_accounts(engine, actor, practice))
        if bare:
            said.append(
                f"{_count(bare, 'account')} without a category: kpi accounts list "
                f"--practice {practice}"
            )
    return [
        *said,
        f"What is still missing, and which KPIs need it: kpi status --practice {practice}",
    ]


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
