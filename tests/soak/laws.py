"""What holds for any bytes: they give rows, every one accounted for, or one sentence."""

from __future__ import annotations

import re

from kpi.errors import FileRefused
from tests.ingest.opened import all_opened, taken
from tests.soak.seeds import PLANTED

_LINE_END = re.compile(rb"\r\n|\r|\n")
# As digits go on before or behind it, a number is no longer the one that was planted.
_PLANTED = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in PLANTED))


def read_or_refused(content: bytes, dataset: str | None = None) -> str | None:
    """Reads a file to its end; the sentence with which it was refused, or None.

    Raises AssertionError where a row is lost or a line is none, and whatever the reader raises
    that is no FileRefused.
    """
    try:
        readings = all_opened(content, dataset)
        found = [(reading, taken(reading)) for reading in readings]
    except FileRefused as refusal:
        return said_in_a_sentence(refusal)
    is_text = not content.startswith(b"PK") and b"<t" not in content.lower()
    last = content.count(b"\n") + content.count(b"\r") + 1 if is_text else 1 << 20
    for reading, datasets in found:
        for note in (*reading.notes, reading.dialect, *reading.dropped):
            nobody_named(note)
        for each in datasets.values():
            lines = [row["line"] for row in each.rows]
            refused = [row.line for row in each.quarantined]
            assert lines == sorted(lines), "lines that do not grow"
            assert refused == sorted(refused), "refused lines that do not grow"
            assert all(1 <= line <= last for line in lines + refused), "a line that is none"
            assert all(len(row["key"]) == 16 for row in each.rows), "a record without a key"
            for row in each.quarantined:
                nobody_named(row.found or "")
    return None


def said_in_a_sentence(refusal: FileRefused) -> str:
    """What a refusal says. Raises AssertionError if it is no sentence, or names somebody."""
    said = str(refusal)
    assert said.endswith((".", "?")), f"no sentence: {said[-60:]!r}"
    assert len(said) < 3_000, "a sentence too long to read"
    nobody_named(said)
    return said


def nobody_named(text: str) -> None:
    """Raises AssertionError if a planted identifier stands in a text."""
    assert _PLANTED.search(text) is None, "an identifier is shown or kept"


def kind_of(sentence: str) -> str:
    """A refusal without what differs from file to file."""
    bare = re.sub(r"\[[^\]]*\]|\d[\d,.]*", "…", re.sub(r"'[^']*'", "'…'", sentence))
    return re.split(r", but | lacks | names …|: the file |, column ", bare)[0][:90]
