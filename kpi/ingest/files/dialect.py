"""Which sign separates the cells of a text table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

from kpi.errors import FileRefused

SAMPLE = 1 << 16
_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """The separator, and whether the first line is Excel's ``sep=`` hint, to be passed over."""

    delimiter: str
    hinted: bool = False

    @property
    def words(self) -> str:
        """The separator in words."""
        return _WORDS.get(self.delimiter, f"'{self.delimiter}'")


def find_dialect(sample: str, name: str, whole: bool) -> Dialect:
    """The separator that cuts most lines of the sample into equally many cells, more than one.

    ``whole``: the sample is all of the file, so that its last line is not cut off. One column
    has no separator and reads as comma-separated. Raises FileRefused if two separators explain
    the file equally well.
    """
    hint = sample.lstrip("\ufeff").partition("\n")[0].strip().strip('"').lower()
    if hint.startswith("sep=") and len(hint) <= 5:
        return Dialect(hint[4:] or "\t", hinted=True)
    text = sample if whole or "\n" not in sample else sample[: sample.rindex("\n") + 1]
    scores = {delimiter: _consistency(text, delimiter) for delimiter in _WORDS}
    ranked = sorted(scores, key=lambda each: scores[each], reverse=True)
    best, second = ranked[0], ranked[1]
    if scores[best] == (0.0, 0):
        return Dialect(",")
    if scores[best] == scores[second]:
        raise FileRefused(
            f"{name} could be separated by {_WORDS[best]} or by {_WORDS[second]}. "
            "Export it as a comma-separated file."
        )
    return Dialect(best)


def _consistency(text: str, delimiter: str) -> tuple[float, int]:
    """(share of records with the most frequent number of cells, that number); (0, 0) if one."""
    widths: Counter[int] = Counter()
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if record:
                widths[len(record)] += 1
    except csv.Error:
        return 0.0, 0
    width = max(widths, key=lambda each: (widths[each], each), default=1)
    if width < 2:
        return 0.0, 0
    return round(widths[width] / widths.total(), 2), width
