"""Which sign separates the cells of a text table, and how they are quoted."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kpi.errors import FileRefused

SAMPLE = 1 << 16
_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_CONSISTENT = 0.95


@dataclass(frozen=True, slots=True)
class Dialect:
    """The separator, the quotation mark, whether a backslash stands before one within quotes, and
    whether the first line is Excel's ``sep=`` hint, to be passed over."""

    delimiter: str
    quote: str = '"'
    escaped: bool = False
    hinted: bool = False

    @property
    def words(self) -> str:
        """The dialect in words: ``Comma-separated``."""
        sign = _WORDS.get(self.delimiter, f"'{self.delimiter}'")
        said = f"{sign}-separated"
        if self.quote == "'":
            said += " with single quotation marks"
        if self.escaped:
            said += " with backslashes before quotation marks"
        return said[0].upper() + said[1:]

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The records of some lines, as a ``csv.reader``."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            escapechar="\\" if self.escaped else None,
        )


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
    scores = {delimiter: _consistency(text, Dialect(delimiter)) for delimiter in _WORDS}
    ranked = sorted(scores, key=lambda each: scores[each], reverse=True)
    best, second = ranked[0], ranked[1]
    if scores[best] == (0.0, 0):
        return Dialect(",")
    if scores[best] == scores[second]:
        raise FileRefused(
            f"{name} could be separated by {_WORDS[best]} or by {_WORDS[second]}. "
            "Export it as a comma-separated file, or write sep=; (or what it is) as its first line."
        )
    return _quoting(text, Dialect(best), scores[best])


def _quoting(text: str, plain: Dialect, score: tuple[float, int]) -> Dialect:
    """Another way of quoting, where the usual one leaves lines of odd widths and it does not."""
    if score[0] >= _CONSISTENT:
        return plain
    others = []
    if '\\"' in text:
        others.append(replace(plain, escaped=True))
    if f"{plain.delimiter}'" in text:
        others.append(replace(plain, quote="'"))
    if not others:
        return plain
    best = max(others, key=lambda each: _consistency(text, each)[0])
    return best if _consistency(text, best)[0] >= _CONSISTENT else plain


def _consistency(text: str, dialect: Dialect) -> tuple[float, int]:
    """(share of records with the most frequent number of cells, that number); (0, 0) if one.

    Records of one cell are titles or blank lines and tell nothing.
    """
    widths: Counter[int] = Counter()
    try:
        for record in dialect.reader(io.StringIO(text, newline="")):
            if len(record) > 1:
                widths[len(record)] += 1
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    width = max(widths, key=lambda each: (widths[each], each))
    return round(widths[width] / widths.total(), 2), width
