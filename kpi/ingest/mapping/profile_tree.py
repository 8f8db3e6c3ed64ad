"""A profile's YAML as checked values: each check gives what stands at a node, or says in one
sentence, with line and column, what is wrong there.

Checks are small functions that take a node; those of lists and maps are made of others. So a text
of whatever shape ends in one sentence: nothing is built that no check asked for, and what could be
made to exhaust memory (references, nesting) is refused where it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kpi.errors import nearest

Node = Any
"""A node of ruamel.yaml: it has ``tag``, ``value``, ``anchor`` and ``start_mark``."""

Check = Callable[[Node], Any]

LONGEST = 200_000
"""Characters of a profile; the longest that we ship has 2,000."""
LONGEST_TEXT = LONGEST // 100
"""Characters of one text in it."""

_DEEPEST = 20
_PLAIN = "tag:yaml.org,2002:"
_SHAPES = {
    "map": "keys with values", "seq": "a list", "null": "nothing", "bool": "true or false",
    "int": "a number", "float": "a number", "timestamp": "a date", "str": "a text",
}  # fmt: skip


class WrongProfile(ValueError):
    """What is wrong with a profile, where."""

    def __init__(self, place: Any, sentence: str) -> None:
        super().__init__(f"line {place.line + 1}, column {place.column + 1}: {sentence}")


def tree_of(text: str) -> Node:
    """The root of a YAML text. Raises WrongProfile for one that is no YAML, empty or too long."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    start = _Start()
    if len(text) > LONGEST:
        raise WrongProfile(start, f"this is no profile: it has more than {LONGEST:,} characters.")
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark or start
        raise WrongProfile(
            mark, f"from here on this is no YAML ({fault.problem or 'it cannot be read'}). Look at "
            "the quotation marks, colons and indentation here and in the line before.",
        ) from None  # fmt: skip
    except RecursionError:
        raise WrongProfile(_too_deep(text), "lists and keys are nested too deeply.") from None
    except (YAMLError, ValueError, OverflowError, LookupError, AttributeError, AssertionError):
        # Slips of the parser's own on odd input, an impossible escape say.
        raise WrongProfile(start, "this is no YAML that can be read.") from None
    if root is None:
        raise WrongProfile(start, "there is nothing in it.")
    return root


class _Start:
    line = column = 0


def _too_deep(text: str) -> Any:
    from ruamel.yaml import YAML

    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if depth > _DEEPEST:
            return event.start_mark
    raise AssertionError("what was nested too deeply is nested deeply")


# -- single values -------------------------------------------------------------------------------


def _shape(node: Node, *wanted: str) -> str:
    """The shape of a node, which must be one of those wanted."""
    if node.anchor is not None:
        raise WrongProfile(
            node.start_mark, "a profile has no references (& and *): write the value itself."
        )
    tag = str(node.tag)
    kind = tag.removeprefix(_PLAIN) if tag.startswith(_PLAIN) else "other"
    if kind not in wanted:
        expected = " or ".join(dict.fromkeys(_SHAPES[each] for each in wanted))
        found = _SHAPES.get(kind, "something else")
        mend = " Put it in quotes." if "str" in wanted and isinstance(node.value, str) else ""
        raise WrongProfile(node.start_mark, f"{expected} is expected here, not {found}.{mend}")
    if not isinstance(node.value, list) and len(node.value) > LONGEST_TEXT:
        raise WrongProfile(node.start_mark, "this is too long.")
    return kind


def text(node: Node) -> str:
    """A text that is not blank."""
    _shape(node, "str")
    if not node.value.strip():
        raise WrongProfile(node.start_mark, "a text is expected here, and this is blank.")
    return str(node.value)


def word(node: Node) -> str:
    """A word as it stands in a cell: a text, also a blank one, a number, true or false."""
    _shape(node, "str", "int", "float", "bool")
    return str(node.value)


def truth(node: Node) -> bool:
    """True or false."""
    _shape(node, "bool")
    return str(node.value).casefold() == "true"


def number(low: int, high: int) -> Check:
    """A whole number between two others."""

    def check(node: Node) -> int:
        _shape(node, "int")
        said = node.value.replace("_", "")
        if said.lstrip("+-").isascii() and said.lstrip("+-").isdigit() and len(said) < 9:
            found = int(said)
            if low <= found <= high:
                return found
        raise WrongProfile(node.start_mark, f"a number from {low} to {high} is expected here.")

    return check


def one_of(*known: str) -> Check:
    """One of some texts."""

    def check(node: Node) -> str:
        found = word(node)
        if found not in known:
            raise WrongProfile(
                node.start_mark,
                f"'{found[:60]}' is not known here.{nearest(found[:60], known)} "
                f"Known: {', '.join(known)}.",
            )
        return found

    return check


# -- lists and maps ------------------------------------------------------------------------------


def either(first: Check, second: Check, shape: str) -> Check:
    """``first`` for a node of that shape, else ``second``."""
    return lambda node: first(node) if str(node.tag) == f"{_PLAIN}{shape}" else second(node)


def list_of(check: Check, least: int = 0) -> Check:
    """A list, each item checked."""

    def listed(node: Node) -> list[Any]:
        _shape(node, "seq")
        if len(node.value) < least:
            raise WrongProfile(node.start_mark, f"at least {least} are expected in this list.")
        return [check(each) for each in node.value]

    return listed


def map_of(key: Check, value: Check, least: int = 0, most: int = LONGEST) -> Check:
    """Keys with values, all of a kind."""

    def mapped(node: Node) -> dict[str, Any]:
        found = {name: value(under) for name, _, under in _entries(node, key)}
        if not least <= len(found) <= most:
            amount = f"at least {least}" if len(found) < least else f"no more than {most}"
            raise WrongProfile(node.start_mark, f"{amount} of these keys are expected here.")
        return found

    return mapped


def record(fields: Mapping[str, Check], required: Sequence[str] = ()) -> Check:
    """Keys that are known, each with its own check."""

    def checked(node: Node) -> dict[str, Any]:
        found = {name: fields[name](under) for name, _, under in _entries(node, one_of(*fields))}
        for name in required:
            if name not in found:
                raise WrongProfile(node.start_mark, f"'{name}' is missing here.")
        return found

    return checked


def _entries(node: Node, key: Check) -> list[tuple[str, Node, Node]]:
    _shape(node, "map")
    found: dict[str, tuple[str, Node, Node]] = {}
    for over, under in node.value:
        name = key(over)
        if name in found:
            raise WrongProfile(over.start_mark, f"'{name[:60]}' is said twice.")
        found[name] = (name, over, under)
    return list(found.values())
