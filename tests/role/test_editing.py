"""The editor's form changes one value of a text and leaves every other character alone."""

from __future__ import annotations

import difflib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.commands.sample import sample_folder
from kpi.errors import InputError
from kpi.role import read_role
from kpi.role.editing import (
    FIELDS,
    add_target,
    heading_in,
    remove_target,
    section_in,
    set_heading,
    set_section,
    set_target,
    targets_in,
)

SAMPLE = (sample_folder() / "roles" / "medical-office-manager-2026.1.yaml").read_text("utf-8")

BLOCK = """\
# The role of a made-up practice.
role: office
performance_metrics:
  kpis:
    # money first
    - kpi: days_in_ar   # the biller's own
      weight: 60
      floor: 50 days    # agreed in March
      target: 38 days

    # then access
    - kpi: slot_utilization
      weight: 40
      target: [85%, 95%]
      floor: [70%, 100%]  # both sides
    # the end of the list
benefits: {}
"""

FLOW = """\
performance_metrics:
  kpis: [{kpi: days_in_ar, weight: 60, target: 38 days}, {kpi: no_show_rate, weight: 40}]
"""


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that went (-) and came (+)."""
    found = difflib.ndiff(before.splitlines(), after.splitlines())
    return [each for each in found if each[0] in "+-"]


def test_what_is_written_is_read_for_the_form() -> None:
    first, second = targets_in(BLOCK)
    assert (first.kpi, first.values) == (
        "days_in_ar", {"weight": "60", "floor": "50 days", "target": "38 days"},
    )  # fmt: skip
    assert second.values == {"weight": "40", "target": "85% to 95%", "floor": "70% to 100%"}


def test_one_value_is_changed_and_its_comment_kept() -> None:
    after = set_target(BLOCK, "days_in_ar", "floor", "48 days")
    assert changed_lines(BLOCK, after) == [
        "-       floor: 50 days    # agreed in March",
        "+       floor: 48 days    # agreed in March",
    ]


def test_a_band_is_written_as_a_list() -> None:
    after = set_target(BLOCK, "slot_utilization", "floor", "65% to 99%")
    assert changed_lines(BLOCK, after) == [
        "-       floor: [70%, 100%]  # both sides",
        "+       floor: [65%, 99%]  # both sides",
    ]


def test_a_field_is_added_in_the_usual_order() -> None:
    after = set_target(BLOCK, "days_in_ar", "baseline", "2025-01 to 2025-12")
    assert changed_lines(BLOCK, after) == ["+       baseline: {from: 2025-01, to: 2025-12}"]
    assert after.splitlines()[6:8] == [
        "      weight: 60", "      baseline: {from: 2025-01, to: 2025-12}",
    ]  # fmt: skip
    after = set_target(BLOCK, "days_in_ar", "stretch", "32 days")
    assert after.splitlines()[9] == "      stretch: 32 days"


def test_a_field_is_taken_out_with_its_line() -> None:
    after = set_target(BLOCK, "days_in_ar", "floor", " ")
    assert changed_lines(BLOCK, after) == ["-       floor: 50 days    # agreed in March"]
    assert set_target(BLOCK, "days_in_ar", "gate", "") == BLOCK


def test_a_baseline_of_several_lines_becomes_one() -> None:
    text = BLOCK.replace(
        "      weight: 60\n",
        "      weight: 60\n      baseline:\n        from: 2024-01\n        to: 2024-12\n",
    )
    after = set_target(text, "days_in_ar", "baseline", "2025-01 to 2025-12")
    assert targets_in(after)[0].values["baseline"] == "2025-01 to 2025-12"
    assert set_target(text, "days_in_ar", "baseline", "") == BLOCK


def test_a_target_on_one_line_is_changed_within_it() -> None:
    after = set_target(FLOW, "no_show_rate", "target", "5%")
    assert "{kpi: no_show_rate, weight: 40, target: 5%}" in after
    assert set_target(after, "no_show_rate", "target", "") == FLOW
    after = set_target(FLOW, "days_in_ar", "floor", "$1,000")
    assert '{kpi: days_in_ar, weight: 60, floor: "$1,000", target: 38 days}' in after
    assert targets_in(after)[0].values["floor"] == "$1,000"


def test_a_target_more_and_one_less() -> None:
    more = add_target(BLOCK, "no_show_rate", {"weight": "10", "target": "5%"})
    assert changed_lines(BLOCK, more) == [
        "+     - kpi: no_show_rate", "+       weight: 10", "+       target: 5%",
    ]  # fmt: skip
    assert remove_target(more, "no_show_rate") == BLOCK
    less = remove_target(BLOCK, "days_in_ar")
    assert [each.kpi for each in targets_in(less)] == ["slot_utilization"]
    assert "# money first" in less
    with pytest.raises(InputError, match="has a target already"):
        add_target(BLOCK, "days_in_ar", {})


def test_a_target_more_and_one_less_on_one_line() -> None:
    more = add_target(FLOW, "overhead_ratio", {"weight": "10"})
    assert "{kpi: overhead_ratio, weight: 10}]" in more
    assert remove_target(more, "overhead_ratio") == FLOW
    less = remove_target(FLOW, "days_in_ar")
    assert "kpis: [{kpi: no_show_rate, weight: 40}]" in less


def test_a_key_with_nothing_behind_it() -> None:
    text = BLOCK.replace("floor: 50 days ", "floor:")
    after = set_target(text, "days_in_ar", "floor", "48 days")
    assert targets_in(after)[0].values["floor"] == "48 days"
    assert "# agreed in March" in after
    assert "floor" not in set_target(text, "days_in_ar", "floor", "")[: text.index("slot_")]


@pytest.mark.parametrize("kpis", ["kpis:", "kpis: []"])
def test_the_last_target_goes_and_the_first_one_comes(kpis: str) -> None:
    text = f"performance_metrics:\n  review_period: quarter\n  {kpis}\nbenefits: {{}}\n"
    one = add_target(text, "days_in_ar", {"weight": "100"})
    assert [each.kpi for each in targets_in(one)] == ["days_in_ar"]
    none = remove_target(one, "days_in_ar")
    assert targets_in(none) == []
    assert none.endswith("benefits: {}\n")


def test_the_sample_survives_every_change_undone() -> None:
    """Each field of each target set to another value and back gives the same bytes."""
    metrics = section_in(SAMPLE, "performance_metrics")
    targets = targets_in(metrics)
    assert len(targets) > 8
    for target in targets:
        for field, said in list(target.values.items())[:2]:
            other = "2023-01 to 2023-12" if field == "baseline" else "7"
            changed = set_target(metrics, target.kpi, field, other)
            assert len(changed_lines(metrics, changed)) == 2
            assert set_target(changed, target.kpi, field, said) == metrics
    assert read_role(set_section(SAMPLE, "performance_metrics", metrics), "sample").role


WRITTEN = st.one_of(
    st.sampled_from(["5%", "-2 pp", "$40,000", "3 per 1,000 visits", "# no", "yes", "- a", "["]),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x17E), min_size=1, max_size=12),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(WRITTEN, st.sampled_from(["weight", "stretch", "gate", "minimum"]), st.booleans())
def test_whatever_is_typed_is_what_the_text_says(said: str, field: str, flow: bool) -> None:
    text = FLOW if flow else BLOCK
    after = set_target(text, "days_in_ar", field, said)
    words = " ".join("".join(each if each.isprintable() else " " for each in said).split())
    shown = targets_in(after)[0].values.get(field, "")
    assert shown == words or (not words and shown == targets_in(text)[0].values.get(field, ""))
    rest = [(each.kpi, each.values) for each in targets_in(after)[1:]]
    assert rest == [(each.kpi, each.values) for each in targets_in(text)[1:]]


def test_headings_are_changed_and_a_version_stays_a_text() -> None:
    after = set_heading(SAMPLE, "version", "2026.10")
    assert '\nversion: "2026.10"\n' in after
    after = set_heading(after, "effective", "2027-01")
    assert heading_in(after, "effective") == "2027-01"
    assert len(changed_lines(SAMPLE, after)) == 4
    added = set_heading('role: office\nversion: "1"\ntitle: Manager\n', "reviewed", "2026-01-02")
    assert added == 'role: office\nversion: "1"\nreviewed: 2026-01-02\ntitle: Manager\n'


SECTIONS = ("responsibilities", "skills", "performance_metrics", "statements")


@pytest.mark.parametrize("key", SECTIONS)
def test_a_section_is_replaced_and_what_is_around_it_stays(key: str) -> None:
    section = section_in(SAMPLE, key)
    assert section.startswith(f"{key}:")
    assert SAMPLE.count(section) == 1
    assert set_section(SAMPLE, key, section) == SAMPLE
    after = set_section(SAMPLE, key, f"{key}:\n  new: true\n")
    assert after == SAMPLE.replace(section, f"{key}:\n  new: true\n")


def test_sections_do_not_overlap() -> None:
    spans = sorted((SAMPLE.index(section_in(SAMPLE, key)), key) for key in SECTIONS)
    for (start, key), (following, _) in pairwise(spans):
        assert start + len(section_in(SAMPLE, key)) <= following


def test_a_section_more_and_one_less() -> None:
    assert section_in(BLOCK, "skills") == ""
    assert set_section(BLOCK, "skills", " \n") == BLOCK
    assert set_section(BLOCK, "benefits", "") == BLOCK.removesuffix("benefits: {}\n")
    assert set_section(BLOCK, "skills", "skills: []").endswith("benefits: {}\n\nskills: []\n")


def test_windows_line_ends_stay() -> None:
    text = BLOCK.replace("\n", "\r\n")
    after = set_target(text, "days_in_ar", "stretch", "30 days")
    after = add_target(after, "no_show_rate", {"weight": "5"})
    assert after.replace("\r\n", "").count("\n") == 0
    assert set_target(text, "days_in_ar", "stretch", "30 days") == set_target(
        BLOCK, "days_in_ar", "stretch", "30 days"
    ).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "cannot be read as YAML"),
        ("\tb: 1\na:", "cannot be read as YAML"),
        ("just words", "cannot be read as YAML"),
        ("a: &x 1\nb: *x\n", "cannot be read as YAML"),
        ("performance_metrics: {}\n", "no list 'kpis'"),
        ("performance_metrics: 3\n", "no list 'kpis'"),
        ("performance_metrics: {kpis: 3}\n", "no target for 'days_in_ar'"),
    ],
)
def test_a_text_that_cannot_be_edited_says_so(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        set_target(text, "days_in_ar", "floor", "1 day")


def test_a_field_that_is_none() -> None:
    with pytest.raises(InputError, match="has no 'colour'"):
        set_target(BLOCK, "days_in_ar", "colour", "red")
    assert "weight" in FIELDS
