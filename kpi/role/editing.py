"""Changes a role file's text at one place and leaves every other character as it is.

The form of the editor and its text are two views of one text: the form reads what is written
(``targets_in``) and gives back the text with one value changed. Nothing here judges a value; the
lint of the changed text does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kpi.errors import InputError
from kpi.role.written import (
    Node,
    after_colon,
    as_scalar,
    composed,
    end_of,
    end_of_pair,
    indent_of,
    is_blank,
    line_end,
    line_start,
    newline_of,
    pair_of,
    spliced,
    start_of,
    targets_node,
    value_of,
)

FIELDS: Final = ("weight", "baseline", "floor", "target", "stretch", "gate", "minimum")
"""What a target may say of its KPI, in the order in which it is written."""

_ORDER: Final = ("kpi", *FIELDS)
_TWO: Final = re.compile(r"\[?\s*(.+?)\s*(?:,\s+|\s+to\s+)(.+?)\s*\]?")


@dataclass(frozen=True, slots=True)
class WrittenTarget:
    """A target as its text says it: a band and a baseline read ``70% to 100%``."""

    kpi: str
    values: Mapping[str, str]


def targets_in(text: str) -> list[WrittenTarget]:
    """The targets that a text holds, in its order; entries that name no KPI are left out.

    Raises InputError where the text cannot be read, or has no list of targets.
    """
    _, listing = targets_node(composed(text))
    return [
        WrittenTarget(
            kpi,
            {field: said for field in FIELDS if (said := _said(value_of(entry, field)))},
        )
        for kpi, entry in _entries(listing)
    ]


def set_target(text: str, kpi: str, field: str, written: str) -> str:
    """The text with one field of a KPI's target changed, added, or, where ``written`` is empty,
    taken out. A band or baseline is written ``70% to 100%``.

    Raises InputError where the text cannot be read or has no such target.
    """
    entry = _entry(text, kpi)
    if field not in FIELDS:
        raise InputError(f"A target has no '{field}'; it has {', '.join(FIELDS)}.")
    pair, said = pair_of(entry, field), _one_line(written)
    if not said:
        return text if pair is None or field == "weight" else _without(text, entry, pair)
    if pair is None:
        return _added(text, entry, field, _as_yaml(field, said))
    if said == _said(pair[1]):
        return text
    return _replaced(text, pair, _as_yaml(field, said))


def add_target(text: str, kpi: str, values: Mapping[str, str]) -> str:
    """The text with a target more, at the end of the list. ``values`` by field, as in
    ``set_target``. Raises InputError where the KPI has one, or the text has no list of targets."""
    key, listing = targets_node(composed(text))
    if any(known == kpi for known, _ in _entries(listing)):
        raise InputError(f"'{kpi}' has a target already.")
    given = {"kpi": kpi, **{each: _one_line(values.get(each, "")) for each in FIELDS}}
    pairs = [f"{name}: {_as_yaml(name, said)}" for name, said in given.items() if said]
    if listing.id == "sequence" and listing.value and not listing.flow_style:
        dash = line_start(text, start_of(listing))
        indent = re.match(r"\s*", text[dash:])[0] if text[dash:].lstrip().startswith("-") else ""  # type: ignore[index]
        return _lines_after(text, end_of(text, listing), _item(pairs, indent))
    if listing.id == "sequence" and listing.value:
        end = end_of(text, listing.value[-1])
        return spliced(text, end, end, f", {{{', '.join(pairs)}}}")
    if listing.id == "sequence" or is_blank(listing):
        indent, end = indent_of(text, key) + "  ", after_colon(text, key)
        cleared = spliced(text, end, end_of_pair(text, (key, listing)), "")
        return _lines_after(cleared, end, _item(pairs, indent))
    raise InputError("'kpis' under 'performance_metrics' is no list; mend it in the text first.")


def remove_target(text: str, kpi: str) -> str:
    """The text without a KPI's target; comments on lines of their own stay. Raises InputError."""
    key, listing = targets_node(composed(text))
    entry = _entry(text, kpi)
    if len(listing.value) == 1:
        return spliced(text, after_colon(text, key), end_of(text, listing), " []")
    if listing.flow_style:
        return _cut(text, start_of(entry), end_of(text, entry))
    first = line_start(text, start_of(entry))
    return spliced(text, first, line_end(text, end_of(text, entry)), "")


def set_heading(text: str, key: str, written: str) -> str:
    """The text with one of its single values at the top changed or added: ``version`` (always in
    quotes), ``effective``, ``reviewed``, ``title``, ``role``. Raises InputError."""
    root, said = composed(text), _one_line(written)
    pair = pair_of(root, key)
    value = as_scalar(said, quoted=key == "version")
    if pair is not None:
        return text if pair[1].value == said else _replaced(text, pair, value)
    before = pair_of(root, "version") or root.value[0]
    return _lines_after(text, end_of_pair(text, before), [f"{key}: {value}"])


def heading_in(text: str, key: str) -> str:
    """What stands under a key at the top. Raises InputError where the text cannot be read."""
    return _said(value_of(composed(text), key))


def section_in(text: str, key: str) -> str:
    """The lines of a section, its key among them; empty where it is not there. Raises InputError
    where the text cannot be read."""
    span = _section(text, composed(text), key)
    return "" if span is None else text[slice(*span)]


def set_section(text: str, key: str, written: str) -> str:
    """The text with a section's lines replaced, added at its end, or taken out where nothing is
    written. Raises InputError where the text cannot be read."""
    span, newline = _section(text, composed(text), key), newline_of(text)
    put = newline.join(written.rstrip().splitlines()) + newline if written.strip() else ""
    if span is not None:
        return spliced(text, *span, put)
    return f"{text.rstrip()}{newline * 2}{put}" if put else text


def _section(text: str, root: Node, key: str) -> tuple[int, int] | None:
    """From the section's key to the end of its last line; comments between sections are none's."""
    pair = pair_of(root, key)
    if pair is None or root.flow_style:
        return None
    return line_start(text, start_of(pair[0])), line_end(text, end_of_pair(text, pair))


def _entries(listing: Node) -> list[tuple[str, Node]]:
    """The entries of the list that name a KPI, by its id."""
    found = listing.value if listing.id == "sequence" else []
    named = [(value_of(each, "kpi"), each) for each in found]
    return [(str(id.value), each) for id, each in named if id is not None and id.id == "scalar"]


def _entry(text: str, kpi: str) -> Node:
    _, listing = targets_node(composed(text))
    for id, each in _entries(listing):
        if id == kpi:
            return each
    raise InputError(f"The text has no target for '{kpi}'.")


def _one_line(written: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in written).split())


def _said(node: Node | None) -> str:
    """What a value says, as the form shows it."""
    if node is None:
        return ""
    if node.id == "scalar":
        return " ".join(str(node.value).split())
    if node.id == "sequence":
        return " to ".join(_said(each) for each in node.value)
    ends = [_said(value_of(node, each)) for each in ("from", "to")]
    return " to ".join(each for each in ends if each)


def _as_yaml(field: str, said: str) -> str:
    """What the form says, as a value of YAML."""
    two = _TWO.fullmatch(said)
    if two is not None and field == "baseline":
        return f"{{from: {as_scalar(two[1])}, to: {as_scalar(two[2])}}}"
    if two is not None and field in ("floor", "target"):
        return f"[{as_scalar(two[1])}, {as_scalar(two[2])}]"
    return as_scalar(said)


def _replaced(text: str, pair: tuple[Node, Node], value: str) -> str:
    """Another value in the place of one; what stands behind it in its line stays."""
    key, old = pair
    colon, end = after_colon(text, key), end_of_pair(text, pair)
    if is_blank(old) or "\n" in text[colon : start_of(old)]:  # or on lines of its own
        return spliced(text, colon, end, f" {value}")
    return spliced(text, start_of(old), end, value)


def _added(text: str, entry: Node, field: str, value: str) -> str:
    """A field more, behind the one that comes before it in the usual order."""
    earlier = _ORDER[: _ORDER.index(field)]
    known = {pair[0].value: pair for pair in entry.value}
    behind = next(known[name] for name in reversed(earlier) if name in known)  # 'kpi' is there
    end = end_of_pair(text, behind)
    if entry.flow_style:
        return spliced(text, end, end, f", {field}: {value}")
    indent = indent_of(text, entry.value[0][0])
    return _lines_after(text, end, [f"{indent}{field}: {value}"])


def _without(text: str, entry: Node, pair: tuple[Node, Node]) -> str:
    first, last = start_of(pair[0]), end_of_pair(text, pair)
    if entry.flow_style:
        return _cut(text, first, last)
    if text[line_start(text, first) : first].strip():  # it shares the line of the dash
        others = [start_of(each) for each, _ in entry.value if start_of(each) > first]
        return spliced(text, first, min(others), "")
    return spliced(text, line_start(text, first), line_end(text, last), "")


def _cut(text: str, first: int, last: int) -> str:
    """Takes an item out between commas, with the comma that is its own."""
    behind = re.match(r"\s*,\s*", text[last:])
    if behind is not None:
        return spliced(text, first, last + behind.end(), "")
    before = re.search(r"\s*,\s*$", text[:first])
    return spliced(text, before.start() if before else first, last, "")


def _item(pairs: list[str], indent: str) -> list[str]:
    return [f"{indent}{'- ' if at == 0 else '  '}{each}" for at, each in enumerate(pairs)]


def _lines_after(text: str, at: int, lines: list[str]) -> str:
    """Lines more, below the one that a character stands on."""
    newline, end = newline_of(text), line_end(text, at)
    joint = "" if text[:end].endswith("\n") else newline
    return spliced(text, end, end, joint + newline.join(lines) + newline)
