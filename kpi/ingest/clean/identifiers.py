"""What in a text may say who a patient is, as far as a rule can tell.

A name alone cannot be told from a clinician's or a payer's. Numbers, addresses and dates of birth
can, so they are looked for wherever a text would be stored or shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable

MASK = "***"
"""What stands in a shown name where an identifier stood."""

_OWN_WORDS = frozenset(
    {"location", "part", "account", "course", "job", "instrument", "question", "procedure_code"}
)
"""Columns that hold the practice's own words, or codes. A site may be called after its street, an
account after a loan's number, and a procedure's code may have nine digits, so only what is plainly
an identifier is taken for one there."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_LONG_AGO = r"1[89]\d\d"
_PLAIN = re.compile(
    # A Social Security number, also with all but its last four digits hidden.
    r"(?<!\d)(?:\d{3}|[x*]{3})(?P<dash>[-_ ])(?:\d\d|[x*]{2})(?P=dash)\d{4}(?!\d)"
    # A telephone number with its area code.
    r"|(?<!\d)(?:\+?1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)"
    r"|[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}"  # an e-mail address
    # A number that says itself what it is.
    r"|(?<![a-z])(?:ssn|dob|d\.o\.b\.?|born|birth ?da(?:te|y)|mrn"
    r"|(?:chart|patient|pat|pt|medical record|member|subscriber)[ _]?(?:id|no\.?|number|\#))"
    r"[\s_:\#.-]*(?:on|is|no\.?|number|id)?[\s_:\#.-]*[a-z]{0,3}-?\d[\d/._-]*"
    # A day of another century: a date of birth, most likely.
    rf"|(?<!\d){_LONG_AGO}(?P<sign>[-/._])\d{{1,2}}(?P=sign)\d{{1,2}}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?P<mark>[-/._])\d{{1,2}}(?P=mark){_LONG_AGO}(?!\d)"
    rf"|(?<!\d)\d{{1,2}}[ -]{_MONTH}[ ,-]+{_LONG_AGO}(?!\d)"
    rf"|(?<![a-z]){_MONTH}\.? \d{{1,2}},? {_LONG_AGO}(?!\d)"
    r"|(?<!\d)19\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){5,7}[0-9a-f]{1,4}(?![0-9a-f:])",  # a device's address
    re.ASCII | re.IGNORECASE,
)
_CARD = re.compile(r"(?<!\d)[3-6](?:[- ]?\d){12,18}(?!\d)", re.ASCII)
_ADDRESS_OF_A_COMPUTER = re.compile(
    r"(?<!\d)(?<!\d\.)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}"
    r"(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\d|\.\d)",
    re.ASCII,
)
_BARE_NUMBER = re.compile(r"(?<![\d-])(?<!\d\.)\d{9,11}(?!\d|[.-]\d)", re.ASCII)
_WEAK = re.compile(
    r"(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<!\d)\d{1,2}([-/.])\d{1,2}\1(?:\d\d){1,2}(?!\d)"
    r"|\b(?:[Pp]atient|PATIENT|[Pp]t|PT) ?[:#]"
    r"|\b[Pp]\.?[Oo]\.? ?[Bb]ox \d|\bPO BOX \d"
    # A house and its street. CT and ST in capitals are an examination and a therapy.
    r"|(?<![\w-])\d{1,5} (?:[A-Z][\w.']* ){1,3}(?:St|Ave|Rd|Blvd|Ln|Street|STREET|Avenue|AVENUE"
    r"|AVE|Road|ROAD|BLVD|Boulevard|Lane|LANE|Drive|Court|Terrace|Circle|Crescent|Highway|Parkway)\b",
    re.ASCII,
)


def looks_like_identifier(text: str, column: str = "") -> bool:
    """Whether a text holds what may say who a patient is: a Social Security, telephone, card or
    record number, an e-mail or computer's address, a date of birth, and, but for columns with the
    practice's own words or codes, a bare number of such a length, any date, or a street with its
    number.
    """
    if plainly_identifies(text):
        return True
    return column not in _OWN_WORDS and bool(
        _WEAK.search(text)
        or _ADDRESS_OF_A_COMPUTER.search(text)
        or _holds(_BARE_NUMBER, text, _is_of_a_person)
    )


def plainly_identifies(text: str) -> bool:
    """Whether a text holds what is an identifier whatever column it stands in."""
    if not any(map(str.isdigit, text)):
        return "@" in text and _PLAIN.search(text) is not None
    return _PLAIN.search(text) is not None or _holds(_CARD, text, _has_check_digit)


def masked(text: str) -> str:
    """A name of a file, sheet or column as it may be kept: what looks like an identifier hidden.

    Days stay, as long as they are of this century: exports are named by them.
    """
    text = _PLAIN.sub(MASK, text)
    text = _ADDRESS_OF_A_COMPUTER.sub(MASK, text)
    text = _CARD.sub(lambda found: MASK if _has_check_digit(found[0]) else found[0], text)
    return _BARE_NUMBER.sub(lambda found: MASK if _is_of_a_person(found[0]) else found[0], text)


def _holds(pattern: re.Pattern[str], text: str, is_one: Callable[[str], bool]) -> bool:
    return any(is_one(found[0]) for found in pattern.finditer(text))


def _has_check_digit(text: str) -> bool:
    """Whether the digits end in the check digit of Luhn, as those of payment cards do."""
    digits = [int(sign) for sign in reversed(text) if sign.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_of_a_person(digits: str) -> bool:
    """Whether a bare number has the length of a Social Security or telephone number. A clinician's
    NPI has ten digits too, and a check digit of its own."""
    if len(digits) == 9:
        return True
    number = digits.removeprefix("1") if len(digits) == 11 else digits
    if len(number) != 10 or number[0] in "01" or number[3] in "01":
        return False
    return not (number[0] == "2" and _has_check_digit(f"80840{number}"))
