"""Every month's value at once is what each month's value is by itself (Hypothesis)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.catalogue import Formula, kpis, measures, parse
from kpi.catalogue.columns import BEFORE, Bins, Columns, columns_of, evaluate_monthly
from kpi.catalogue.evaluation import evaluate
from kpi.catalogue.nodes import (
    Binary,
    Calendar,
    Comparison,
    Count,
    Flow,
    Negative,
    Node,
    Number,
    Quantile,
    ShareWithin,
    Stock,
)
from kpi.months import Month, span
from kpi.score.facts import Facts

FLOWS = ("visits", "no_shows", "receipts")
STOCKS = ("ar_balance", "headcount")
HISTOGRAMS = ("waits", "cycles")

numbers = st.one_of(st.integers(-3, 3).map(float), st.floats(-1e300, 1e300), st.just(0.1))
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Number, numbers.map(abs)),
    st.builds(Calendar, st.sampled_from(["days", "year_days", "months"])),
    st.builds(Flow, st.sampled_from(FLOWS)),
    st.builds(
        Stock, st.sampled_from(["closing", "mean_stock", "month_ends"]), st.sampled_from(STOCKS)
    ),
    st.builds(Quantile, st.sampled_from([0.1, 0.5, 0.7, 0.9, 1.0, 1 / 3]),
              st.sampled_from(HISTOGRAMS)),
    st.builds(ShareWithin, st.sampled_from(HISTOGRAMS), st.sampled_from([0.0, 15.0, 15.5])),
    st.builds(Count, st.sampled_from(HISTOGRAMS)),
)  # fmt: skip
parts = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Negative, inner),
        st.builds(Binary, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
    ),
    max_leaves=6,
)
formulas = st.one_of(
    parts, st.builds(Comparison, st.sampled_from(["change", "reduction"]), parts)
).map(lambda root: Formula("made", root, frozenset()))

firsts = st.sampled_from([Month(2025, 11), Month(2024, 1)])


@st.composite
def practices(draw: st.DrawFn, first: Month) -> Facts:
    """Measures of three months and of the year before, some months of them not there."""
    months = span(first - BEFORE, first + 2)
    minutes = st.dictionaries(st.integers(0, 40), st.integers(0, 9), max_size=4)
    return Facts(
        {name: draw(st.dictionaries(st.sampled_from(months), numbers))
         for name in (*FLOWS, *STOCKS)},
        {name: draw(st.dictionaries(st.sampled_from(months), minutes)) for name in HISTOGRAMS},
    )  # fmt: skip


def same(found: float, expected: float | None) -> bool:
    return math.isnan(found) if expected is None else found == expected


@settings(deadline=None)
@given(formulas, firsts, st.data())
def test_columns_give_what_each_month_gives(
    formula: Formula, first: Month, data: st.DataObject
) -> None:
    known, months = data.draw(practices(first)), span(first, first + 2)
    found = evaluate_monthly(formula, columns_of(known, [formula], months))
    for month, value in zip(months, found.tolist(), strict=True):
        assert same(value, evaluate(formula, (month,), known)), month


@settings(max_examples=30, deadline=None)
@given(st.lists(practices(Month(2026, 1)), min_size=2, max_size=3))
def test_practices_side_by_side_give_what_each_gives(several: list[Facts]) -> None:
    months = span(Month(2026, 1), Month(2026, 3))
    asked = [each.formula for each in kpis().values()]
    single = [columns_of(known, asked, months) for known in several]
    together = Columns(
        months,
        {name: np.stack([each.values[name] for each in single]) for name in single[0].values},
        {name: side_by_side([each.histograms[name] for each in single])
         for name in single[0].histograms},
    )  # fmt: skip
    for formula in asked:
        found = evaluate_monthly(formula, together)
        for place, known in enumerate(several):
            for at, month in enumerate(months):
                assert same(float(found[place, at]), evaluate(formula, (month,), known)), formula


def side_by_side(several: list[Bins]) -> Bins:
    minutes = np.unique(np.concatenate([each.minutes for each in several]))
    counts = np.zeros((len(several), several[0].counts.shape[0], len(minutes)), dtype=np.int64)
    for place, each in enumerate(several):
        counts[place][:, np.searchsorted(minutes, each.minutes)] = each.counts
    return Bins(minutes, counts)


def test_months_with_a_gap_between_them_are_refused() -> None:
    with pytest.raises(ValueError, match="follow one another"):
        columns_of(Facts(), [parse("visits", measures())], (Month(2026, 1), Month(2026, 3)))


def test_worked_by_hand() -> None:
    """Visits 10 and 20 after 5 a year before the second; 7 owed at the end of December."""
    january, february = Month(2026, 1), Month(2026, 2)
    known = Facts(
        {"visits": {january: 10.0, february: 20.0, february - 12: 5.0},
         "ar_balance": {january - 1: 7.0, january: 9.0}},
        {"waits": {january: {5: 3, 20: 1}}},
    )  # fmt: skip
    expected = {
        "visits / days": [10 / 31, 20 / 28],
        "change(visits)": [None, 3.0],
        "mean_stock(ar_balance)": [8.0, None],
        "closing(ar_balance)": [9.0, None],
        "quantile(0.9, waits)": [20.0, None],
        "quantile(0.75, waits)": [5.0, None],
        "share_within(waits, 15)": [0.75, None],
        "count(waits)": [4.0, 0.0],
    }
    for source, values in expected.items():
        formula = parse(source, measures())
        found = evaluate_monthly(formula, columns_of(known, [formula], (january, february)))
        for value, wanted in zip(found.tolist(), values, strict=True):
            assert same(value, wanted), source
