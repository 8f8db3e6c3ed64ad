"""A role's targets replayed over months that are past: where each would have stood, and the scores.

A month *stands* below the floor (at it or worse: it earns 0), between floor and target, at the
target (and short of the stretch), or at the stretch. It *crosses* when it stands elsewhere than the
last month before it, within the backtest, that has a value. A crossing is *chance* when the chart
of all months up to the backtest's end has limits and flags nothing about that month. The share of
chance is the crossings by chance over the months that could have been one: those with a value, a
month with a value before them, and a chart with limits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from kpi.catalogue import Better, Kpi, kpi
from kpi.catalogue.evaluation import is_count
from kpi.months import Month, span
from kpi.role.model import Terms
from kpi.score.attainment import STRETCH_POINTS, attainment, meets
from kpi.score.facts import Facts
from kpi.score.model import Score, SignalReading, VersionInForce
from kpi.score.scoring import score
from kpi.score.signal import read_signal
from kpi.score.trend import trends

Standing = Literal["below_floor", "between", "at_target", "at_stretch"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True, slots=True)
class ReplayedMonth:
    """One month of one KPI. ``value`` None: it has none, and stands nowhere. ``crossed`` is None
    where no month before it has a value, ``by_chance`` where the chart has no limits as well."""

    month: Month
    value: float | None
    standing: Standing | None
    crossed: bool | None
    by_chance: bool | None


@dataclass(frozen=True, slots=True)
class ReplayedKpi:
    """One KPI over the months of a backtest, whatever each month's n; and its chart."""

    kpi: Kpi
    terms: Terms
    months: tuple[ReplayedMonth, ...]
    reading: SignalReading

    @property
    def values(self) -> tuple[float, ...]:
        """The months' values in order, those without one left out."""
        return tuple(each.value for each in self.months if each.value is not None)

    @property
    def no_value(self) -> int:
        """How many months have no value."""
        return len(self.months) - len(self.values)

    @property
    def counts(self) -> dict[Standing, int]:
        """How many months stand where."""
        found = Counter(each.standing for each in self.months)
        return {standing: found[standing] for standing in STANDINGS}

    @property
    def shares(self) -> dict[Standing, float] | None:
        """The same as fractions of the months with a value; None where there is none."""
        valued = len(self.values)
        if not valued:
            return None
        return {standing: count / valued for standing, count in self.counts.items()}

    @property
    def met(self) -> int:
        """How many months meet the target, at the stretch or short of it."""
        return self.counts["at_target"] + self.counts["at_stretch"]

    @property
    def crossings(self) -> int:
        """How many months cross."""
        return sum(each.crossed is True for each in self.months)

    @property
    def by_chance(self) -> int:
        """How many of them cross by chance."""
        return sum(each.by_chance is True for each in self.months)

    @property
    def judged(self) -> int:
        """How many months could have crossed by chance."""
        return sum(each.by_chance is not None for each in self.months)

    @property
    def chance_share(self) -> float | None:
        """The share of chance; None where no month could be judged."""
        return self.by_chance / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Backtest:
    """The replay of one role version: every KPI, and the score of each whole review period."""

    first: Month
    last: Month
    kpis: tuple[ReplayedKpi, ...]
    periods: tuple[Score, ...]

    @property
    def chance_share(self) -> float | None:
        """The share of chance over all KPIs' months together."""
        judged = sum(each.judged for each in self.kpis)
        return sum(each.by_chance for each in self.kpis) / judged if judged else None


def replay(
    version: str,
    terms: Sequence[Terms],
    minimum_coverage: float,
    ratings: Mapping[str, float],
    first: Month,
    last: Month,
    periods: Sequence[tuple[Month, Month]],
    facts: Facts,
    history: Sequence[Month],
) -> Backtest:
    """Replays terms over the months from first to last.

    ``periods``: the review periods to score. ``history``: the months of the charts in a row, with
    those of the backtest among them. A period is scored exactly as a manager's would be who was
    assigned all along, with this version alone in force.
    """
    kpis = [each.own or kpi(each.kpi) for each in terms]
    points = trends(kpis, [each for each in history if each <= last], facts)
    replayed = []
    for definition, asked in zip(kpis, terms, strict=True):
        reading = read_signal(
            points[definition.id], definition.better, asked.target,
            is_count=is_count(definition.formula),
        )  # fmt: skip
        values = {month: points[definition.id].get(month) for month in span(first, last)}
        months = _months(values, reading, asked, definition.better)
        replayed.append(ReplayedKpi(definition, asked, months, reading))
    scores = [
        score(
            [VersionInForce(version, span(start, end), tuple(terms), minimum_coverage, ratings)],
            start,
            end,
            facts,
        )
        for start, end in periods
    ]
    return Backtest(first, last, tuple(replayed), tuple(scores))


def standing(value: float, terms: Terms, better: Better) -> Standing:
    """Where a value stands. Without a floor all that misses the target earns 0."""
    points = attainment(value, terms, better)
    if meets(value, terms, better):
        stretched = terms.stretch is not None and points >= STRETCH_POINTS
        return "at_stretch" if stretched else "at_target"
    return "between" if points > 0 else "below_floor"


def _months(
    values: Mapping[Month, float | None], reading: SignalReading, terms: Terms, better: Better
) -> tuple[ReplayedMonth, ...]:
    found = []
    before: Standing | None = None
    for month, value in values.items():
        if value is None:
            found.append(ReplayedMonth(month, None, None, None, None))
            continue
        now = standing(value, terms, better)
        crossed = None if before is None else now != before
        by_chance = None
        if crossed is not None and reading.mean is not None:
            by_chance = crossed and reading.flags.get(month) is None
        found.append(ReplayedMonth(month, value, now, crossed, by_chance))
        before = now
    return tuple(found)
