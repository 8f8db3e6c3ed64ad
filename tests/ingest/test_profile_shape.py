"""A profile edited by hand: whatever is wrong is one sentence with line and column."""

from __future__ import annotations

import re
from contextlib import suppress
from importlib.resources import files
from io import StringIO
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kpi.errors import FileRefused
from kpi.ingest.mapping.profile import all_profiles, read_profile
from tests.ingest.opened import opened, taken

CHARGES = """\
title: our charges
header: [No, Day, Fee, Who]
feeds:
  charges:
    charge_id: No
    posted_date: {column: Day, dates: month first}
    amount: Fee
"""
FILE = "No,Day,Fee,Who\n1,01/12/2026,100.00,Lee\n2,01/13/2026,80.00,Lee\n"
SENTENCE = re.compile(r"profile ours, line \d+, column \d+: .*[.?]", re.DOTALL)


def said_of(text: str) -> str:
    with pytest.raises(ValueError, match="profile ours, line") as fault:
        read_profile("ours", text, own=True)
    said = str(fault.value)
    assert SENTENCE.fullmatch(said)
    return said


def test_a_right_one_is_read() -> None:
    profile = read_profile("ours", CHARGES, own=True)
    rows = taken(opened(FILE, own=[profile]))["charges"].rows
    assert [row["amount"] for row in rows] == [10_000, 8_000]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1, column 1: there is nothing in it"),
        ("- a", "line 1, column 1: keys with values is expected here, not a list"),
        (CHARGES.replace("title", "titel"), "column 1: 'titel' is not known here. Did you mean"),
        (CHARGES.replace("our charges", "[x]"), "line 1, column 8: a text is expected here, not a"),
        (CHARGES.replace("[No, Day, Fee, Who]", "No"), "line 2, column 9: a list is expected"),
        (CHARGES.replace("Who", "2026"), "line 2, column 24: a text is expected here, not a"),
        (CHARGES.replace("Who", "2026-13-45"), "not a date. Put it in quotes."),
        (CHARGES.replace("header", "# header"), "line 1, column 1: 'header' is missing here"),
        (CHARGES.partition("feeds")[0], "'feeds' is missing here: what does the file feed?"),
        (CHARGES.replace("charges:\n ", "chrages:\n "), "line 4, column 3: 'chrages' is not known"),
        (CHARGES.replace("amount: Fee", "amuont: Fee"), "line 7, column 5: 'amuont' is not known"),
        (CHARGES.replace("amount: Fee", "amount: [Fee]"), "line 7, column 13: keys with values is"),
        (CHARGES.replace("amount: Fee", "amount:"), "not nothing"),
        (CHARGES.replace("month first", "month furst"), "'month furst' is not known here. Did"),
        (CHARGES.replace("column: Day, ", ""), "one of column, columns, first_of, flags, sum,"),
        (CHARGES.replace("column: Day", "column: Day, sum: [Day]"), "not column and sum"),
        (CHARGES + "title: again\n", "line 8, column 1: 'title' is said twice"),
        (CHARGES + "header_rows: 9\n", "line 8, column 14: a number from 1 to 3"),
        (CHARGES + "header_rows: " + "9" * 6_000 + "\n", "this is too long"),
        (CHARGES + "leave_out: [{column: Who}]\n", "line 8, column 13: 'reason' is missing here"),
        (CHARGES + "melt: {columns: weeks, value: x}\n", "'weeks' is not known here"),
        (CHARGES + "rows: {column: Kind, feeds: {a: charges}}\n", "the header has no 'Kind'"),
        (CHARGES + "rows: {column: Who, feeds: {a: payments}}\n", "'payments' is not among its"),
        (CHARGES + "checks: [{sum: [], equals: Fee}]\n", "at least 1 are expected"),
        (CHARGES + "fill_down: &x [Who]\n", "no references"),
        (CHARGES + "notes: !!python/name:os.system x\n", "not something else"),
        (CHARGES + "notes: [" * 3_000, "nested too deeply"),
        (CHARGES + "\tnotes: x", "line 8, column 1: from here on this is no YAML"),
        (CHARGES + "notes: ['", "no YAML"),
        (CHARGES + 'notes: ["\\UFFFFFFFF"]', "no YAML"),
        (CHARGES + "---\n" + CHARGES, "no YAML"),
        ("x" * 300_000, "more than 200,000 characters"),
        ("title: x\nstatement: {titles: [a]}\n", "line 2, column 12: 'account' is missing here"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_stands(text: str, said: str) -> None:
    assert said in said_of(text)


def test_rows_told_apart_by_a_column_that_has_another_name_are_refused() -> None:
    text = CHARGES.replace("Who]", "[Kind, Who]]") + "rows: {column: Kind, feeds: {Lee: charges}}\n"
    with pytest.raises(FileRefused, match="has no column 'Kind', which says what each row is"):
        opened(FILE, own=[read_profile("ours", text, own=True)], profile="ours")


def test_references_that_multiply_are_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 40)]
    said_of("title: x\nheader: &h [a]\n" + "\n".join(lines))
    said_of("title: x\nheader: &h [*h]\n")


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(),
    st.sampled_from(["", "x", "Fee", "charges", "amount", "months", "ratings", "column", "last day",
                     "month first", "*x", "&x", "<<", "="]),
    st.text(max_size=6),
)  # fmt: skip
KEYS = st.one_of(st.sampled_from(["column", "columns", "sum", "feeds", "charges", "amount", "when",
                                  "reason", "words", "value", "titles"]), LEAVES)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda under: st.one_of(
        st.lists(under, max_size=3),
        st.dictionaries(KEYS.filter(lambda key: not isinstance(key, float)), under, max_size=3),
    ),
    max_leaves=8,
)
TOP = ("title", "header", "header_rows", "refuse", "notes", "fill_down", "group", "lone_cell",
       "leave_out", "test_patients", "rows", "melt", "aging", "checks", "feeds",
       "statement")  # fmt: skip


def read_or_said(text: str) -> None:
    """Raises AssertionError unless a text is a profile that files can be read by, or is refused in
    a sentence."""
    try:
        profile = read_profile("ours", text, own=True)
    except ValueError as fault:
        said = str(fault)
    else:
        with suppress(FileRefused):
            taken(opened(FILE, profile="ours", own=[profile]))
        return
    assert SENTENCE.fullmatch(said)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(TOP), TREES)
def test_any_shape_under_any_key_is_read_or_said(key: str, tree: Any) -> None:
    found = YAML(typ="safe", pure=True).load(CHARGES)
    found[key] = tree
    text = StringIO()
    YAML(typ="safe", pure=True).dump(found, text)
    read_or_said(text.getvalue())


SHIPPED = [each.read_text("utf-8") for each in sorted(
    files("kpi.ingest").joinpath("profiles").iterdir(), key=lambda each: each.name
) if each.name.endswith(".yaml")] + [CHARGES]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_a_good_one_gone_bad_is_read_or_said(random: Random) -> None:
    text = random.choice(SHIPPED)
    for _ in range(random.randint(1, 4)):
        at, length = random.randrange(len(text) + 1), random.randint(0, 12)
        put = random.choice(["", "[", "]", "{", ": ", "- ", "\n", "  ", "'", '"', "&a ", "*a",
                             "#", "2026", "!x ", "\t", "| ", "> ", "? ", "\0",
                             "title"])  # fmt: skip
        text = text[:at] + put + text[at + length :]
    read_or_said(text)


def test_every_shipped_profile_has_the_shape() -> None:
    assert len(all_profiles()) + 1 == len(SHIPPED)
