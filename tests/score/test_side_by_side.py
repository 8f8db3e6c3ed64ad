"""Which figures of several scores may be said to differ, worked by hand from their margins."""

from dataclasses import replace

from kpi.catalogue import kpi
from kpi.months import Month
from kpi.score.model import KpiScore, Margin, Score, ScoreMargin
from kpi.score.side_by_side import Told, different_targets, row_of, shared_kpis, told_apart
from tests.dashboards.made_up import LAST, NO_SHOWS, ROWS, score


def scored(value: float | None, low: float = 0, high: float = 0, **changes: object) -> Score:
    """A score with its margin and no KPI, so that only scores are compared."""
    margin = ScoreMargin(low, high, 1, 2000, 1927) if high else None
    return score(**{"score": value, "margin": margin, "rows": (), **changes})


def no_shows(value: float, low: float, high: float) -> KpiScore:
    margin = Margin(low, high, "Wilson", "margin", True)
    return replace(NO_SHOWS, result=replace(NO_SHOWS.result, value=value), margin=margin)


def sentences(*named: tuple[str, Score]) -> list[str]:
    return [sentence for told in told_apart(named) for sentence in told.sentences]


def test_scores_differ_only_where_their_margins_have_nothing_in_common() -> None:
    low, high = scored(70, 64, 79.9), scored(90, 80, 96)
    assert sentences(("Oak", low), ("Maple", high)) == ["Maple (90.0) lies above Oak (70.0)."]
    # They touch: 80 is in both.
    assert sentences(("Oak", scored(70, 64, 80)), ("Maple", high)) == []
    assert sentences(("Oak", scored(70)), ("Maple", high)) == []  # no margin, so nothing is known
    assert sentences(("Oak", scored(None)), ("Maple", high)) == []


def test_figures_of_different_months_are_never_compared() -> None:
    later = scored(90, 80, 96, first=Month(2026, 2), last=LAST + 1)
    assert sentences(("Oak", scored(70, 64, 79)), ("Maple", later)) == []


def test_sentences_together_name_every_pair_and_keep_the_order_given() -> None:
    """Of 60 to 62, 70 to 75, 74 to 90 the first differs from both others, and these do not."""
    named = [
        ("Ash", scored(80, 74, 90)),
        ("Birch", scored(61, 60, 62)),
        ("Cedar", scored(72, 70, 75)),
    ]
    assert told_apart(named) == [
        Told(
            "Score",
            2,
            ("Ash (80.0) lies above Birch (61.0).", "Cedar (72.0) lies above Birch (61.0)."),
        )
    ]


def test_a_kpi_that_is_shared_is_told_apart_by_its_own_margin() -> None:
    one, other = (
        score(score=None, rows=(row, *ROWS[1:])) for row in
        (no_shows(0.051, 0.040, 0.062), no_shows(0.092, 0.078, 0.108))
    )  # fmt: skip
    # The other rows are the same in both, and have no margin.
    assert sentences(("Oak", one), ("Maple", other)) == ["Maple (9.2%) is higher than Oak (5.1%)."]
    assert not different_targets([one, other])


def test_only_what_two_roles_mean_alike_is_shared() -> None:
    own = replace(kpi("no_show_rate"), formula=kpi("denial_rate").formula)
    other = score(rows=(replace(NO_SHOWS, kpi=own), ROWS[1]))
    assert [each.id for each in shared_kpis([score(), other])] == [ROWS[1].kpi.id]
    assert row_of(other, kpi("no_show_rate")) is None
    assert shared_kpis([score()]) == []
