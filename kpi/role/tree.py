"""A YAML text as a tree in which every key and value knows its line and column.

The tree is built from ruamel.yaml's events and not from its objects: so every repeated key is
found and not only the first, what a plain word means is settled here (YAML 1.2's core, no dates,
no ``yes`` for true), and a text made to exhaust memory is left after a bounded amount of work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from kpi.role.findings import NOWHERE, Key, Place, error, path_text
from kpi.role.model import Finding

DEEPEST: Final = 20
MOST_VALUES: Final = 5_000

UNREAD: Final = object()
"""Stands for a value that already has its finding, so that nothing more is said about it."""


@dataclass(slots=True)
class Scalar:
    """A single value: text, number, true or false, None where nothing is written, or UNREAD."""

    place: Place
    value: object


@dataclass(slots=True)
class Listing:
    """A list and its items."""

    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A mapping: its entries, and where each key stands. Of a repeated key, the first."""

    place: Place
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


Node = Scalar | Listing | Table


def plain(node: Node) -> Any:
    """The tree below a node as dicts, lists, texts and numbers; UNREAD where it was not read."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


def find(root: Node, path: tuple[Key, ...]) -> Node | None:
    """The node at a path of keys and positions, or None when there is none."""
    node = root
    for part in path:
        if isinstance(node, Table) and isinstance(part, str) and part in node.entries:
            node = node.entries[part]
        elif isinstance(node, Listing) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            return None
    return node


def locate(root: Node, path: tuple[Key, ...], *, at_key: bool = False) -> Place:
    """Where a path stands: its value, its key, or the deepest part of it that is there."""
    node, place = root, root.place
    for number, part in enumerate(path):
        below = find(node, (part,))
        if below is None:
            break
        last = number == len(path) - 1
        place = node.keys[str(part)] if last and at_key and isinstance(node, Table) else below.place
        node = below
    return place


_INTEGER = re.compile(r"[-+]?[0-9]{1,30}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,30}|[0-9]{1,30}(\.[0-9]{0,30})?)([eE][-+]?[0-9]{1,2})?")
_WORDS: Final[dict[str, object]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _meaning(text: str) -> object:
    """What an unquoted word stands for; a number too long to be meant as one stays text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    node: Listing | Table
    path: tuple[Key, ...]
    key: str | None = None  # of a mapping: the key whose value comes next
    key_place: Place = NOWHERE


def read_tree(text: str) -> tuple[Node | None, list[Finding]]:
    """The tree of a YAML text, and what is wrong with it as YAML. Never raises.

    The tree is None when there is none at all or when the text stops being YAML somewhere: what
    stands before that place would only give findings that vanish with the first repair.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    from kpi.role.yaml_errors import syntax_findings

    build = _Build()
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if not build.take(event):
                return None, build.findings
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark is not None else build.place
        return None, build.findings + syntax_findings(text, place, str(fault.problem or ""))
    except (YAMLError, ValueError, OverflowError, LookupError, AttributeError, AssertionError):
        # ruamel.yaml lets such slips of its own through on odd input, an impossible escape say.
        return None, build.findings + syntax_findings(text, build.place, "")
    return build.root, build.findings


class _Build:
    """Takes events one by one and grows the tree without recursion, so no depth can exhaust it."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self.place = Place(1, 1)
        self._stack: list[_Open] = []
        self._values = 0
        self._documents = 0

    def take(self, event: Any) -> bool:
        """Adds one event; False when reading on makes no sense."""
        kind = type(event).__name__
        if event.start_mark is not None:
            self.place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                self._say(
                    "A second document begins here with '---'; a role file is one document.",
                    "Remove the line, or move what follows into a file of its own.",
                )
                return False
        elif kind == "AliasEvent":
            self._say(
                f"'*{event.anchor}' stands for a value written elsewhere; role files do "
                "without such references.",
                "Write the value itself here.",
            )
            top = self._stack[-1] if self._stack else None
            as_key = top is not None and isinstance(top.node, Table) and top.key is None
            return not as_key and self._put(Scalar(self.place, UNREAD))
        elif kind == "ScalarEvent":
            return self._scalar(event)
        elif kind in ("SequenceStartEvent", "MappingStartEvent"):
            self._marked(event)
            opened = Listing(self.place) if kind == "SequenceStartEvent" else Table(self.place)
            return self._open(opened)
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            self._stack.pop()
        return True

    def _scalar(self, event: Any) -> bool:
        self._marked(event)
        quoted = event.style is not None
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.node, Table) and top.key is None:
            return self._key(top, top.node, event.value)
        # Where nothing is written, the key before it is the place to look at.
        nothing = top is not None and top.key is not None and not quoted and event.value == ""
        place = top.key_place if top is not None and nothing else self.place
        return self._put(Scalar(place, event.value if quoted else _meaning(event.value)))

    def _key(self, top: _Open, table: Table, key: str) -> bool:
        top.key, top.key_place = key, self.place
        if key in table.keys:
            self.findings.append(
                error(
                    "duplicate-key",
                    path_text((*top.path, key)),
                    self.place,
                    f"'{key}' already stands on line {table.keys[key].line}; "
                    "only one of the two can hold.",
                    "Keep one of them and remove the other.",
                )
            )
        else:
            table.keys[key] = self.place
        return True

    def _open(self, node: Listing | Table) -> bool:
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.node, Table) and top.key is None:
            self._say(
                "A list or mapping stands where a key is expected.",
                "Write a plain word as the key, then a colon.",
            )
            return False
        if len(self._stack) >= DEEPEST:
            self._say(
                f"Lists and mappings stand more than {DEEPEST} deep in each other here.",
                "Check the brackets and the indentation; a role file needs six levels.",
            )
            return False
        path = self._path_of_next()
        went_on = self._put(node)
        self._stack.append(_Open(node, path))
        return went_on

    def _path_of_next(self) -> tuple[Key, ...]:
        if not self._stack:
            return ()
        top = self._stack[-1]
        if isinstance(top.node, Listing):
            return (*top.path, len(top.node.items))
        return (*top.path, top.key or "")

    def _put(self, node: Node) -> bool:
        self._values += 1
        if self._values > MOST_VALUES:
            self._say(
                f"The file holds more than {MOST_VALUES:,} values; no role needs that many.",
                "Check that this is the role file you meant.",
            )
            return False
        if not self._stack:
            self.root = node
            return True
        top = self._stack[-1]
        if isinstance(top.node, Listing):
            top.node.items.append(node)
        else:
            top.node.entries.setdefault(top.key or "", node)
            top.key = None
        return True

    def _marked(self, event: Any) -> None:
        """Refuses ``&name`` and ``!tag`` before a value."""
        if event.anchor is not None:
            self._say(
                f"'&{event.anchor}' names a value for use elsewhere; role files do without "
                "such references.",
                f"Remove '&{event.anchor}'.",
            )
        if event.tag is not None:
            self._say(
                "A type tag, a word that begins with '!', stands before this value; role "
                "files do without them.",
                "Remove it, or put the value in quotes if the '!' belongs to it.",
            )

    def _say(self, message: str, remedy: str) -> None:
        path = path_text(self._path_of_next())
        self.findings.append(error("yaml", path, self.place, message, remedy))
