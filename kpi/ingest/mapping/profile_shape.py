"""What may stand where in a profile; ``kpi.ingest.mapping.profile`` explains what it means."""

from __future__ import annotations

from typing import Any

from kpi.datasets import all_datasets, dataset
from kpi.ingest.fold import fold_header
from kpi.ingest.mapping.profile_tree import (
    Node,
    WrongProfile,
    either,
    list_of,
    map_of,
    number,
    one_of,
    record,
    text,
    tree_of,
    truth,
    word,
)

_SOURCES = ("column", "columns", "first_of", "flags", "sum", "constant", "file")

_WORDS = map_of(word, word)
_TEXTS = list_of(text)
_ENTRY = record(
    {
        "column": text,
        "columns": list_of(text, 1),
        "first_of": list_of(text, 1),
        "flags": map_of(text, word, 1),
        "sum": list_of(text, 1),
        "when": map_of(text, list_of(word), 1, 1),
        "otherwise": word,
        "constant": word,
        "file": one_of("last day", "first day", "month"),
        "unless": map_of(text, _WORDS),
        "values": _WORDS,
        "negate": truth,
        "dates": one_of("month first", "day first"),
        "unit": one_of("minutes", "hours", "seconds", "hh:mm", "mm:ss"),
        "turned": text,
    }
)
_STATEMENT = record(
    {
        "titles": list_of(text, 1),
        "account": list_of(word, 1),
        "sections": map_of(
            text,
            record(
                {"kind": one_of(*dataset("ledger").column("kind").choices), "prefix": truth},
                required=("kind",),
            ),
            1,
        ),
        "spellings": map_of(text, text),
        "results": map_of(text, map_of(text, number(-1, 1)), 1),
        "instead": text,
        "leave_out": _TEXTS,
    },
    required=("titles", "account", "sections", "spellings", "results", "instead"),
)


def _source(node: Node) -> dict[str, Any]:
    """Where a canonical column comes from, in its long form."""
    found: dict[str, Any] = _ENTRY(node)
    said = [key for key in _SOURCES if key in found]
    if len(said) != 1:
        what = " and ".join(said) or "none of them"
        raise WrongProfile(
            node.start_mark, f"one of {', '.join(_SOURCES)} is expected here, not {what}."
        )
    return found


def _feeds(node: Node) -> dict[str, Any]:
    """By dataset its columns, each with where it comes from."""
    known = [each.name for each in all_datasets()]
    found = map_of(one_of(*known), lambda under: under, 1)(node)
    entry = either(text, _source, "str")
    return {
        name: map_of(one_of(*dataset(name).names), entry)(under) for name, under in found.items()
    }


_PROFILE = record(
    {
        "title": text,
        "header": list_of(either(list_of(text, 1), text, "seq"), 1),
        "header_rows": number(1, 3),
        "refuse": text,
        "notes": _TEXTS,
        "fill_down": _TEXTS,
        "group": text,
        "lone_cell": text,
        "leave_out": list_of(
            record(
                {"column": text, "words": list_of(word), "other_than": text, "reason": text},
                required=("column", "reason"),
            )
        ),
        "test_patients": text,
        "rows": record(
            {"column": text, "feeds": _WORDS, "left_out": map_of(word, text)},
            required=("column", "feeds"),
        ),
        "melt": record(
            {
                "columns": either(
                    map_of(text, map_of(text, word), 1), one_of("months", "ratings"), "map"
                ),
                "beside": _TEXTS,
                "value": text,
                "blank": text,
            },
            required=("columns", "value"),
        ),
        "aging": record({"amount": text, "days": text}, required=("amount", "days")),
        "checks": list_of(record({"sum": list_of(text, 1), "equals": text},
                                 required=("sum", "equals"))),
        "feeds": _feeds,
        "statement": _STATEMENT,
    },
    required=("title",),
)  # fmt: skip


def read_shape(written: str) -> dict[str, Any]:
    """The keys of a profile and what stands under them. Raises WrongProfile."""
    root = tree_of(written)
    found: dict[str, Any] = _PROFILE(root)
    if "statement" not in found and "header" not in found:
        raise WrongProfile(root.start_mark, "'header' is missing here: how is the file recognised?")
    if not found.keys() & {"statement", "refuse", "feeds"}:
        raise WrongProfile(root.start_mark, "'feeds' is missing here: what does the file feed?")
    _fit_rows(root, found)
    _fit_results(root, found)
    return found


def _fit_rows(root: Node, found: dict[str, Any]) -> None:
    """Rows of different datasets: by a column of the header, to datasets that are fed."""
    if "rows" not in found:
        return
    header = found.get("header", ())
    names = {
        fold_header(name) for each in header for name in ([each] if isinstance(each, str) else each)
    }
    column = found["rows"]["column"]
    if fold_header(column) not in names:
        raise WrongProfile(
            _under(root, "rows"), f"the header has no '{column}', which says what each row is."
        )
    for fed in found["rows"]["feeds"].values():
        if fed not in found.get("feeds", {}):
            raise WrongProfile(_under(root, "rows"), f"'{fed[:60]}' is not among its feeds.")


def _fit_results(root: Node, found: dict[str, Any]) -> None:
    """The results of a statement add up sections that it has."""
    if "statement" not in found:
        return
    sections = found["statement"]["sections"]
    for named in (
        *found["statement"]["spellings"].values(),
        *(each for signs in found["statement"]["results"].values() for each in signs),
    ):
        if named not in sections:
            raise WrongProfile(_under(root, "statement"), f"there is no section '{named[:60]}'.")


def _under(root: Node, key: str) -> Any:
    return next(under.start_mark for over, under in root.value if over.value == key)
