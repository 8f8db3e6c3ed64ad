"""The words and signs of a formula, each with the column in which it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from kpi.errors import InputError

LONGEST = 500

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<sign>==|!=|<=|>=|[-+*/(),.<>]))"
)


class FormulaError(InputError):
    """A formula that cannot be read. ``column`` counts from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(f"Formula, column {column}: {message}")
        self.column = column


class Token(NamedTuple):
    """One word or sign. ``kind``: number, name, text (in quotes), sign, end."""

    kind: str
    text: str
    column: int

    @property
    def shown(self) -> str:
        """How a sentence names it."""
        return f"'{self.text}'" if self.text else "the end"


def tokens_of(source: str) -> list[Token]:
    """The tokens of a formula, an ``end`` last. Raises FormulaError."""
    if len(source) > LONGEST:
        raise FormulaError(
            f"it has {len(source)} characters; write it with at most {LONGEST}.", LONGEST + 1
        )
    found: list[Token] = []
    end = len(source.rstrip())
    at = 0
    while at < end:
        match = _TOKEN.match(source, at)
        if match is None:
            start = at + len(source[at:]) - len(source[at:].lstrip())
            raise FormulaError(_no_token(source[start]), start + 1)
        kind = str(match.lastgroup)
        found.append(Token(kind, match[kind], match.start(kind) + 1))
        at = match.end()
    found.append(Token("end", "", end + 1))
    return found


def _no_token(sign: str) -> str:
    if sign in "'\"":
        return "a text begins here and has no closing quotation mark."
    if sign == "=":
        return "to compare two values write ==."
    return (
        f"'{sign}' has no meaning here; a formula is made of numbers, measures, + - * / and "
        "brackets."
    )
