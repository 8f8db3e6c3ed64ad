"""Letting old records go moves no figure: whatever was loaded, undone, declared or dismissed before
and is loaded or undone afterwards, later months are what they would be had all records been kept,
and sealed months stay as they were. ``tests/soak/retention.py`` asks it for as long as one likes.
"""

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests.properties.aging import DATED, ages

NAMES = count()


@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(dataset=st.sampled_from(sorted(DATED)), seed=st.integers(0, 10_000))
def test_no_figure_moves(engine: Engine, dataset: str, seed: int) -> None:
    ages(engine, f"p{next(NAMES)}", dataset, seed, marks=1)
