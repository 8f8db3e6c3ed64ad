"""Whatever a text holds, reading it gives a finding with a place and never an exception."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.role import RoleReading, read_role
from tests.role.small import SMALL, broken, only, read, role_of

# What is replaced, by what (the mark stands where the finding points), rule, words it says.
BREAKS = {
    "a tab as indentation": ("  reports_to:", "◆\treports_to:", "tab", "A tab"),
    "a tab after blanks": ("  reports_to:", "  ◆\treports_to:", "tab", "A tab"),
    "a key twice": (
        "title: Medical Office Manager", "title: M\n◆title: N", "duplicate-key", "on line 2"),
    "a name for a value": (
        "title: Medical", "title: ◆&name Medical", "yaml", "'&name' names a value"),
    "a reference": (
        "reports_to: Managing physician", "reports_to: ◆*boss", "yaml", "'*boss' stands for"),
    "a type tag": ("version: ", "version: ◆!!str ", "yaml", "A type tag"),
    "an object to be made": (
        "reports_to: Managing physician", "reports_to: ◆!!python/object/apply:os.system [ls]",
        "yaml", "A type tag"),
    "a second document": ("compensation:", "◆---\ncompensation:", "yaml", "A second document"),
    "a list as a key": ("title: Med", "? ◆[a, b]\n: 1\ntitle: Med", "yaml", "a key is expected"),
    "two colons": (
        "title: Medical Office Manager", "title: Manager◆: Medical", "yaml", "A second ': '"),
    "an open quotation": (
        "reports_to: Managing physician", 'reports_to: "Managing physician', "yaml",
        "inside a text in quotes"),
    "a percent sign first": (
        "reports_to: Managing physician", "reports_to: ◆%physician", "yaml", "cannot begin with"),
    "an open bracket": ("kpis: [days_in_ar]", "kpis: [days_in_ar", "yaml", "closing bracket"),
    "a key out of line": ("skills:", " ◆skills:", "yaml", "line up"),
    "an impossible escape": (
        "reports_to: Managing physician", 'reports_to: "\\UFFFFFFFF"', "yaml", "cannot be read"),
    "a backslash in quotes": (
        "reports_to: Managing physician", 'reports_to: "C:\\◆drive"', "yaml", "A backslash"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_a_text_that_is_not_the_yaml_of_a_role(name: str) -> None:
    old, new, rule, words = BREAKS[name]
    marked = "◆" in new
    text, line, column = broken(old, new if marked else "◆" + new)
    found = next(each for each in read(text).errors if each.rule == rule)
    assert words in found.message
    assert found.remedy
    if marked:
        assert (found.line, found.column) == (line, column)
    else:  # the parser notices it further on
        assert found.line >= line


def test_every_line_indented_with_a_tab_is_named() -> None:
    text = SMALL.replace("  reports_to", "\treports_to").replace("  flsa", "\tflsa")
    assert [(each.rule, each.line) for each in read(text).errors] == [("tab", 19), ("tab", 33)]


def test_every_repeated_key_is_named_beside_other_errors() -> None:
    text = SMALL.replace("role: m", "role: a\nrole: b\nrole: m").replace("flsa: exempt", "flsa: x")
    assert [(each.rule, each.line) for each in read(text).errors] == [
        ("duplicate-key", 2), ("duplicate-key", 3), ("choice", 35),
    ]  # fmt: skip


def test_a_reference_gives_one_finding_and_no_more() -> None:
    for old in ("Managing physician", "quarter", "50 days", "no_show_rate", '"2026.1"'):
        assert only(read(SMALL.replace(old, "*other"))).rule == "yaml"


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("", "empty-file", 0, 0),
        ("\n \n", "empty-file", 0, 0),
        ("# only a remark\n", "empty-file", 0, 0),
        ("---\n", "empty-file", 0, 0),
        ("just words", "top-level", 1, 1),
        ("\n- a\n- b\n", "top-level", 2, 1),
        ("7", "top-level", 1, 1),
        ("role: a\x00b", "encoding", 1, 8),
        ("role: a\ntitle: b\x1bc", "encoding", 2, 9),
        ("role: \ud800", "encoding", 1, 7),
        (b"role: a\ntitle: caf\xe9\n", "encoding", 2, 11),
        ("role: ä\r\ntitle: é".encode() + b"\xff", "encoding", 2, 9),
        (SMALL.encode("utf-16"), "encoding", 1, 1),
        (b"PK\x03\x04\x14\x00", "encoding", 1, 3),
        (b" " * 1_000_001, "too-large", 0, 0),
        ("a: " + "x" * 1_000_000, "too-large", 0, 0),
    ],
)
def test_what_is_no_role_file_at_all(text: str | bytes, rule: str, line: int, column: int) -> None:
    found = only(read(text))
    assert (found.rule, found.line, found.column) == (rule, line, column)
    assert found.message
    assert found.remedy


@pytest.mark.parametrize(
    "text",
    [
        "[" * 400_000,
        "a: " + "{b: " * 100_000,
        "- " * 300_000,
        "".join("  " * depth + "a:\n" for depth in range(600)),
        "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a, *a]\n" for n in range(5000)),
        "skills:\n" + "- a\n" * 200_000,
        "a: b\n" * 180_000,
        "a: " + "x " * 450_000,
    ],
    ids=["brackets", "braces", "dashes", "steps", "references", "items", "repeats", "words"],
)
def test_a_text_made_to_exhaust_the_machine_is_left_soon(text: str) -> None:
    """Each takes a second or two at most; without the limits some take minutes or all memory."""
    assert read(text).errors


def test_a_number_too_long_for_one_is_text() -> None:
    found = only(read(SMALL.replace("weight: 60", "weight: " + "9" * 5000)))
    assert found.rule == "type"
    assert len(found.message) < 120


def test_byte_order_mark_and_line_ends_of_windows_are_read_and_hashed_as_they_are() -> None:
    content = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    reading = read(content)
    assert reading.role is not None
    assert reading.role.sha256 == hashlib.sha256(content).hexdigest()
    assert reading.role.text.encode() == content
    again = read(reading.role.text)
    assert again.role == reading.role


def test_the_hash_is_that_of_the_bytes() -> None:
    assert role_of(SMALL).sha256 == hashlib.sha256(SMALL.encode()).hexdigest()


def a_reading(text: str | bytes) -> None:
    reading = read_role(text, "any.yaml")
    assert isinstance(reading, RoleReading)
    assert (reading.role is None) == bool(reading.errors)
    for finding in reading.findings:
        assert finding.message
        assert finding.remedy
        assert (finding.line == 0) == (finding.column == 0)


@given(st.text(max_size=300))
def test_any_text_gives_a_reading(text: str) -> None:
    a_reading(text)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_reading(content: bytes) -> None:
    a_reading(content)


@given(st.text(alphabet="ab:-?&*!|>'\"%@`#{}[],\\~0.9 \n\t", max_size=80))
def test_any_mixture_of_marks_gives_a_reading(text: str) -> None:
    a_reading(text)


@settings(max_examples=200)
@given(
    st.integers(0, len(SMALL)),
    st.integers(0, 30),
    st.text(alphabet="ab0%-: \n[]{},'\"&*!#$pmind", max_size=12),
)
def test_any_damage_to_a_role_gives_a_reading(at: int, cut: int, put: str) -> None:
    a_reading(SMALL[:at] + put + SMALL[at + cut :])


LINES = SMALL.splitlines(keepends=True)


@settings(max_examples=200)
@given(st.sets(st.integers(0, len(LINES) - 1), max_size=6))
def test_a_role_without_some_of_its_lines_gives_a_reading(gone: set[int]) -> None:
    a_reading("".join(line for number, line in enumerate(LINES) if number not in gone))
