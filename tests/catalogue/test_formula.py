"""The formula language: what it accepts, what it refuses and where, and what it comes to."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi.catalogue import Formula, FormulaError, measures, parse
from kpi.catalogue.evaluation import Need, compares, evaluate, is_count, needs, quotient
from kpi.months import Month, span
from kpi.score.facts import Facts
from tests.score.made import JAN, QUARTER, facts

FLOWS = sorted(name for name, each in measures().items() if each.kind == "flow")


def worth(source: str, known: Facts | None = None, months: tuple[Month, ...] = QUARTER) -> object:
    return evaluate(parse(source, measures()), months, known or Facts())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("8 - 3 - 2", 3),
        ("8 / 4 / 2", 1),
        ("-2 * 3", -6),
        ("2 - -3", 5),
        (".5 + 1.", 1.5),
        ("1e3", 1000),
        ("days", 90),
        ("months", 3),
        ("year_days", 365),
        ("visits", 60),
        ("closing(ar_balance)", 9),
        ("mean_stock(ar_balance)", 6),
        ("month_ends(ar_balance)", 21),
        ("count(waits)", 10),
        ("share_within(waits, 15)", 0.3),
        ("quantile(0.3, waits)", 5),
        ("quantile(0.31, waits)", 20),
        ("quantile(1, waits)", 20),
        ("change(visits)", 1),
        ("reduction(visits)", -1),
        ("visits / 0", None),
        ("visits / (visits - visits)", None),
        ("visits / (0 - 3)", None),
        ("1 + visits / no_shows", None),
        ("no_shows / visits", 0),
        ("change(no_shows)", None),
        ("quantile(0.5, cycles)", None),
        ("share_within(cycles, 15)", None),
        ("closing(ar_over_90)", None),
        ("1e300 * 1e300", None),
        ("1e300 * 1e300 - 1e300 * 1e300", None),
    ],
)
def test_what_a_formula_comes_to(source: str, expected: float | None) -> None:
    known = facts(
        {"visits": [5, 10, 15, *[0] * 9, 10, 20, 30], "ar_balance": [0] * 11 + [3, 5, 7, 9]},
        first=Month(2025, 1),
        histograms={"waits": [{}] * 12 + [{5: 2, 20: 3}, {5: 1}, {20: 4}]},
    )
    found = worth(source, known)
    assert found == (None if expected is None else pytest.approx(expected))


def test_the_year_has_366_days_where_the_period_holds_29_february() -> None:
    assert worth("year_days", months=span(Month(2024, 1), Month(2024, 3))) == 366
    assert worth("year_days", months=span(Month(2024, 3), Month(2024, 12))) == 365


def test_a_quantile_s_rank_is_of_the_number_written() -> None:
    """0.7 of 10 is 7; in floats it is a little more, whose ceiling would be 8."""
    known = facts(histograms={"waits": [{1: 7, 9: 3}]})
    assert worth("quantile(0.7, waits)", known) == 1


def test_cents_that_cancel_are_a_real_zero() -> None:
    known = facts({"gross_charges": [0.1, 0.2], "contractual": [0.3], "receipts": [1]})
    assert worth("receipts / (gross_charges - contractual)", known) is None


@pytest.mark.parametrize(
    ("source", "column", "words"),
    [
        ("", 1, "found the end where a number or a measure should be"),
        ("visits +", 9, "found the end"),
        ("visits no_shows", 8, "found 'no_shows' after the end"),
        ("(visits", 8, "found the end where ')' should be"),
        ("visits)", 7, "found ')'"),
        ("vists", 1, "there is no measure 'vists'. Did you mean 'visits'?"),
        ("no_shows / vists", 12, "Did you mean 'visits'?"),
        ("ar_balance", 1, "is a balance, which is never added over months"),
        ("waits", 1, "is a histogram; write quantile(0.5, waits)"),
        ("closing(visits)", 9, "is a monthly sum; this function is of a balance"),
        ("count(ar_balance)", 7, "is a balance; this function is of a histogram"),
        ("quantile(2, waits)", 10, "more than 0 and at most 1"),
        ("quantile(0, waits)", 10, "more than 0 and at most 1"),
        ("quantile(waits, 0.5)", 10, "a plain number should be here"),
        ("quantile(0.5 waits)", 14, "where ',' should be"),
        ("max(visits)", 1, "there is no function 'max'"),
        ("clossing(ar_balance)", 1, "Did you mean 'closing'?"),
        ("closing", 1, "is a function"),
        ("change(change(visits))", 8, "a comparison cannot stand inside of another"),
        ("visits ** 2", 9, "found '*'"),
        ("visits > 2", 8, "found '>' after the end"),
        ("__import__('os')", 1, "there is no function '__import__'"),
        ("visits.real", 7, "found '.' after the end"),
        ("1e999", 1, "too large"),
        ("visits\x00", 7, "has no meaning here"),
        ("visits + ２", 10, "has no meaning here"),
        ("1" * 501, 501, "at most 500"),
        ("-" * 40 + "1", 31, "nested deeper than 30 levels"),
    ],
)
def test_what_is_refused_says_where_and_why(source: str, column: int, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(source, measures())
    assert caught.value.column == column
    assert str(caught.value).startswith(f"Formula, column {column}: ")
    assert words in str(caught.value)


pieces = st.lists(
    st.sampled_from(
        [*"()+-*/,. \n", "1", "0.5", "1e9", "visits", "waits", "ar_balance", "quantile(", "days",
         "change(", "closing(", "mean_stock(", "share_within(", "count(", "no_such"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), pieces))
@example("(" * 10_000 + "1" + ")" * 10_000)
@example("(" * 10_000)
@example("-" * 10_000)
@example("change(" * 70)
@example("+".join(["1"] * 250))
@example("\x1f1")
@example(" 1　")
def test_any_text_is_a_formula_or_a_formula_error(source: str) -> None:
    try:
        formula = parse(source, measures())
    except FormulaError as refused:
        column = refused.column
        formula = None
    if formula is None:
        assert 1 <= column <= 501
        return
    assert isinstance(formula, Formula)
    value = evaluate(formula, QUARTER, Facts())
    assert value is None or math.isfinite(value)
    numerator, denominator = quotient(formula, QUARTER, Facts())
    assert all(each is None or math.isfinite(each) for each in (numerator, denominator))


amounts = st.lists(st.integers(0, 10_000), min_size=12, max_size=12)


@given(st.sampled_from(FLOWS), amounts, st.integers(1, 11))
def test_the_parts_of_a_flow_add_up_to_the_whole(name: str, monthly: list[float], cut: int) -> None:
    known = facts({name: monthly})
    year = span(JAN, JAN + 11)
    formula = parse(name, measures())
    parts = [evaluate(formula, part, known) or 0 for part in (year[:cut], year[cut:])]
    assert evaluate(formula, year, known) == sum(parts) == sum(monthly)


@given(st.lists(st.dictionaries(st.integers(0, 480), st.integers(1, 50)), min_size=3, max_size=3))
def test_a_quantile_is_the_smallest_value_that_reaches_its_rank(
    monthly: list[dict[int, int]],
) -> None:
    known = facts(histograms={"waits": monthly})
    waits = sorted(minutes for month in monthly for minutes, n in month.items() for _ in range(n))
    expected = waits[-(-9 * len(waits) // 10) - 1] if waits else None
    assert worth("quantile(0.9, waits)", known) == expected


def test_what_a_formula_reads() -> None:
    days_in_ar = parse("closing(ar_balance) / (gross_charges / days)", measures())
    assert needs(days_in_ar, QUARTER) == (
        Need("ar_balance", Month(2026, 3), "period"),
        *(Need("gross_charges", month, "period") for month in QUARTER),
    )
    assert needs(parse("mean_stock(ar_balance)", measures()), (JAN,)) == (
        Need("ar_balance", Month(2025, 12), "opening"),
        Need("ar_balance", JAN, "period"),
    )
    assert needs(parse("change(revenue)", measures()), (JAN,)) == (
        Need("revenue", JAN, "period"),
        Need("revenue", Month(2025, 1), "comparison"),
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("no_shows / visits", (2, 8)),
        ("100 * (no_shows / visits)", (2, 8)),
        ("100 * no_shows / visits", (2, 8)),
        ("12 / months * (no_shows / visits)", (2, 8)),
        ("1 - no_shows / visits", (2, 8)),
        ("100 * (1 - no_shows / visits)", (2, 8)),
        ("no_shows", (2, None)),
        ("no_shows + visits", (10, None)),
        ("no_shows / unresolved", (2, 0)),
    ],
)
def test_numerator_and_denominator(source: str, expected: tuple[float, float | None]) -> None:
    known = facts({"no_shows": [2], "visits": [8]})
    assert quotient(parse(source, measures()), QUARTER, known) == expected


def test_kinds_of_formula() -> None:
    assert is_count(parse("osha_violations + hipaa_violations", measures()))
    assert not is_count(parse("visits / clinic_days", measures()))
    assert compares(parse("1 + change(visits / clinic_days)", measures()))
    assert not compares(parse("visits", measures()))
