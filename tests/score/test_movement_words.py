"""A change taken apart, in words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kpi.catalogue import kpi
from kpi.catalogue.splits import Split
from kpi.score.facts import Facts
from kpi.score.movement import Movement, movement
from kpi.score.movement_words import (
    group_words,
    headline,
    in_order,
    in_sentence,
    largest_parts,
    part_headings,
    part_line,
    weighed_words,
)
from tests.score.made import FEB, JAN, facts


def moved(id: str, groups: Mapping[str, Facts]) -> Movement:
    found = movement(kpi(id).formula, (JAN,), (FEB,), groups)
    assert found is not None
    return found


def said(id: str, groups: Mapping[str, Facts], change: float, split: Split) -> tuple[str, ...]:
    return largest_parts(moved(id, groups), kpi(id), change, split)


NO_SHOWS = {
    "Dr. Ash": facts({"visits": [54, 44], "no_shows": [6, 6]}),
    "Dr. Birch": facts({"visits": [32, 40], "no_shows": [8, 10]}),
}
"""6 of 60, then 6 of 50; 8 of 40, then 10 of 50: 14% to 16%. Rate .011, mix .004 and .005."""


def test_the_three_largest_parts_of_a_ratio() -> None:
    assert said("no_show_rate", NO_SHOWS, 0.02, "provider") == (
        "Dr. Ash: no-show rate rose from 10% to 12%, which is +1.1 of the +2 pp.",
        "Dr. Birch: 50% of all visits and no-shows instead of 40%, and its no-show rate is above "
        "average, which is +0.5 of the +2 pp.",
        "Dr. Ash: 50% of all visits and no-shows instead of 60%, and its no-show rate is below "
        "average, which is +0.4 of the +2 pp.",
    )


def test_lines_and_headings_of_a_ratio() -> None:
    found = moved("no_show_rate", NO_SHOWS)
    assert part_headings(found, kpi("no_show_rate"), "provider") == {
        "group": "Provider",
        "before": "Before",
        "after": "Now",
        "share": "Share of visits and no-shows",
        "own": "By its own rate",
        "mix": "By its share",
        "part": "Together",
    }
    first = part_line(in_order(found, "provider")[0], kpi("no_show_rate"), "provider")
    assert (first.group, first.before, first.after) == ("Dr. Ash", "10%", "12%")
    assert (first.share, first.own, first.mix) == ("60% → 50%", "+1.1 pp", "+0.4 pp")
    assert (first.part, first.amount) == ("+1.5 pp", pytest.approx(0.015))


def test_a_median_in_words() -> None:
    """The median goes from 12 to 19 with Dr. Ash's waits; a group that stays has no sentence."""
    groups = {
        "Dr. Ash": facts(histograms={"waits": [{12: 4}, {19: 4}]}),
        "Dr. Birch": facts(histograms={"waits": [{15: 3}, {15: 3}]}),
    }
    assert said("median_wait_minutes", groups, 7, "provider") == (
        "Dr. Ash: median wait rose from 12 min to 19 min, which is +7 of the +7 min.",
    )
    found = moved("median_wait_minutes", groups)
    assert list(part_headings(found, kpi("median_wait_minutes"), "provider").values()) == [
        "Provider", "Before", "Now", "Share of measured waits", "Part",
    ]  # fmt: skip


def test_a_group_that_came_or_only_waits_more_often() -> None:
    """10 10 | 10 20 20 20: the lower middle of two is 10, of six is 10 too, of more 20s is 20."""
    groups = {
        "": facts(histograms={"waits": [{}, {20: 4}]}),
        "Dr. Birch": facts(histograms={"waits": [{10: 2}, {10: 2}]}),
    }
    assert said("median_wait_minutes", groups, 10, "provider") == (
        "No provider given: new, with a median wait of 20 min, which is +10 of the +10 min.",
    )
    more = {
        "Dr. Ash": facts(histograms={"waits": [{20: 1}, {20: 9}]}),
        "Dr. Birch": facts(histograms={"waits": [{10: 3}, {10: 3}]}),
    }
    assert said("median_wait_minutes", more, 10, "provider") == (
        "Dr. Ash: median wait stayed at 20 min, the number of measured waits went from 1 to 9, "
        "which is +10 of the +10 min.",
    )


def test_a_count_in_words_and_parts_that_cancel_out() -> None:
    groups = {
        "North": facts({"hipaa_violations": [0, 2]}),
        "South": facts({"hipaa_violations": [2, 0]}),
    }
    assert said("hipaa_violations", groups, 0, "location") == (
        "North: HIPAA violations rose from 0 to 2, which is +2, against 0 on the whole.",
        "South: HIPAA violations fell from 2 to 0, which is −2, against 0 on the whole.",
    )


def test_a_numerator_with_nothing_under_it_in_words() -> None:
    groups = {
        "North": facts({"complaints": [2, 2], "visits": [1000, 1000]}),
        "": facts({"complaints": [0, 1]}),
    }
    assert said("complaint_rate", groups, 1, "location") == (
        "No location given: counted with no visits of its own, which is +1 of the +1 per 1,000 "
        "visits.",
    )


def test_weekdays_stand_in_their_order() -> None:
    groups = {
        day: facts({"complaints": [1, 1 + int(day)], "visits": [1000, 1000]}) for day in "420"
    }
    found = moved("complaint_rate", groups)
    named = [
        part_line(move, kpi("complaint_rate"), "weekday").group
        for move in in_order(found, "weekday")
    ]
    assert named == ["Monday", "Wednesday", "Friday"]


def test_a_part_larger_than_the_change_or_against_it() -> None:
    """3 more in the North and 2 fewer in the South make 1 more; a small part is left out."""
    groups = {
        "North": facts({"hipaa_violations": [0, 3]}),
        "South": facts({"hipaa_violations": [2, 0]}),
    }
    found = said("hipaa_violations", groups, 1, "location")
    assert [each.split("which is ")[1] for each in found] == [
        "+3, against +1 on the whole.",
        "−2, against +1 on the whole.",
    ]
    nothing = moved("hipaa_violations", {})
    assert largest_parts(nothing, kpi("hipaa_violations"), 0, "location") == (
        "Nothing was counted in either period.",
    )


def test_names_of_groups() -> None:
    assert group_words(None, "payer") == "All others"
    assert group_words("", "payer") == "No payer given"
    assert group_words("6", "weekday") == "Sunday"
    assert group_words("6", "location") == "6"


@pytest.mark.parametrize(
    ("id", "name", "weighed"),
    [
        ("no_show_rate", "no-show rate", "visits and no-shows"),
        ("hipaa_violations", "HIPAA violations", "the total"),
        ("ar_over_90_share", "A/R over 90 days", "A/R balance"),
        ("overhead_ratio", "overhead ratio", "revenue"),
        ("slot_utilization", "slot utilization", "minutes open"),
        ("net_collection_rate", "net collection rate", "collectible charges"),
        ("p90_wait_minutes", "90th percentile wait", "measured waits"),
        ("cost_per_visit_reduction", "cost per visit reduction", "the total"),
    ],
)
def test_names_within_a_sentence(id: str, name: str, weighed: str) -> None:
    assert (in_sentence(kpi(id)), weighed_words(kpi(id))) == (name, weighed)


def test_the_headline() -> None:
    rate, periods = kpi("no_show_rate"), ((JAN, JAN), (FEB, FEB))
    assert headline(rate, periods[0], 0.14, periods[1], 0.16) == (
        "No-show rate rose from 14% (January 2026) to 16% (February 2026): +2 pp."
    )
    assert headline(rate, periods[0], 0.16, periods[1], 0.14) == (
        "No-show rate fell from 16% (January 2026) to 14% (February 2026): −2 pp."
    )
    assert headline(rate, periods[0], 0.14, periods[1], 0.16, apart=False).endswith(
        ": +2 pp. Chance alone could have made this difference."
    )
    assert headline(rate, periods[0], 0.14, periods[1], 0.14) == (
        "No-show rate stayed at 14% (January 2026, and February 2026)."
    )
