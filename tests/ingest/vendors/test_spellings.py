"""A name or a word must not mean two things, or a proposal would depend on which came first."""

from collections import Counter

import pytest

from kpi.datasets import Column, Dataset, all_datasets
from kpi.datasets.hearsay import NO_RECORD
from kpi.ingest.fold import fold_header, fold_value

DATASETS = pytest.mark.parametrize("target", all_datasets(), ids=lambda each: each.name)


def meanings(column: Column) -> Counter[str]:
    """How many values each word of a choice stands for."""
    values = {
        value: {fold_value(word) for word in (value, *words)}
        for value, words in column.choices.items()
    }
    for value, words in column.hearsay.likely.items():
        values.setdefault(value, set()).update(map(fold_value, words))
    values[NO_RECORD] = set(map(fold_value, column.hearsay.no_record))
    return Counter(word for words in values.values() for word in words)


@DATASETS
def test_no_word_stands_for_two_values(target: Dataset) -> None:
    for column in target.columns:
        twice = [word for word, count in meanings(column).items() if count > 1]
        assert not twice, f"{target.name}.{column.name}"


@DATASETS
def test_no_word_is_given_to_a_value_that_the_column_has_not(target: Dataset) -> None:
    for column in target.columns:
        assert set(column.hearsay.likely) <= set(column.choices), column.name
        assert set(column.flags.values()) <= set(column.choices), column.name


@DATASETS
def test_no_name_is_known_for_two_columns(target: Dataset) -> None:
    names = Counter(
        name
        for column in target.columns
        for name in {fold_header(name) for name in (column.name, *column.aliases)}
    )
    assert not [name for name, count in names.items() if count > 1]


@DATASETS
def test_a_doubtful_name_is_not_also_a_good_one(target: Dataset) -> None:
    good = {fold_header(name) for column in target.columns for name in column.aliases}
    doubtful = {fold_header(name) for column in target.columns for name in column.hearsay.doubtful}
    assert not good & doubtful


@pytest.mark.parametrize("word", ["LWBS", "left without being seen", "other", "?", "-", "z"])
def test_what_nobody_can_know_of_an_appointment_is_not_guessed(word: str) -> None:
    (status,) = (
        column
        for target in all_datasets()
        if target.name == "appointments"
        for column in target.columns
        if column.name == "status"
    )
    assert fold_value(word) not in meanings(status)
