"""Where the keys and values of a role file stand in its text, to the character.

An editor that changes one value must leave every comment, quotation mark and blank line as it
found them. So a text is never read and written anew: the place of the value is found, and the
characters there are replaced.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any, Final

from kpi.errors import InputError
from kpi.role.tree import Table, read_tree

Node = Any
"""A node of ruamel.yaml: it has ``value``, ``start_mark`` and ``end_mark``."""

_PLAIN = re.compile(r"[A-Za-z0-9.+−-][A-Za-z0-9 .%+−/_-]*")
_MEANS_ANOTHER_THING = re.compile(r"(true|false|null|yes|no|on|off|~)|[-.+]+", re.IGNORECASE)


@lru_cache(maxsize=16)
def composed(text: str) -> Node:
    """The top mapping of a role file's text, read once and never changed. Raises InputError where
    the text cannot be read."""
    from ruamel.yaml import YAML

    root, findings = read_tree(text)  # which stops at what would exhaust memory
    if not isinstance(root, Table) or any(each.rule == "yaml" for each in findings):
        first = findings[0] if findings else None
        where = f" (line {first.line}: {first.message})" if first is not None else ""
        raise InputError(
            f"The text cannot be read as YAML{where}; mend it in the text before the form can "
            "change it."
        )
    return YAML(typ="safe", pure=True).compose(text)


def value_of(node: Node, key: str) -> Node | None:
    """The value under a key of a mapping; None where it is not there, or where it is no mapping."""
    found = pair_of(node, key)
    return found[1] if found else None


def pair_of(node: Node, key: str) -> tuple[Node, Node] | None:
    """Key and value."""
    if node is None or node.id != "mapping":
        return None
    return next(((name, value) for name, value in node.value if name.value == key), None)


def start_of(node: Node) -> int:
    """Where a node's first character stands."""
    return int(node.start_mark.index)


def end_of(text: str, node: Node) -> int:
    """Where what a node says ends: before the comments and blank lines that follow it."""
    if node.id == "scalar" or node.flow_style:
        end = int(node.end_mark.index)
        return len(text[:end].rstrip()) if node.id == "scalar" and node.style in ("|", ">") else end
    if not node.value:
        return start_of(node)
    last = node.value[-1]
    if node.id == "sequence":
        return end_of(text, last)
    return end_of_pair(text, last)


def end_of_pair(text: str, pair: tuple[Node, Node]) -> int:
    """Where a key with its value ends; where nothing is written, behind the colon."""
    key, value = pair
    return after_colon(text, key) if is_blank(value) else end_of(text, value)


def is_blank(value: Node) -> bool:
    """Whether nothing is written behind a key."""
    return bool(value.id == "scalar" and value.value == "" and value.style is None)


def after_colon(text: str, key: Node) -> int:
    """Where the value of a key may begin."""
    return text.index(":", int(key.end_mark.index)) + 1


def line_start(text: str, at: int) -> int:
    """Where the line begins that a character stands on."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line after it begins, or where the text ends."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def indent_of(text: str, node: Node) -> str:
    """As many spaces as stand before a node in its line, whatever stands there."""
    return " " * (start_of(node) - line_start(text, start_of(node)))


def newline_of(text: str) -> str:
    """How the text ends its lines."""
    return "\r\n" if "\r\n" in text else "\n"


def spliced(text: str, first: int, last: int, put: str) -> str:
    """The text with other characters between two places."""
    return text[:first] + put + text[last:]


def as_scalar(written: str, quoted: bool = False) -> str:
    """A value as YAML: plain where it is read back as it stands, else in quotes."""
    plain = _PLAIN.fullmatch(written) and not _MEANS_ANOTHER_THING.fullmatch(written)
    safe = plain and not quoted and not written.startswith("- ") and written == written.strip()
    return written if safe else json.dumps(written, ensure_ascii=False)


LIST_KEY: Final = "kpis"


def targets_node(root: Node) -> tuple[Node, Node]:
    """Key and value of ``performance_metrics.kpis``. Raises InputError where there is none."""
    found = pair_of(value_of(root, "performance_metrics"), LIST_KEY)
    if found is None:
        raise InputError(
            "The text has no list 'kpis' under 'performance_metrics'; write it in the text first."
        )
    return found
