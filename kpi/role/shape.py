"""Checks a role file against its shape and says what is wrong in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import ValidationError

from kpi.errors import nearest
from kpi.role.findings import Key, error, path_text, shown
from kpi.role.model import Finding
from kpi.role.schema import SECTIONS, RoleFile, fields_of
from kpi.role.tree import UNREAD, Listing, Node, Scalar, Table, find, locate, plain

_Words = tuple[str, str, str]
_KIND_REMEDY = {
    "text": "Write a text; put it in quotes if it looks like a number.",
    "number": "Write a plain number, without a unit and without quotes.",
    "list": "Write one item a line, each beginning with '- '.",
    "group": "Write its keys on the lines below, indented.",
    "truth": "Write true or false.",
}
_KINDS = {
    "string_type": "text", "float_type": "number", "int_type": "number", "list_type": "list",
    "bool_type": "truth", "model_type": "group", "dict_type": "group",
    "model_attributes_type": "group",
}  # fmt: skip
_KIND_NAMES = {
    "text": "a text", "number": "a number", "list": "a list", "group": "a group of keys",
    "truth": "true or false",
}  # fmt: skip


def check_shape(root: Table) -> tuple[RoleFile | None, list[Finding]]:
    """The file as a model, or None, with a finding for each key or value that is out of shape.

    Marks empty values in the tree as UNREAD, so that later checks pass over them.
    """
    findings = _empty_values(root)
    model = None
    try:
        model = RoleFile.model_validate(plain(root))
    except ValidationError as faults:
        for fault in faults.errors(include_url=False):
            if fault["input"] is not UNREAD:
                findings.append(_finding(root, fault["loc"], fault))
    return model, findings


def _finding(root: Table, path: tuple[Key, ...], fault: Any) -> Finding:
    """A fault that the model found, as a sentence at its place."""
    rule, message, remedy = _in_words(path, fault)
    # A duty written as a text alone is checked as if it had a key 'text'.
    there = path
    while there and find(root, there) is None and fault["type"] != "missing":
        there = there[:-1]
    at_key = fault["type"] == "extra_forbidden"
    return error(rule, path_text(there), locate(root, path, at_key=at_key), message, remedy)


def _in_words(path: tuple[Key, ...], fault: Any) -> _Words:
    """Rule, message and remedy of a fault."""
    context = fault.get("ctx", {})
    if "remedy" in context:  # a fault of our own fields, which brings its words
        return fault["type"], context["message"], context["remedy"]
    if fault["type"] in _KINDS:
        kind = _KINDS[fault["type"]]
        message = f"'{_name(path)}' must be {_KIND_NAMES[kind]}, not {shown(fault['input'])}."
        return "type", message, _KIND_REMEDY[kind]
    return _WORDED.get(fault["type"], _other)(path, fault)


def _name(path: tuple[Key, ...]) -> str:
    """The last key of a path."""
    return next((part for part in reversed(path) if isinstance(part, str)), "the file")


def _unknown_key(path: tuple[Key, ...], _fault: Any) -> _Words:
    known = fields_of(path[:-1])
    where = f"under '{path_text(path[:-1])}'" if path[:-1] else "at the top of a role file"
    return (
        "unknown-key",
        f"{shown(path[-1])} is no key {where}.{nearest(str(path[-1]), known)}",
        f"Use one of: {', '.join(known)}.",
    )


def _choice(path: tuple[Key, ...], fault: Any) -> _Words:
    choices = re.findall(r"'([^']*)'", fault["ctx"]["expected"])
    written = fault["input"]
    return (
        "choice",
        f"{shown(written)} is not possible for '{_name(path)}'.{nearest(str(written), choices)}",
        f"Write one of: {', '.join(choices)}.",
    )


def _id(path: tuple[Key, ...], fault: Any) -> _Words:
    example = "flu_shot_rate" if "custom_kpis" in path else "billing-cycle"
    return (
        "id",
        f"{shown(fault['input'])} cannot be an id.",
        f"Write lower-case letters and digits only, as in {example}.",
    )


def _missing(path: tuple[Key, ...], _fault: Any) -> _Words:
    key = str(path[-1])
    purpose = fields_of(path[:-1]).get(key, "")
    if len(path) == 1 and key in SECTIONS:
        return (
            "missing-section",
            f"The section '{key}' is missing ({purpose} of nine).",
            f"Add '{key}:' with its content.",
        )
    return "missing-key", f"'{key}' is missing: {purpose}.", f"Add '{key}:'."


def _length(path: tuple[Key, ...], fault: Any) -> _Words:
    if path[-1] == "range":
        return (
            "pay-range",
            f"'range' holds {fault['ctx']['actual_length']} amounts, not two.",
            'Write the lowest and the highest pay, as in ["$62,000", "$84,000"].',
        )
    return "empty", f"'{_name(path)}' is an empty list.", "Add an item, or remove the key."


def _out_of_range(path: tuple[Key, ...], fault: Any) -> _Words:
    bounds = {"weight": "more than 0 and at most 100", "minimum": "0 or more"}
    wanted = bounds.get(_name(path), "from 0 to 120, as scores are")
    message = f"{shown(fault['input'])} is not possible for '{_name(path)}'."
    return "range", message, f"Write a number {wanted}."


def _other(path: tuple[Key, ...], fault: Any) -> _Words:
    message = f"{shown(fault['input'])} is not possible for '{_name(path)}'."
    return "value", message, "The page on the role file says what may stand here."


_WORDED: Final[Mapping[str, Callable[[tuple[Key, ...], Any], _Words]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _choice,
    "enum": _choice,
    "string_pattern_mismatch": _id,
    "too_short": _length,
    "too_long": _length,
    "greater_than": _out_of_range,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
}


def _empty_values(root: Table) -> list[Finding]:
    """A finding for each key or item with nothing written, and for each empty section."""
    findings = []
    waiting: list[tuple[tuple[Key, ...], Node]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        if len(path) == 1 and path[0] in SECTIONS and _is_empty(node):
            findings.append(
                error(
                    "empty-section",
                    path_text(path),
                    root.keys[str(path[0])],
                    f"The section '{path[0]}' is empty.",
                    "Write its content.",
                )
            )
            root.entries[str(path[0])] = Scalar(node.place, UNREAD)
        elif isinstance(node, Scalar) and _is_empty(node):
            findings.append(
                error(
                    "empty",
                    path_text(path),
                    node.place,
                    f"Nothing is written for '{path_text(path[-1:])}'.",
                    "Write a value, or remove it.",
                )
            )
            node.value = UNREAD
        elif isinstance(node, Listing):
            waiting += [((*path, number), item) for number, item in enumerate(node.items)]
        elif isinstance(node, Table):
            waiting += [((*path, key), value) for key, value in node.entries.items()]
    return findings


def _is_empty(node: Node) -> bool:
    if isinstance(node, Scalar):
        return node.value is None or (isinstance(node.value, str) and not node.value.strip())
    return not (node.items if isinstance(node, Listing) else node.entries)
