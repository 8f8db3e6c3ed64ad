"""Laws of a change taken apart that hold for any figures (Hypothesis)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalogue.evaluation import nearest_rank
from kpi.score.exchange import exchanged, pooled
from kpi.score.movement import rate_and_mix

Sums = dict[str, tuple[int, int]]
Histogram = dict[int, int]
Exchange = tuple[Histogram, Histogram]

NAMES = [f"Dr. {letter}" for letter in "ABCDEFGHIJK"]
# A numerator without a denominator, a denominator below 0 and a group that is not there are in.
sums = st.dictionaries(
    st.sampled_from(NAMES), st.tuples(st.integers(-50, 500), st.integers(-20, 900)), max_size=8
)
histograms = st.dictionaries(st.integers(0, 40), st.integers(1, 5), max_size=5)
exchanges = st.dictionaries(
    st.sampled_from(NAMES), st.tuples(histograms, histograms), min_size=1, max_size=11
)
shares = st.sampled_from([0.1, 0.5, 0.9, 1.0])


def whole(found: Sums) -> Fraction | None:
    bottom = sum(each for _, each in found.values())
    return Fraction(sum(each for each, _ in found.values()), bottom) if bottom > 0 else None


@given(sums, sums)
def test_rate_and_mix_add_up_to_the_change(before: Sums, after: Sums) -> None:
    old, new = whole(before), whole(after)
    if old is None or new is None:
        return
    found = rate_and_mix(before, after)
    total = sum(rate + mix for rate, mix in found.values())
    size = max(1.0, *(abs(part) for each in found.values() for part in each))
    assert total == pytest.approx(float(new - old), abs=1e-9 * size)


@given(sums, sums)
def test_back_again_takes_every_part_back(before: Sums, after: Sums) -> None:
    if whole(before) is None or whole(after) is None:
        return
    forth, back = rate_and_mix(before, after), rate_and_mix(after, before)
    for group, (rate, mix) in forth.items():
        assert back[group] == pytest.approx((-rate, -mix), rel=1e-9, abs=1e-9)


@given(sums, sums, st.permutations(NAMES))
def test_new_names_change_no_part(before: Sums, after: Sums, others: list[str]) -> None:
    if whole(before) is None or whole(after) is None:
        return
    names = dict(zip(NAMES, others, strict=True))
    found = rate_and_mix(before, after)
    renamed = rate_and_mix(
        {names[name]: each for name, each in before.items()},
        {names[name]: each for name, each in after.items()},
    )
    assert {names[name]: each for name, each in found.items()} == renamed


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50)), min_size=2, max_size=5),
    st.tuples(st.integers(0, 5), st.integers(0, 5)),
    st.tuples(st.integers(0, 50), st.integers(1, 50)),
    st.tuples(st.integers(0, 50), st.integers(1, 50)),
)
def test_groups_of_one_rate_are_as_good_as_one_group(
    bottoms: list[tuple[int, int]],
    rates: tuple[int, int],
    other_before: tuple[int, int],
    other_after: tuple[int, int],
) -> None:
    apart = [
        {f"part {at}": (rates[side] * each[side], each[side]) for at, each in enumerate(bottoms)}
        for side in (0, 1)
    ]
    one = [
        (rates[side] * sum(each[side] for each in bottoms), sum(each[side] for each in bottoms))
        for side in (0, 1)
    ]
    found = rate_and_mix({**apart[0], "other": other_before}, {**apart[1], "other": other_after})
    merged = rate_and_mix(
        {"one": one[0], "other": other_before}, {"one": one[1], "other": other_after}
    )
    assert found["other"] == pytest.approx(merged["other"], rel=1e-9, abs=1e-9)
    for kind in (0, 1):
        total = sum(each[kind] for name, each in found.items() if name != "other")
        assert total == pytest.approx(merged["one"][kind], rel=1e-9, abs=1e-9)


def added(groups: dict[str, Exchange], side: int) -> Histogram:
    total: Histogram = {}
    for each in groups.values():
        for minutes, count in each[side].items():
            total[minutes] = total.get(minutes, 0) + count
    return total


@given(exchanges, shares)
def test_parts_of_a_quantile_add_up_to_its_change(groups: dict[str, Exchange], q: float) -> None:
    old, new = (nearest_rank(added(groups, side), q) for side in (0, 1))
    kept, rest = pooled(groups)
    assert len(kept) <= 9
    assert rest == max(0, len(groups) - 8)
    found = exchanged(kept, q)
    if old is None or new is None:
        assert found is None
        return
    assert found is not None
    assert sum(found.values()) == pytest.approx(new - old, abs=1e-9)


@given(exchanges, shares, st.permutations(NAMES))
def test_new_names_change_no_part_of_a_quantile(
    groups: dict[str, Exchange], q: float, others: list[str]
) -> None:
    names = dict(zip(NAMES, others, strict=True))
    found = exchanged(pooled(groups)[0], q)
    renamed = exchanged(pooled({names[name]: each for name, each in groups.items()})[0], q)
    if found is None or renamed is None:
        assert found is renamed
        return
    # Of two groups that hold the same either may stand by itself: the parts are the same.
    assert sorted(found.values()) == sorted(renamed.values())
    assert found.get(None) == renamed.get(None)


@given(exchanges, shares)
def test_back_again_takes_every_part_of_a_quantile_back(
    groups: dict[str, Exchange], q: float
) -> None:
    few = dict(list(groups.items())[:8])
    forth = exchanged(pooled(few)[0], q)
    back = exchanged(pooled({name: (new, old) for name, (old, new) in few.items()})[0], q)
    if forth is None or back is None:
        assert forth is back
        return
    assert back == {name: -part for name, part in forth.items()}


@given(exchanges, histograms, shares)
def test_a_group_that_stays_as_it_is_has_no_part(
    groups: dict[str, Exchange], same: Histogram, q: float
) -> None:
    few = dict(list(groups.items())[:5])
    found = exchanged({**few, "stays": (same, same)}, q)
    assert found is None or found["stays"] == 0
