"""Profiles: one YAML a vendor export, which says how it maps to datasets.

A profile of a table::

    title: Synthea claims_transactions.csv   # in words, for messages and the documentation
    header: [ID, TYPE, FROMDATE, AMOUNT]     # a file whose header has all of these is recognised
    rows:                                    # only where not every row is a record of each feed
      column: TYPE
      feeds: {CHARGE: charges}
      left_out: {TRANSFERIN: transfer in}    # the reason on the receipt
    feeds:
      charges:
        charge_id: ID                        # canonical column: the file's column
        amount: {column: AMOUNT, negate: true}
        units: {constant: "1"}
        payer: {column: PLAN, values: {SP: Self-pay}}
        posted_date: {column: FROMDATE, dates: month first}    # or: day first

A profile of a profit and loss statement has ``statement`` in place of the last three; see
``kpi.ingest.statements.statement``. Whatever column is not named is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from kpi.datasets import dataset
from kpi.errors import FileRefused, nearest
from kpi.ingest.files.table import Header
from kpi.ingest.fold import fold_header
from kpi.ingest.mapping.plan import ColumnPlan, FeedPlan, Plan, Routing

_KEYS = {"title", "header", "rows", "feeds", "statement"}
_COLUMN_KEYS = {"column", "constant", "values", "negate", "dates"}
_DATES = {None: None, "month first": True, "day first": False}


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile as it is written. ``statement`` is empty for a table."""

    name: str
    title: str
    header: tuple[str, ...] = ()
    feeds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rows: Mapping[str, Any] = field(default_factory=dict)
    statement: Mapping[str, Any] = field(default_factory=dict)

    def missing(self, header: Header) -> tuple[str, ...]:
        """The columns by which it is recognised that a file's header lacks."""
        there = set(header.folded)
        return tuple(name for name in self.header if fold_header(name) not in there)


@cache
def all_profiles() -> tuple[Profile, ...]:
    """Every profile, by name. Raises ValueError for one that is wrongly written."""
    folder = files("kpi.ingest").joinpath("profiles")
    found = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(
        _read(name.removesuffix(".yaml"), folder.joinpath(name).read_text("utf-8"))
        for name in found
    )


def profile_named(name: str) -> Profile:
    """The profile of that name. Raises FileRefused with the nearest name."""
    known = {each.name: each for each in all_profiles()}
    if name not in known:
        raise FileRefused(
            f"There is no profile '{name}'.{nearest(name, known)} Known: {', '.join(known)}."
        )
    return known[name]


def plan_of(profile: Profile, header: Header) -> Plan:
    """The profile applied to a header that has all its columns."""
    places = {name: place for place, name in enumerate(header.folded) if name}
    feeds = tuple(
        _feed_plan(name, columns, places, header) for name, columns in profile.feeds.items()
    )
    routing = None
    if profile.rows:
        routing = Routing(
            places[fold_header(profile.rows["column"])],
            {_word(word): str(name) for word, name in profile.rows["feeds"].items()},
            {_word(word): str(why) for word, why in profile.rows.get("left_out", {}).items()},
        )
    kept = {plan.place for feed in feeds for plan in feed.columns}
    if routing:
        kept.add(routing.place)
    dropped = tuple(
        cell.strip()
        for place, cell in enumerate(header.cells)
        if place not in kept and cell.strip()
    )
    return Plan(profile.name, feeds, dropped, routing)


def _feed_plan(
    name: str, columns: Mapping[str, Any], places: Mapping[str, int], header: Header
) -> FeedPlan:
    target = dataset(name)
    plans = []
    for column in target.columns:
        if column.name not in columns:
            continue
        entry = columns[column.name]
        if isinstance(entry, str):
            entry = {"column": entry}
        if "constant" in entry:
            plans.append(ColumnPlan(column, None, column.name, str(entry["constant"])))
            continue
        place = places.get(fold_header(entry["column"]))
        if place is None:
            continue  # an optional column that this export was made without
        values = {_word(word): str(to) for word, to in entry.get("values", {}).items()}
        plans.append(
            ColumnPlan(
                column,
                place,
                header.cells[place].strip(),
                values=values,
                negate=bool(entry.get("negate", False)),
                month_first=_DATES[entry.get("dates")],
            )
        )
    return FeedPlan(target, tuple(plans))


def _word(word: object) -> str:
    return str(word).strip().casefold()


def _read(name: str, text: str) -> Profile:
    from ruamel.yaml import YAML

    written = YAML(typ="safe", pure=True).load(text)
    wrong = sorted(set(written) - _KEYS)
    for feed, columns in written.get("feeds", {}).items():
        target = dataset(feed)
        for column, entry in columns.items():
            if not target.has(column):
                wrong.append(f"{feed}.{column}")
            if not isinstance(entry, str):
                wrong.extend(f"{feed}.{column}.{key}" for key in set(entry) - _COLUMN_KEYS)
    if wrong:
        raise ValueError(f"profile {name}: what is meant by {', '.join(wrong)}?")
    return Profile(
        name=name,
        title=written["title"],
        header=tuple(written.get("header", ())),
        feeds=written.get("feeds", {}),
        rows=written.get("rows", {}),
        statement=written.get("statement", {}),
    )
