"""The section "Why did it move?" of a KPI's page."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from dashboards.address import Address
from dashboards.charts.parts import WIDTH, part_bar, part_sense
from dashboards.markup.movement import movement_block
from dashboards.views.movement import CHANCE, against_words, movement_view
from kpi.access.managers import Assignment, Manager
from kpi.access.practices import Practice
from kpi.catalogue import kpi
from kpi.catalogue.model import Better
from kpi.months import Month
from kpi.report.theme import LIGHT
from kpi.review.explained.movement import Moved
from kpi.score.facts import Facts
from kpi.score.model import Result, Status
from kpi.score.movement import movement
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.small_practice import appointments, load

JANUARY, FEBRUARY = Month(2026, 1), Month(2026, 2)
WHO = Assignment(
    1, Manager("dana", "Dana"), Practice(1, "lakeside", "Lakeside", "UTC", 1), "role", JANUARY,
    None, (),
)  # fmt: skip


def missed(counts: dict[str, tuple[int, int]]) -> Moved:
    """No-shows of each clinician in January and in February, of a hundred visits each."""
    groups = {
        name: Facts(
            values={
                "visits": {JANUARY: 100.0, FEBRUARY: 100.0},
                "no_shows": {JANUARY: float(old), FEBRUARY: float(new)},
            }
        )
        for name, (old, new) in counts.items()
    }
    rate = kpi("no_show_rate")
    old, new = (
        sum(each[at] for each in counts.values()) / sum(100 + each[at] for each in counts.values())
        for at in (0, 1)
    )
    return Moved(
        rate, WHO, (FEBRUARY, FEBRUARY), (JANUARY, JANUARY), Result(rate.id, Status.SCORED, new),
        Result(rate.id, Status.SCORED, old), "provider",
        movement(rate.formula, (JANUARY,), (FEBRUARY,), groups), None,
    )  # fmt: skip


def test_ten_groups_have_a_row_and_one_row_stands_for_the_rest() -> None:
    """Twelve clinicians without a no-show in January, with 1 to 12 in February."""
    view = movement_view(missed({f"Dr. {at:02d}": (0, at) for at in range(1, 13)}), None, LIGHT)
    assert [row.group for row in view.rows[:2]] == ["Dr. 12", "Dr. 11"]
    assert len(view.rows) == 11
    rest = view.rows[-1]
    assert rest.group == "2 more groups"
    assert rest.cells[:-1] == ("", "", "", "", "")
    assert len(view.words) == 3
    shown = movement_block(view)
    assert shown.count('role="row"') == 12
    assert "2 more groups" in shown
    # More no-shows: a bar's colour never stands without its word.
    assert {row.sense for row in view.rows} == {"worse"}
    assert shown.count(">worse</span>") == 11


def test_where_the_chart_sees_only_chance_that_is_said() -> None:
    moved = missed({"Dr. Ash": (1, 2)})
    assert movement_view(moved, "common_cause", LIGHT).caution == CHANCE
    assert CHANCE in movement_block(movement_view(moved, "common_cause", LIGHT))
    assert movement_view(moved, "deteriorating", LIGHT).caution == ""


def test_a_name_from_data_is_text(practice: Engine) -> None:
    shown = movement_block(movement_view(missed({"<b>Dr. X": (1, 2)}), None, LIGHT))
    assert "&lt;b&gt;Dr. X" in shown
    assert "<b>Dr." not in shown


@pytest.mark.parametrize(
    ("part", "better", "colour"),
    [
        (0.02, Better.LOWER, LIGHT.worse),
        (-0.02, Better.LOWER, LIGHT.better),
        (0.02, Better.HIGHER, LIGHT.better),
        (-0.02, Better.HIGHER, LIGHT.worse),
        (0.02, Better.BAND, LIGHT.neutral),
    ],
)
def test_a_bar_points_up_or_down_and_says_for_better_or_worse(
    part: float, better: Better, colour: str
) -> None:
    drawn = part_bar(part, 0.02, better, LIGHT).svg
    assert f'fill="{colour}"' in drawn
    left = 2.0 if part < 0 else WIDTH / 2
    assert f'<rect x="{left:.2f}"' in drawn
    assert f'width="{WIDTH / 2 - 2:.2f}"' in drawn


def test_a_word_says_what_the_colour_says() -> None:
    assert part_sense(-1, Better.LOWER) == part_sense(1, Better.HIGHER) == "better"
    assert part_sense(1, Better.LOWER) == part_sense(-1, Better.HIGHER) == "worse"
    assert part_sense(0, Better.LOWER) == part_sense(1, Better.BAND) == ""


def test_no_part_has_no_bar() -> None:
    assert "<rect" not in part_bar(0.0, 0.02, Better.LOWER, LIGHT).svg
    assert "<rect" not in part_bar(0.0, 0.0, Better.LOWER, LIGHT).svg


def test_what_is_compared_with() -> None:
    quarter = Month(2026, 1), Month(2026, 3)
    assert against_words("before", quarter) == "Period before: October to December 2025"
    assert against_words("year", quarter) == "A year before: January to March 2025"


def test_the_address_keeps_both_choices() -> None:
    where = Address.read({"against": "year", "by": "payer", "kpi": "no_show_rate"})
    assert (where.against, where.by) == ("year", "payer")
    assert Address.read(where.query()) == where
    odd = Address.read({"against": "<b>", "by": "patient"})
    assert (odd.against, odd.by) == ("before", None)
    assert odd.query() == {}


def test_the_page_says_that_there_is_nothing_before_the_first_months(
    practice: Engine, open_page: Open
) -> None:
    shown = text_of(open_page("kpi", kpi="no_show_rate"))
    assert "<h2>Why did it move?</h2>" in shown
    assert "No change is shown: No-show rate has no value for October to December 2024." in shown


def test_the_page_takes_the_change_apart_by_what_the_files_say(
    practice: Engine, open_page: Open
) -> None:
    """13 Mondays in either quarter, with two no-shows each and then one: 26 of 330 + 26 (66 days)
    and 13 of 320 + 13 (64 days). Nobody else misses."""
    load(practice, "old.csv", appointments(Month(2024, 10), Month(2024, 12), 2))
    app = open_page("kpi", kpi="no_show_rate")
    shown = text_of(app)
    # Neither clinician, location nor payer is in the files.
    assert app.selectbox(key="choose_by").value == "weekday"
    assert (
        "No-show rate fell from 7.3% (October to December 2024) to 3.9% (January to March 2025): "
        "−3.4 pp." in shown
    )
    assert "Monday: no-show rate fell from 28.6% to 16.7%" in shown
    assert "Share of visits and no-shows" in shown

    app.selectbox(key="choose_by").select("provider").run()
    assert "cannot be split by provider: the files of appointments leave it blank" in text_of(app)
    app.selectbox(key="choose_against").select("year").run()
    assert "no value for January to March 2024" in text_of(app)
