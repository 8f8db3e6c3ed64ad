"""Where a period under way ends at the pace of the last twelve months, and what targets take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.views.words import count_of
from kpi.months import Month
from kpi.numbers import show, show_score, show_threshold
from kpi.score.pace import Pace, PeriodPace

EXPLAINED = (
    "The months left are played through twelve times, beginning with each of the last twelve "
    "months in turn. What lies in the middle is the pace; ten of the twelve lie between the two "
    "figures beside it. It is no promise: what changes from here on changes it."
)


@dataclass(frozen=True, slots=True)
class PaceRow:
    """One KPI: points at stake, where it stands and ends, and what its target takes."""

    id: str
    name: str
    stake: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PaceView:
    """The pace of a period. ``rows``: KPIs with points at stake, the most first; ``others``:
    what is to be said of the rest."""

    headline: str
    rows: tuple[PaceRow, ...]
    others: tuple[str, ...]


def pace_view(found: PeriodPace, ratings: Mapping[str, float]) -> PaceView:
    """What the overview shows. ``ratings``: the lowest score of each."""
    at_stake = [each for each in found.rows if each.at_stake]
    at_stake.sort(key=lambda each: -(each.at_stake or 0.0))
    met = sum(each.at_stake == 0 for each in found.rows)
    others = [f"{count_of(met, 'KPI')} {'meets' if met == 1 else 'meet'} the target at this pace."]
    others += [f"{each.row.kpi.name}: {each.reason}" for each in found.rows if each.reason]
    headline = "At the pace of the last twelve months there is no score to foresee yet."
    if found.score is not None:
        headline = (
            "At the pace of the last twelve months the period ends at "
            f"{show_score(found.score, ratings)} points."
        )
    return PaceView(headline, tuple(map(_row, at_stake)), tuple(others if met else others[1:]))


def _row(each: Pace) -> PaceRow:
    unit, reaching = each.row.kpi.unit, each.reaching
    target = show_threshold(each.row.target, unit)
    takes = "" if reaching is None else f" Target of {target}: {reaching.words}."
    return PaceRow(
        id=each.row.kpi.id,
        name=each.row.kpi.name,
        stake=f"{show_score(each.at_stake)} points at stake",
        sentence=(
            f"{show(each.row.result.value, unit)} so far; at this pace {show(each.value, unit)}, "
            f"between {show(each.low, unit)} and {show(each.high, unit)}.{takes}"
        ),
    )


def pace_sentences(each: Pace, last: Month) -> list[str]:
    """The same of one KPI in sentences. ``last``: the period's last month."""
    if each.value is None or each.low is None or each.high is None:
        return [each.reason or ""]
    unit = each.row.kpi.unit
    said = [
        f"At the pace of the last twelve months it ends {last.words} at {show(each.value, unit)}, "
        f"between {show(each.low, unit)} and {show(each.high, unit)}."
    ]
    if each.reaching is None:
        return [*said, "That meets its target."]
    target = show_threshold(each.row.target, unit)
    takes = "is" if each.reaching.kind == "never" else "takes:"
    said.append(f"Its target of {target} {takes} {each.reaching.words}.")
    if each.at_stake:
        said.append(f"Points at stake: {show_score(each.at_stake)}.")
    return said
