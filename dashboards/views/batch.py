"""Several files in one go: what they come to together, before they are loaded and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.views.board import SETTLED, state_of
from dashboards.views.periods import months_words
from dashboards.views.words import count_of, listed, name_of
from kpi.datasets import dataset
from kpi.ingest.receipt import Receipt
from kpi.months import Month

Receipts = Sequence[Receipt]
"""The receipts of one file: one a dataset that it feeds."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was loaded, what is complete by it, and what to do next."""

    headline: str
    good: bool
    complete: tuple[str, ...]
    next: tuple[str, ...]


def is_refused(receipts: Receipts) -> bool:
    """Whether nothing of a file can be loaded."""
    return any(each.status == "refused" for each in receipts)


def asks(receipts: Receipts) -> bool:
    """Whether a file can be loaded once a question is answered."""
    return any(each.question is not None for each in receipts)


def preview_words(files: Sequence[Receipts]) -> str:
    """What was dropped, in a sentence: ``3 files read: 2 can be loaded, 1 asks a question.``"""
    asking = sum(map(asks, files))
    refused = sum(map(is_refused, files)) - asking
    ready = len(files) - asking - refused
    said = [f"{ready:,} can be loaded"] if ready else []
    if asking:
        said.append(f"{asking:,} {'asks' if asking == 1 else 'ask'} a question")
    if refused:
        said.append(f"{refused:,} cannot be read as {'it is' if refused == 1 else 'they are'}")
    return f"{count_of(len(files), 'file')} read: {listed(said)}."


def summary(
    files: Sequence[Receipts],
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
    still: str,
) -> Summary:
    """What a batch did. ``before`` and ``after``: the month-end board, all months of it;
    ``still``: the board's own sentence of what is missing."""
    receipts = [each for file in files for each in file]
    refused = sum(map(is_refused, files))
    loaded = len(files) - refused
    quarantined = sum(each.quarantined for each in receipts)
    rows = sum(each.added + each.changed + each.unchanged for each in receipts)
    of = "" if loaded == len(files) else f" of {len(files):,}"
    are = "is" if loaded == 1 and not of else "are"
    return Summary(
        headline=f"{loaded:,}{of} {'file' if len(files) == 1 else 'files'} {are} loaded: "
        f"{_rows(receipts, rows, quarantined)}.",
        good=not refused,
        complete=_now_complete(before, after),
        next=tuple(_next(refused, receipts, still)),
    )


def _rows(receipts: Receipts, rows: int, quarantined: int) -> str:
    said = [count_of(rows, "row")]
    for name in ("added", "changed", "removed"):
        count = sum(getattr(each, name) for each in receipts)
        if count:
            said.append(f"{count:,} {name}")
    if quarantined:
        said.append(f"{quarantined:,} in quarantine")
    return ", ".join(said)


def _now_complete(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    """The months that are settled now and were not, by dataset."""
    earlier = {(each["dataset"], each["month"]) for each in before if state_of(each) in SETTLED}
    found: dict[str, list[Month]] = defaultdict(list)
    for each in after:
        if state_of(each) in SETTLED and (each["dataset"], each["month"]) not in earlier:
            found[each["dataset"]].append(Month.parse(each["month"]))
    return tuple(f"{name_of(name)}: {months_words(months)}" for name, months in found.items())


def _next(refused: int, receipts: Receipts, still: str) -> list[str]:
    said = []
    if refused:
        said.append(
            f"{count_of(refused, 'file')} {'was' if refused == 1 else 'were'} refused: see what "
            f"{'its receipt says' if refused == 1 else 'their receipts say'}, and drop "
            f"{'it' if refused == 1 else 'them'} again."
        )
    alone = sum(each.quarantined for each in receipts if is_mended_alone(each))
    if alone:
        it = "it" if alone == 1 else "them"
        said.append(
            f"{count_of(alone, 'row')} could not be taken: download {it} below, mend {it} and drop "
            "the file here."
        )
    whole = sum(each.quarantined for each in receipts) - alone
    if whole:
        said.append(
            f"{count_of(whole, 'row')} of lists that are replaced as a whole could not be taken: "
            f"mend {'it' if whole == 1 else 'them'} in the export and drop that again."
        )
    return [*said, still]


def is_mended_alone(receipt: Receipt) -> bool:
    """Whether refused rows can be mended and loaded without the others of their file."""
    return receipt.dataset is not None and dataset(receipt.dataset).by_key
