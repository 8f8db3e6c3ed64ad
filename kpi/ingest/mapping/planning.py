"""A profile applied to the header of one file: the plan by which its rows are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpi.datasets import Column, dataset
from kpi.errors import FileRefused
from kpi.ingest.fold import fold_firm, fold_header
from kpi.ingest.layout.header import Header
from kpi.ingest.layout.preamble import Preamble
from kpi.ingest.mapping.plan import (
    Aging,
    Check,
    ColumnPlan,
    FeedPlan,
    LeaveOut,
    Melt,
    Plan,
    Routing,
    Shape,
    Taking,
)
from kpi.ingest.mapping.profile import Profile
from kpi.ingest.mapping.ratings import Ratings
from kpi.ingest.questions import FileAsks, Question
from kpi.ingest.showing import shown_heading
from kpi.ingest.statements.periods import read_span
from kpi.months import Month

BUCKETS = ("days_0_30", "days_31_60", "days_61_90", "days_91_120", "days_over_120", "credits")
"""The columns that an aging makes, in this order."""

_DATES = {None: None, "month first": True, "day first": False}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a file besides its table: its name, the lines above its header, the months
    that it is said to cover, the name of the practice, and the columns that hold ratings, where
    the profile asks for them."""

    name: str
    preamble: Preamble = field(default_factory=lambda: Preamble(()))
    covers: tuple[Month, ...] = ()
    practice: str = ""
    ratings: Ratings = field(default_factory=lambda: Ratings({}))

    @property
    def months(self) -> tuple[Month, ...]:
        """What a person says it covers, else what the file says."""
        return self.covers or self.preamble.covers

    def said(self, what: str) -> str | None:
        """``first day``, ``last day`` or ``month`` of what the file covers, as a cell's text."""
        if what == "last day" and self.preamble.as_of is not None and not self.covers:
            return self.preamble.as_of.isoformat()
        months = self.months
        if what == "month":
            return str(months[0]) if len(months) == 1 else None
        ends: tuple[date, date] | None = None
        if months:
            ends = months[0].first_day, months[-1].last_day
        elif self.preamble.period is not None:
            ends = self.preamble.period.first, self.preamble.period.last
        if ends is None:
            return None
        return ends[0 if what == "first day" else 1].isoformat()


def plan_of(profile: Profile, header: Header, context: Context) -> Plan:
    """The profile applied to a header that has all its columns.

    Raises FileRefused where the file does not say what the profile takes from it, or where two
    columns have the name of one that is needed.
    """
    return _Planning(profile, header, context).plan()


class _Planning:
    """One profile meeting one header."""

    def __init__(self, profile: Profile, header: Header, context: Context) -> None:
        self.profile, self.header, self.context = profile, header, context
        self.places: dict[str, int] = {}
        self.doubled: set[str] = set()
        self.used: set[int] = set()
        self.notes: list[str] = list(profile.notes)
        for place, name in enumerate(header.folded):
            if name in self.places:
                self.doubled.add(name)
            elif name:
                self.places[name] = place
        self.width = len(header.cells)

    def plan(self) -> Plan:
        shape = self._shape()
        feeds = tuple(self._feed(name, columns) for name, columns in self.profile.feeds.items())
        routing = self._routing()
        dropped = tuple(
            shown_heading(cell.strip()) or f"column {place + 1} (it has no name)"
            for place, cell in enumerate(self.header.cells)
            if place not in self.used
        )
        width = len(self.header.cells)
        return Plan(self.profile.name, feeds, dropped, routing, shape, tuple(self.notes), width)

    def place(self, name: str, kept: bool = True) -> int | None:
        """The place of a column, or None. ``kept``: not only looked at, so that it is none of the
        dropped ones. Raises FileRefused if two columns have the name."""
        folded = fold_header(name)
        if folded in self.doubled:
            raise FileRefused(
                f"{self.context.name}, line {self.header.line}: two columns are called '{name}', "
                "so it cannot be told which is meant. Rename or remove one of them."
            )
        place = self.places.get(folded)
        if place is not None and place < len(self.header.cells) and kept:
            self.used.add(place)
        return place

    def _make(self, names: Sequence[str]) -> None:
        """Further columns behind those there are; a made name hides one of the header."""
        for name in names:
            self.places[fold_header(name)] = self.width
            self.doubled.discard(fold_header(name))
            self.width += 1

    def _shape(self) -> Shape:
        profile = self.profile
        fill_down = tuple(
            place
            for name in profile.fill_down
            if (place := self.place(name, kept=False)) is not None
        )
        leave_out = tuple(
            rule for each in profile.leave_out if (rule := self._leave_out(each)) is not None
        )
        tests = self.place(profile.test_patients, kept=False) if profile.test_patients else None
        checks = tuple(check for each in profile.checks if (check := self._check(each)) is not None)
        if profile.group:
            self._make([profile.group])
        melt = self._melt() if profile.melt else None
        aging = None
        if profile.aging:
            amount, days = (self.place(profile.aging[key]) for key in ("amount", "days"))
            if amount is not None and days is not None:
                aging = Aging(amount, days)
                self._make(BUCKETS)
        return Shape(
            fill_down, bool(profile.group), profile.lone_cell, leave_out, tests, melt, aging, checks
        )

    def _leave_out(self, rule: Mapping[str, Any]) -> LeaveOut | None:
        place = self.place(rule["column"], kept=False)
        if place is None:
            return None
        other = rule.get("other_than")
        if other == "practice":
            other = self.context.practice
        words = frozenset(map(word_of, rule.get("words", ())))
        return LeaveOut(place, str(rule["reason"]), words, fold_firm(other) if other else None)

    def _check(self, rule: Mapping[str, Any]) -> Check | None:
        terms = []
        for name in rule["sum"]:
            negative = str(name).startswith("-")
            place = self.place(str(name).removeprefix("-"), kept=False)
            if place is None:
                return None
            terms.append((place, -1 if negative else 1))
        total = self.place(rule["equals"], kept=False)
        if total is None:
            return None
        said = " ".join(str(name) for name in rule["sum"])
        return Check(tuple(terms), total, f"{said} = {rule['equals']}")

    def _melt(self) -> Melt:
        rule = self.profile.melt
        places: list[int] = []
        made: list[dict[str, str]] = []
        words: list[Mapping[str, str]] = []
        if rule["columns"] == "months":
            for place, cell in enumerate(self.header.cells):
                span = read_span(cell)
                if span is None:
                    continue
                self.used.add(place)
                if span.month is None:
                    self.notes.append(f"Column '{cell.strip()}' is left out: it is no whole month.")
                    continue
                places.append(place)
                made.append({"month": str(span.month)})
        elif rule["columns"] == "ratings":
            for place, rating in self.context.ratings.found.items():
                self.used.add(place)
                places.append(place)
                made.append(rating.made)
                words.append(rating.words)
                self.notes.append(rating.sentence)
            self.notes += self.context.ratings.unsure
        else:
            for name, constants in rule["columns"].items():
                found = self.place(name)
                if found is not None:
                    places.append(found)
                    made.append({str(key): str(value) for key, value in constants.items()})
        if not places and rule["columns"] == "ratings":
            raise FileRefused(
                f"{self.context.name} is {self.profile.title}, but none of its columns is surely a "
                f"rating. {' '.join(self.context.ratings.unsure)} Export the answers as texts, or "
                "say once which columns are ratings in a profile of the practice's own."
            )
        if not places:
            raise FileRefused(
                f"{self.context.name} is {self.profile.title}, but has none of the columns that "
                "hold its figures. Export it with all columns."
            )
        names = list(dict.fromkeys(key for each in made for key in each))
        self._make([str(rule["value"]), *names])
        constants = tuple(tuple(each.get(name, "") for name in names) for each in made)
        return Melt(tuple(places), constants, str(rule.get("blank", "no value")), tuple(words))

    def _routing(self) -> Routing | None:
        rows = self.profile.rows
        if not rows:
            return None
        place = self.place(rows["column"], kept=False)
        if place is None:
            raise FileRefused(
                f"{self.context.name} has no column '{rows['column']}', which says what each row "
                f"is. It is read as {self.profile.title}."
            )
        return Routing(
            place,
            {word_of(word): str(name) for word, name in rows["feeds"].items()},
            {word_of(word): str(why) for word, why in rows.get("left_out", {}).items()},
        )

    def _feed(self, name: str, columns: Mapping[str, Any]) -> FeedPlan:
        target = dataset(name)
        plans = []
        for column in target.columns:
            if column.name in columns:
                entry = columns[column.name]
                found = self._column(column, {"column": entry} if isinstance(entry, str) else entry)
                if found is not None:
                    plans.append(found)
        return FeedPlan(target, tuple(plans))

    def _column(self, column: Column, entry: Mapping[str, Any]) -> ColumnPlan | None:
        """The plan of one canonical column; None where this export was made without it."""
        if "constant" in entry:
            return ColumnPlan(column, (), column.name, constant=str(entry["constant"]))
        if "file" in entry:
            return self._of_file(column, str(entry["file"]))
        taking = Taking.JOINED
        names: list[str] = [entry["column"]] if "column" in entry else []
        words: tuple[str, ...] = ()
        if "columns" in entry:
            names = entry["columns"]
        elif "first_of" in entry:
            names, taking = entry["first_of"], Taking.FIRST
        elif "sum" in entry:
            names, taking = entry["sum"], Taking.SUM
        elif "flags" in entry:
            names, taking = list(entry["flags"]), Taking.FLAGS
        found = {name: place for name in names if (place := self.place(name)) is not None}
        whole = taking in (Taking.JOINED, Taking.SUM)
        if not found or (whole and len(found) < len(names)):
            return None
        if taking is Taking.FLAGS:
            words = tuple(str(entry["flags"][name]) for name in found)
        turned = self.place(entry["turned"]) if "turned" in entry else None
        when = None
        if "when" in entry:
            ((name, wanted),) = entry["when"].items()
            place = self.place(name, kept=False)
            when = None if place is None else (place, frozenset(map(word_of, wanted)))
        unless = tuple(
            (place, {word_of(word): str(to) for word, to in meanings.items()})
            for name, meanings in entry.get("unless", {}).items()
            if (place := self.place(name, kept=False)) is not None
        )
        return ColumnPlan(
            column,
            tuple(found.values()),
            " + ".join(name.strip() for name in found),
            taking,
            constant=str(entry.get("otherwise", "")),
            words=words,
            values={word_of(word): str(to) for word, to in entry.get("values", {}).items()},
            when=when,
            unless=unless,
            negate=bool(entry.get("negate", False)),
            month_first=_DATES[entry.get("dates")],
            unit=entry.get("unit"),
            turned=turned,
        )

    def _of_file(self, column: Column, what: str) -> ColumnPlan:
        text = self.context.said(what)
        if text is None:
            raise FileAsks(
                Question.COVERS,
                f"{self.context.name} does not say {_WHAT[what]} it is of, which {column.name} "
                "needs.",
            )
        self.notes.append(f"{column.name} is {text} in every row: the file's own {what}.")
        return ColumnPlan(column, (), column.name, constant=text)


_WHAT = {"last day": "which day", "first day": "which days", "month": "which one month"}


def word_of(word: object) -> str:
    """A word of a file as it is compared."""
    return str(word).strip().casefold()
