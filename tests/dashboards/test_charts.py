"""Charts by what they draw and say, with no browser."""

from __future__ import annotations

import re

import pytest

from dashboards.charts.sparkline import runs, sparkline
from dashboards.charts.trend import Aim, trend, trend_alt
from dashboards.views.words import MONTH
from kpi.catalogue.model import Unit
from kpi.months import Month, span
from kpi.report.scale import score_scale
from kpi.report.signs import assurance_sign, gate_sign, month_sign, signal_sign
from kpi.report.svg import figure
from kpi.report.theme import DARK, LIGHT, Palette, contrast, palette
from kpi.report.words import ASSURANCE, GATE, SIGNAL
from tests.dashboards.made_up import FIRST, LAST, NO_SHOWS, RATINGS, ROWS

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda each: each.name)


def test_contrast_is_wcags() -> None:
    # Black on white is 21 by definition; #767676 on white is the well-known 4.54.
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@THEMES
def test_text_and_signs_can_be_told_from_what_is_behind_them(theme: Palette) -> None:
    for behind in (theme.page, theme.panel):
        assert contrast(theme.ink, behind) >= 7
        assert contrast(theme.muted, behind) >= 4.5
        assert contrast(theme.link, behind) >= 4.5
        for sign in (theme.better, theme.worse, theme.neutral):
            assert contrast(sign, behind) >= 3
    for sign in (theme.better, theme.worse, theme.neutral):
        assert contrast(theme.on_sign, sign) >= 3


@THEMES
def test_value_and_target_stand_out_from_every_tint(theme: Palette) -> None:
    for tint in (theme.poor, theme.fair, theme.good):
        assert contrast(theme.ink, tint) >= 4.5


def test_a_browser_that_does_not_say_gets_light() -> None:
    assert palette(None) is LIGHT
    assert palette("dark") is DARK


def test_image_text_is_escaped() -> None:
    assert 'alt="&lt;b&gt; &quot;x&quot;"' in figure(10, 10, '<b> "x"').img()


def test_sparkline_has_a_gap_where_a_month_has_no_value() -> None:
    drawn = sparkline(NO_SHOWS.reading.points, LAST, 0.05, Unit.PERCENT, LIGHT)
    assert drawn.svg.count("<path") == 2  # one missing month: two stretches, no line between
    assert drawn.alt == (
        "March 2025 to March 2026: between 4.7% and 7%, last 4.8%; 1 month without a value; "
        "target 5%."
    )


def test_sparkline_marks_the_last_value_and_says_when_it_is_old() -> None:
    points = {LAST - 1: 3.0, LAST - 2: 4.0}
    drawn = sparkline(points, LAST, None, Unit.COUNT, LIGHT)
    assert drawn.svg.count("<circle") == 1
    assert "last 3 in February 2026" in drawn.alt


def test_sparkline_of_nothing_says_so() -> None:
    drawn = sparkline({}, LAST, 5.0, Unit.COUNT, LIGHT)
    assert "no month has a value" in drawn.alt


def test_all_sparklines_share_one_month_axis() -> None:
    late = sparkline({LAST: 1.0}, LAST, None, Unit.COUNT, LIGHT).svg
    early = sparkline({LAST - 12: 1.0, LAST: 5.0}, LAST, None, Unit.COUNT, LIGHT).svg
    at = re.compile(r'cx="([\d.]+)"')
    assert at.findall(late)[-1] == at.findall(early)[-1]


def test_runs_break_at_gaps() -> None:
    assert runs([1.0, 2.0, None, 3.0, None]) == [[(0, 1.0), (1, 2.0)], [(3, 3.0)]]


@pytest.mark.parametrize(
    ("draw", "states"),
    [
        (signal_sign, list(SIGNAL)),
        (assurance_sign, list(ASSURANCE)),
        (gate_sign, list(GATE)),
        (month_sign, list(MONTH)),
    ],
)
def test_signs_differ_by_shape_and_not_by_colour_alone(draw, states) -> None:  # type: ignore[no-untyped-def]
    shapes = {re.sub(r"#[0-9A-Fa-f]{6}", "", draw(state, LIGHT).svg) for state in states}
    assert len(shapes) == len(states)


def test_signs_are_silent_because_their_words_stand_beside_them() -> None:
    assert signal_sign("improving", LIGHT).alt == ""


def test_score_scale_says_score_and_ratings() -> None:
    drawn = score_scale(81.4, (61.0, 91.2), RATINGS, LIGHT)
    assert drawn.alt.startswith(
        "Score 81.4 on a scale of 0 to 120, between 61.0 and 91.2 once all data is there; "
        "Developing from 70"
    )
    assert drawn.svg.count("<text") == 4


def test_trend_leaves_gaps_open_and_names_its_target() -> None:
    aims = [Aim("2026.1", FIRST, LAST, 0.05)]
    drawn = trend(NO_SHOWS.kpi, NO_SHOWS.reading, aims, LIGHT, {})
    values = next(each for each in drawn.data if each.name == "No-show rate")
    assert values.connectgaps is False
    assert list(values.y).count(None) == 1
    assert "Target, version 2026.1" in [each.name for each in drawn.data]
    said = trend_alt(NO_SHOWS.kpi, NO_SHOWS.reading, aims, {})
    assert "from 6% to 4.8%, 1 without a value; target 5%." in said


def test_trend_tells_better_from_worse_by_shape() -> None:
    row = next(each for each in ROWS if each.kpi.id == "median_wait_minutes")
    months = span(Month(2026, 2), LAST)
    flagged = row.reading.__class__(
        signal="improving",
        provisional=False,
        assurance=None,
        points=row.reading.points,
        flags={months[0]: "run", months[1]: "outside", Month(2025, 5): "outside"},
        mean=16.0,
    )
    drawn = {each.name: each for each in trend(row.kpi, flagged, [], LIGHT, {}).data}
    assert len(drawn["Better than chance"].x) == 2
    assert len(drawn["Worse than chance"].x) == 1
    symbols = {drawn[name].marker.symbol for name in ("Better than chance", "Worse than chance")}
    assert len(symbols) == 2


def test_a_target_of_one_month_alone_is_drawn() -> None:
    aims = [Aim("2026.1", LAST, LAST, 0.05)]
    (target,) = [
        each
        for each in trend(NO_SHOWS.kpi, NO_SHOWS.reading, aims, LIGHT, {}).data
        if each.name == "Target, version 2026.1"
    ]
    assert (target.mode, target.marker.size) == ("markers", 40)  # a line would have no length
