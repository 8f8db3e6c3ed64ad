"""Profiles: one YAML a vendor export, which says how it maps to datasets.

A profile of a table::

    title: Synthea claims_transactions.csv   # in words, for messages and the documentation
    header: [ID, TYPE, [AMOUNT, Amt]]        # a header that has all of these, or one of a list
    header_rows: 2                           # where a second line may belong to the header: it
                                             # does, unless it holds a date
    refuse: Export the detail instead.       # recognised, but of no use: why, and what to do
    notes: [When it was sent is not in it.]  # what every receipt says of such a file
    fill_down: [Provider]                    # a blank cell means the same as above
    group: Provider                          # a row with a first cell only heads those below
    lone_cell: comment                       # a row with one cell only is none: the reason
    leave_out:                               # rows that are no records, in order
      - {column: TYPE, words: [TRANSFERIN], reason: transfer in}
      - {column: Name, other_than: practice, reason: another entity}   # legal forms aside
    test_patients: Patient Name              # where test patients can be told; none, if not said
    rows:                                    # only where rows are records of different datasets
      column: TYPE
      feeds: {CHARGE: charges}
      left_out: {TRANSFERIN: transfer in}    # the reason on the receipt
    melt:                                    # columns that become rows, each with made columns
      columns: {Q1: {question: access, scale_min: 1, scale_max: 5}}   # or: months, or: ratings,
                                             # found by kpi.ingest.mapping.ratings
      beside: [Progress]                     # columns that are never ratings
      value: score
      blank: no answer
    aging: {amount: Balance, days: Aging Days}     # makes days_0_30 .. days_over_120, credits
    checks: [{sum: [Charge, -Paid], equals: Balance}]
    feeds:
      charges:
        charge_id: {columns: [Batch, Line]}  # joined; blank where the last one is
        amount: {column: AMOUNT, negate: true}
        posted_date: {first_of: [Posted, Entered], dates: month first}    # or: day first;
                                             # the first that is filled, for a day: with a date
        scheduled_minutes: {column: Duration, unit: seconds}   # minutes, hours, hh:mm, mm:ss
        status: {flags: {Kept Ind: completed, Cancel Ind: cancelled}, otherwise: scheduled}
        status: {column: Status, unless: {Cancel Reason: {PATIENT NO SHOW: no_show}}}
        days_over_120: {sum: ["121-150", "150+"]}
        regular_hours: {column: Hours, when: {Component: [Regular]}, otherwise: "0"}
        payer: {column: PLAN, values: {SP: Self-pay}}
        units: {constant: "1"}
        as_of: {file: last day}              # or: first day, month; of its period or --covers

A profile of a profit and loss statement has ``statement`` in place of all of this; see
``kpi.ingest.statements.statement``. Whatever column is not named is not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from kpi.errors import FileRefused, nearest
from kpi.ingest.fold import fold_header
from kpi.ingest.layout.header import Header


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile as it is written. ``own``: saved by a practice. ``statement`` is empty for a
    table, the rest for a statement."""

    name: str
    title: str
    header: tuple[str | list[str], ...] = ()
    header_rows: int = 1
    refuse: str = ""
    notes: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    group: str = ""
    lone_cell: str = ""
    leave_out: tuple[Mapping[str, Any], ...] = ()
    test_patients: str = ""
    rows: Mapping[str, Any] = field(default_factory=dict)
    melt: Mapping[str, Any] = field(default_factory=dict)
    aging: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[Mapping[str, Any], ...] = ()
    feeds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    statement: Mapping[str, Any] = field(default_factory=dict)
    own: bool = False

    def missing(self, header: Header) -> tuple[str, ...]:
        """The columns by which it is recognised that a file's header lacks."""
        there = set(header.folded)
        return tuple(
            names[0]
            for names in map(_alternatives, self.header)
            if not any(fold_header(name) in there for name in names)
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Every column name by which it is recognised."""
        return tuple(name for names in map(_alternatives, self.header) for name in names)


def _alternatives(name: str | list[str]) -> list[str]:
    return [name] if isinstance(name, str) else name


@cache
def all_profiles() -> tuple[Profile, ...]:
    """Every shipped profile, the one with the longest header first, so that a layout that has
    more columns than another is told from it. Raises ValueError for one wrongly written."""
    folder = files("kpi.ingest").joinpath("profiles")
    found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    profiles = [
        read_profile(name.removesuffix(".yaml"), folder.joinpath(name).read_text("utf-8"))
        for name in found
    ]
    return tuple(sorted(profiles, key=lambda each: (-len(each.header), each.name)))


def profile_named(name: str, own: Iterable[Profile] = ()) -> Profile:
    """The profile of that name, a practice's own before a shipped one. Raises FileRefused with
    the nearest name."""
    known = {each.name: each for each in all_profiles()} | {each.name: each for each in own}
    if name not in known:
        raise FileRefused(
            f"There is no profile '{name}'.{nearest(name, known)} Known: {', '.join(known)}."
        )
    return known[name]


def read_profile(name: str, text: str, own: bool = False) -> Profile:
    """A profile from its YAML. Raises ValueError with one sentence that names line and column, for
    whatever is wrongly written."""
    from kpi.ingest.mapping.profile_shape import read_shape
    from kpi.ingest.mapping.profile_tree import WrongProfile

    try:
        written = read_shape(text)
    except WrongProfile as fault:
        raise ValueError(f"profile {name}, {fault}") from None
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in written.items()
    }
    return Profile(name=name, own=own, **values)
