"""The bullet chart: what it draws lies inside it, in the right order, whichever way is better."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kpi.catalogue.model import Better, Unit
from kpi.report.bullet import WIDTH, axis, bullet, sample
from kpi.report.theme import LIGHT, VARIABLES

TINTS = re.compile(f"{LIGHT.poor}|{LIGHT.fair}|{LIGHT.good}")
FIGURES = st.floats(-1e6, 1e6, allow_nan=False)


def test_it_says_its_numbers() -> None:
    said = bullet(0.0512, 0.10, 0.05, 0.03, Unit.PERCENT, Better.LOWER, LIGHT).alt
    assert said == "Bullet chart: value 5.12%, floor 10%, target 5%, stretch 3%, lower is better."


def test_without_a_value_there_is_neither_bar_nor_dot() -> None:
    drawn = bullet(None, 0.10, 0.05, None, Unit.PERCENT, Better.LOWER, LIGHT)
    assert "no value" in drawn.alt
    assert f'height="7.00" fill="{LIGHT.ink}"' not in drawn.svg
    assert "circle" not in drawn.svg


def test_the_bar_starts_at_zero_or_is_a_dot() -> None:
    # From 92% to 98% an axis from zero would leave nothing to see, so the value is a dot.
    assert axis(0.95, 0.92, 0.96, 0.98, Better.HIGHER).low > 0
    assert "circle" in bullet(0.95, 0.92, 0.96, 0.98, Unit.PERCENT, Better.HIGHER, LIGHT).svg
    # 4 to 9 leave room from zero; the axis ends a quarter of their distance beyond: 10.25.
    assert axis(7, 4, 6, 9, Better.HIGHER).from_zero
    drawn = bullet(7, 4, 6, 9, Unit.COUNT, Better.HIGHER, LIGHT).svg
    assert "circle" not in drawn
    assert f'x="0.00" y="10.50" width="{7 / 10.25 * WIDTH:.2f}" height="7.00"' in drawn


def test_lower_is_better_keeps_zero_left_and_turns_the_tints_round() -> None:
    assert axis(20, 50, 38, 32, Better.LOWER).low == 0
    higher = bullet(5, 4, 6, 9, Unit.COUNT, Better.HIGHER, LIGHT).svg
    lower = bullet(5, 9, 6, 4, Unit.COUNT, Better.LOWER, LIGHT).svg
    assert TINTS.findall(higher) == [LIGHT.poor, LIGHT.fair, LIGHT.good]
    assert TINTS.findall(lower) == [LIGHT.good, LIGHT.fair, LIGHT.poor]


def test_a_band_is_best_in_the_middle_and_has_two_ticks() -> None:
    drawn = bullet(0.9, (0.7, 1.0), (0.85, 0.95), None, Unit.PERCENT, Better.BAND, LIGHT)
    assert "target 85% to 95%" in drawn.alt
    assert TINTS.findall(drawn.svg) == [
        LIGHT.poor, LIGHT.fair, LIGHT.good, LIGHT.fair, LIGHT.poor,
    ]  # fmt: skip
    assert drawn.svg.count('stroke-width="3"') == 2


def test_a_target_of_zero_has_a_scale() -> None:
    drawn = bullet(0.0, None, 0, None, Unit.COUNT, Better.LOWER, LIGHT).svg
    assert "nan" not in drawn
    assert drawn.count('stroke-width="3"') == 1


def test_within_a_page_it_has_the_pages_colours_and_its_words_as_title() -> None:
    drawn = bullet(5, 4, 6, 9, Unit.COUNT, Better.HIGHER, VARIABLES)
    assert "#" not in drawn.svg
    assert 'fill="var(--poor)"' in drawn.svg
    assert f'role="img"><title>{drawn.alt}</title>' in drawn.inline
    assert sample(LIGHT).alt == ""


@given(FIGURES, FIGURES, FIGURES, FIGURES, st.sampled_from([Better.HIGHER, Better.LOWER]))
def test_everything_is_drawn_within_the_box(
    value: float, floor: float, target: float, stretch: float, better: Better
) -> None:
    scale = axis(value, floor, target, stretch, better)
    assert scale.low < scale.high
    for mark in (value, floor, target, stretch):
        assert scale.low <= mark <= scale.high
        assert 0 <= scale.x(mark) <= WIDTH
