"""A KPI's trend is its result of each month alone, with all that a month may lack (Hypothesis)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.catalogue import MeasureKind, kpis, measures
from kpi.months import Month, span
from kpi.score.facts import Facts, MonthState, State
from kpi.score.result import result
from kpi.score.trend import trends
from tests.score.made import DATASETS, JAN, QUARTER, facts

FIRST = Month(2024, 12)
EVERY = span(FIRST, JAN + 2)


@st.composite
def practices(draw: st.DrawFn) -> Facts:
    """Any figures, and months that are missing, partial, obstructed or on another basis."""
    amount = st.integers(-5, 40)
    values, binned = {}, {}
    for name, each in measures().items():
        seed = draw(amount)
        if each.kind is MeasureKind.HISTOGRAM:
            binned[name] = [{abs(seed): 2, (at * 7) % 50: 1} for at in range(len(EVERY))]
        else:
            values[name] = [float(seed + (at * 5) % 11) for at in range(len(EVERY))]
    known = facts(values, first=FIRST, histograms=binned)
    months = st.sampled_from(EVERY)
    gaps = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(DATASETS), months),
            st.sampled_from([State.PARTIAL, State.MISSING]),
            max_size=12,
        )
    )
    states = {name: dict(each) for name, each in known.states.items()}
    for (dataset, month), state in gaps.items():
        states[dataset][month] = MonthState(state)
    obstacles = draw(st.dictionaries(months, st.just("no category"), max_size=2))
    bases = draw(st.dictionaries(months, st.sampled_from(["cash", "accrual"])))
    return replace(known, states=states, obstacles={"operating_expenses": obstacles}, bases=bases)


@settings(max_examples=30, deadline=None)
@given(practices())
def test_a_trend_is_the_result_of_each_month(known: Facts) -> None:
    found = trends(kpis().values(), QUARTER, known)
    for id, kpi in kpis().items():
        assert found[id] == {month: result(kpi, (month,), known).value for month in QUARTER}, id


def test_no_month_has_no_trend() -> None:
    assert trends(kpis().values(), (), facts())["no_show_rate"] == {}
