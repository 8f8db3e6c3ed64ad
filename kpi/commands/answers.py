"""What ``kpi map`` is told of a mapping, in options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kpi.ingest.mapping.proposal import Proposal

_SIGN_TURNED = "sign turned"
_ORDERS = ("month first", "day first")


class SaidType(click.ParamType[tuple[str, str]]):
    """``COLUMN=TEXT``: what is said of one canonical column."""

    name = "COLUMN=TEXT"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, str]:
        column, _, text = str(value).partition("=")
        if not (column.strip() and text.strip()):
            self.fail(f"'{value}' is not written as {self.name}.", param, ctx)
        return column.strip(), text.strip()


class WordType(click.ParamType[tuple[str, str, str]]):
    """``COLUMN:WORD=VALUE``: what a word means; it may hold any sign, and none is a blank cell."""

    name = "COLUMN:WORD=VALUE"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, str, str]:
        column, colon, rest = str(value).partition(":")
        word, sign, meaning = rest.rpartition("=")
        if not (column.strip() and colon and sign and meaning.strip()):
            self.fail(f"'{value}' is not written as {self.name}.", param, ctx)
        return column.strip(), word.strip(), meaning.strip()


SAID, WORD = SaidType(), WordType()


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one command, as it takes them."""

    columns: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    words: tuple[tuple[str, str, str], ...] = ()
    written: tuple[tuple[str, str], ...] = ()

    def given(self, proposal: Proposal) -> Proposal:
        """The proposal with these answers. Raises InputError for what there is none of."""
        from kpi.ingest.mapping.answers import with_answers

        words: dict[str, dict[str, str]] = {}
        for column, word, meaning in self.words:
            words.setdefault(column, {})[word] = meaning
        how: dict[str, dict[str, Any]] = {}
        for column, way in self.written:
            how.setdefault(column, {}).update(_way(way))
        return with_answers(proposal, self._columns(), words, how)

    def refuse_contradictions(self) -> None:
        """Raises UsageError where a column is said to come from two sources."""
        said = [*{column for column, _ in self.columns}, *(each for each, _ in self.constants),
                *self.without]  # fmt: skip
        twice = sorted({each for each in said if said.count(each) > 1})
        if twice:
            raise click.UsageError(
                f"{twice[0]} is said in two ways: give one of --column, --constant and --without."
            )

    def _columns(self) -> dict[str, Any]:
        headings: dict[str, list[str]] = {}
        for column, heading in self.columns:
            headings.setdefault(column, []).append(heading)
        entries: dict[str, Any] = {
            column: each[0] if len(each) == 1 else {"columns": each}
            for column, each in headings.items()
        }
        entries |= {column: {"constant": text} for column, text in self.constants}
        return entries | dict.fromkeys(self.without)


def _way(way: str) -> dict[str, Any]:
    if way == _SIGN_TURNED:
        return {"negate": True}
    return {"dates" if way in _ORDERS else "unit": way}
