"""Reads a role file: bytes in, a role or every error at once out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from kpi.catalogue.model import Kpi
from kpi.role.findings import NOWHERE, Place, error, in_order
from kpi.role.model import Accepted, DeclaredTarget, Finding, Role, RoleReading

if TYPE_CHECKING:
    from kpi.role.tree import Table

LARGEST: Final = 1_000_000
"""Bytes of the largest file that is read at all."""

RATINGS: Final[Mapping[str, float]] = {
    "outstanding": 112.0, "exceeds": 103.0, "meets": 90.0, "developing": 70.0,
}  # fmt: skip
"""The lowest score of each rating, where a role does not say."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A role file taken apart: its reading, and what the rules look at, errors or not.

    ``root`` is None where the text is no role file at all. ``targets`` are those that could be
    read, ``kpis`` all that the file may name, its own among them.
    """

    reading: RoleReading
    root: Table | None = None
    text: str = ""
    targets: tuple[DeclaredTarget, ...] = ()
    kpis: Mapping[str, Kpi] | None = None


def read_role(
    text: bytes | str, source: str, catalogue: Mapping[str, Kpi] | None = None
) -> RoleReading:
    """A role file as a role, or all that is wrong with it.

    ``source`` is the file's name for the sentences, ``catalogue`` the KPIs there are (by default
    those of ``kpi.catalogue``). Never raises for what the text holds: whatever it is, the answer
    is a role, or at least one error among the findings. ``kpi.role.check`` adds what the rules
    warn of.
    """
    return parse_role(text, source, catalogue).reading


def parse_role(
    text: bytes | str, source: str, catalogue: Mapping[str, Kpi] | None = None
) -> Parsed:
    """The same, with the tree that it was read from."""
    if catalogue is None:
        from kpi.catalogue import kpis

        catalogue = kpis()
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    decoded, findings = _decode(content, source)
    if decoded is None:
        return Parsed(RoleReading(None, in_order(findings)))
    return _read(decoded, content, source, catalogue)


def _decode(content: bytes, source: str) -> tuple[str | None, list[Finding]]:
    """The text of the bytes, or why it cannot be one."""
    if len(content) > LARGEST:
        return None, [
            error(
                "too-large",
                "",
                NOWHERE,
                f"'{source}' is larger than {LARGEST:,} bytes, the most that a role file holds.",
                "Check that this is the role file you meant.",
            )
        ]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = content[: fault.start]
        line_start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
        place = Place(
            len(LINE_END.findall(before.decode("utf-8", "replace"))) + 1,
            len(before[line_start:].decode("utf-8", "replace")) + 1,
        )
        return None, [
            error(
                "encoding",
                "",
                place,
                "The character here is not in UTF-8, the encoding of role files.",
                "Save the file again with the encoding UTF-8.",
            )
        ]
    control = _CONTROL.search(text)
    if control is not None:
        lines = LINE_END.split(text[: control.start()])
        return None, [
            error(
                "encoding",
                "",
                Place(len(lines), len(lines[-1]) + 1),
                "A control character, which no text holds, stands here.",
                "Remove it, or save the file again as plain text with the encoding UTF-8.",
            )
        ]
    return text, []


def _read(text: str, content: bytes, source: str, catalogue: Mapping[str, Kpi]) -> Parsed:
    from kpi.role.custom import read_custom
    from kpi.role.references import check_references, known_scales
    from kpi.role.shape import check_shape
    from kpi.role.targets import read_targets
    from kpi.role.tree import Scalar, Table, plain, read_tree

    bare = text.removeprefix("\ufeff")
    root, findings = read_tree(bare)
    if root is None and findings:
        return Parsed(RoleReading(None, in_order(findings)))
    if root is None or (isinstance(root, Scalar) and root.value is None):
        return Parsed(RoleReading(None, in_order([*findings, _empty(source)])))
    if not isinstance(root, Table):
        findings.append(
            error(
                "top-level",
                "",
                root.place,
                f"'{source}' is no role file: it does not begin with keys such as 'role:'.",
                "Begin with 'role:', 'title:' and 'version:', each on a line of its own.",
            )
        )
        return Parsed(RoleReading(None, in_order(findings)))
    model, shape = check_shape(root)
    scales = known_scales(root, catalogue)
    targets, faults = read_targets(root, scales)
    custom, wrong = read_custom(root, catalogue)
    findings += shape + faults + wrong + check_references(root, scales)
    errors = any(finding.level == "error" for finding in findings)
    role = None
    if model is not None and not errors:
        role = _role(model, targets, custom, plain(root), text, content)
    return Parsed(
        RoleReading(role, in_order(findings)),
        root,
        bare,
        tuple(targets),
        {**catalogue, **{each.id: each for each in custom}},
    )


def _empty(source: str) -> Finding:
    return error(
        "empty-file",
        "",
        NOWHERE,
        f"'{source}' is empty.",
        "Write the role, beginning with 'role:', 'title:' and 'version:'.",
    )


def _role(
    model: Any,
    targets: list[DeclaredTarget],
    custom: list[Kpi],
    document: Mapping[str, Any],
    text: str,
    content: bytes,
) -> Role:
    """The role of a file without errors. ``model`` is its schema.RoleFile."""
    metrics = model.performance_metrics
    given = {} if metrics.ratings is None else dict(metrics.ratings)
    ratings = {name: score for name, score in given.items() if score is not None}
    share = metrics.minimum_coverage
    return Role(
        role=model.role,
        title=model.title,
        version=model.version,
        effective=model.effective,
        review_period=metrics.review_period,
        minimum_coverage=0.8 if share is None else share,
        ratings=ratings or dict(RATINGS),
        targets=tuple(targets),
        document=document,
        text=text,
        sha256=sha256(content).hexdigest(),
        custom=tuple(custom),
        accepted=tuple(Accepted(each.rule, each.reason) for each in model.accepted or ()),
    )
