"""Money, decimals, whole numbers, true and false: exact, and with no courtesy.

``float`` would read ``inf``, ``1e400``, ``1_000`` and Arabic digits; nothing here does. Money is
computed on its digits, never as a floating point number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from kpi.datasets import Column, Kind
from kpi.datasets.stored import DECIMAL_SCALE
from kpi.ingest.clean.values import ABSENT, Cleaned
from kpi.ingest.reasons import BLANK, NUMBER_OF

_PLAIN_MONEY = re.compile(r"-?\d{1,12}\.\d\d", re.ASCII)
_NUMBER = re.compile(
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<fraction>\d*))?(?:[eE](?P<power>[+-]?\d{1,3}))?",
    re.ASCII,
)
_EXCEL_ERRORS = frozenset(
    {"#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#null!", "#num!", "#spill!", "#calc!"}
)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "\u2019": "'"})
_CURRENCY = re.compile(r"(?:USD|EUR|GBP|[$\u20ac\u00a3])", re.IGNORECASE)
_GROUPS = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d*)?", re.ASCII)
# Footnoted, or hidden because few people are behind it: what stands there is not the value.
_SUPPRESSED = re.compile(r"[<>]\s*[\d.,]+|[\d.,]+\s*[*\u2020\u2021^+]+|\d+-\d+|[*\u2020]+")
_LARGEST = 10**15
_TRUE = frozenset({"true", "t", "yes", "y", "1", "x", "\u2713", "\u2714"})
_FALSE = frozenset({"false", "f", "no", "n", "0"})
_PLACES = {Kind.MONEY: 2, Kind.DECIMAL: 4, Kind.WHOLE: 0}
assert 10 ** _PLACES[Kind.DECIMAL] == DECIMAL_SCALE


def clean_numbers(texts: Sequence[str], column: Column, comma: bool = False) -> Cleaned:
    """Cents, ten-thousandths or whole numbers. ``comma``: the file writes ``1.234,50``."""
    places = _PLACES[column.kind]

    def read(text: str) -> int:
        if places == 2 and _PLAIN_MONEY.fullmatch(text):
            return int(text.replace(".", ""))
        return read_number(_with_point(text) if comma else text, places)

    cleaned = clean_each(texts, read)
    if not column.signed:
        cleaned.faults[(cleaned.faults == 0) & (cleaned.values < 0)] = NUMBER_OF["negative"]
    return cleaned


def clean_booleans(texts: Sequence[str]) -> Cleaned:
    """1 for true, 0 for false."""
    return clean_each(texts, _read_boolean)


class Unreadable(Exception):
    """A text that gives no value; its argument is the code of the fault."""


def read_number(text: str, places: int) -> int:
    """A number as it is written in a cell, in units of its last place kept: ``$1,234.5`` with two
    places gives 123450. Raises Unreadable with the code of the fault."""
    bare = text.strip().translate(_MINUS)
    signs = 0
    if bare.endswith(")") and "(" in bare:
        bare, signs = bare[:-1].replace("(", "", 1).strip(), 1
    if places == 2 and bare[-2:].upper() == "CR":
        bare, signs = bare[:-2].strip(), signs + 1
    bare, signs = _without_minus(bare, signs)
    if places == 2:
        bare, signs = _without_minus(_without_currency(bare), signs)
    if _GROUPS.fullmatch(bare):
        bare = bare.replace(" ", "").replace("'", "")
    if signs > 1:
        raise Unreadable("not_a_number")
    return -_digits(bare, places) if signs else _digits(bare, places)


def _without_currency(bare: str) -> str:
    """The text without one sign of a currency before or behind it."""
    if found := _CURRENCY.match(bare):
        return bare[found.end() :].strip()
    found = _CURRENCY.search(bare)
    return bare[: found.start()].strip() if found and found.end() == len(bare) else bare


def _without_minus(bare: str, signs: int) -> tuple[str, int]:
    """The text without a minus before or behind it, and how many signs were found so far."""
    if bare.startswith("-"):
        return bare[1:].strip(), signs + 1
    if bare.endswith("-"):
        return bare[:-1].strip(), signs + 1
    return bare, signs


def _digits(bare: str, places: int) -> int:
    """An unsigned number in units of its last place kept."""
    found = _NUMBER.fullmatch(bare)
    if found is None or not (found["whole"] or found["fraction"]):
        raise Unreadable(_why_no_number(bare))
    whole = found["whole"].replace(",", "")
    fraction = found["fraction"] or ""
    shift = places - len(fraction) + int(found["power"] or 0)
    if len(whole) + len(fraction) > 40 or abs(shift) > 40:
        raise Unreadable("too_large")
    digits = int(whole + fraction)
    if shift >= 0:
        value: int = digits * 10**shift
    else:
        value, rest = divmod(digits, 10**-shift)
        if rest:
            raise Unreadable("too_many_decimals" if places else "not_whole")
    if value >= _LARGEST:
        raise Unreadable("too_large")
    return value


def _why_no_number(bare: str) -> str:
    if bare.casefold() in _EXCEL_ERRORS:
        return "excel_error"
    if len(bare) > 1 and not bare.strip("#"):
        return "column_too_narrow"
    return "suppressed" if _SUPPRESSED.fullmatch(bare) else "not_a_number"


def _with_point(text: str) -> str:
    """``1.234,50`` as ``1,234.50``."""
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def _read_boolean(text: str) -> int:
    folded = text.casefold()
    if folded in _TRUE:
        return 1
    if folded in _FALSE:
        return 0
    raise Unreadable("not_true_or_false")


def clean_each(texts: Sequence[str], read: Callable[[str], int]) -> Cleaned:
    """One call of ``read``, which may raise Unreadable, for each text that is not blank: texts are
    unique, and few beside the rows that hold them."""
    values = np.zeros(len(texts), dtype=np.int64)
    faults = np.zeros(len(texts), dtype=np.int8)
    for place, text in enumerate(texts):
        bare = text.strip()
        if bare.casefold() in ABSENT:
            faults[place] = BLANK
            continue
        try:
            values[place] = read(bare)
        except Unreadable as fault:
            faults[place] = NUMBER_OF[fault.args[0]]
    return Cleaned(values, faults)
