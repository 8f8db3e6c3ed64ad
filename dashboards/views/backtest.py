"""A backtest as the editor shows it."""

from __future__ import annotations

from dashboards.charts.standings import standings
from dashboards.views.cards import Card, Cell
from kpi.months import period_words
from kpi.numbers import DASH, show, show_score
from kpi.report.theme import LIGHT, Palette
from kpi.report.words import rating_words, ratings_of
from kpi.review.roles.backtest import RoleBacktest
from kpi.score.backtest import STANDINGS, ReplayedKpi, Standing

HEADINGS = ("KPI", "Months", "Below floor", "Between", "At target", "At stretch", "By chance")
PERIOD_HEADINGS = ("Period", "Score", "Indicated", "Coverage", "")

KEY = (
    "A bar is a month, the oldest left: the lowest stands below the floor, the tallest at the "
    "stretch; the dashed line is the target. By chance: how many months crossed from one to "
    "another though their chart says that nothing changed."
)


def kpi_cards(done: RoleBacktest, palette: Palette) -> list[Card]:
    """A line a KPI: how many of its months would have stood where."""
    return [Card(each.kpi.name, "", _cells(each, palette)) for each in done.found.kpis]


def standing_charts(done: RoleBacktest) -> list[tuple[str, bytes]]:
    """Each KPI's bars as a file, for paper."""
    return [(f"{each.kpi.id}.svg", standings(each, LIGHT).file) for each in done.found.kpis]


def _cells(found: ReplayedKpi, palette: Palette) -> tuple[Cell, ...]:
    shares = found.shares

    def cell(standing: Standing) -> Cell:
        if shares is None:
            return DASH
        return str(found.counts[standing]), show(shares[standing], "percent")

    chance: Cell = DASH
    if found.judged:
        chance = (f"{found.by_chance} of {found.judged}", show(found.chance_share, "percent"))
    return (standings(found, palette), *(cell(each) for each in STANDINGS), chance)


def period_cards(done: RoleBacktest) -> list[Card]:
    """A line a past review period, newest first."""
    return [
        Card(
            period_words(each.first, each.last),
            "",
            (
                show_score(each.score, ratings_of(each)),
                rating_words(each) or DASH,
                show(each.coverage, "percent"),
                each.reason or "",
            ),
        )
        for each in reversed(done.found.periods)
    ]


def chance_words(done: RoleBacktest) -> str:
    """How much of it all would have been chance."""
    share = done.found.chance_share
    if share is None:
        return "No KPI has months enough to tell chance from change."
    return (
        f"In {show(share, 'percent')} of the months that can be judged a KPI would have crossed "
        "from one standing to another by chance alone."
    )


def suggestion_words(done: RoleBacktest) -> list[str]:
    """What is worth a look, each with its arithmetic."""
    return [each.words for each in done.suggestions]


def left_out_words(done: RoleBacktest) -> list[str]:
    """What could not be replayed, and why."""
    return [f"{done.role.kpi(each.kpi).name}: {each.reason}" for each in done.left_out]
