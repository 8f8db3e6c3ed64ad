"""A role for reading, as HTML: its document, what changed between versions, its duties and KPIs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from dashboards.markup.cards import cards
from dashboards.markup.text import block, safe, small
from dashboards.views.cards import Card
from dashboards.views.role import VersionLine
from dashboards.views.words import count_of, listed, name_of
from kpi.report.signs import gate_sign
from kpi.report.theme import Palette
from kpi.role.coverage import Coverage
from kpi.role.diff import Difference


def differences_block(against: str, found: Sequence[Difference]) -> str:
    """What changes in meaning, a list a section."""
    heading = f"<h3>What changes from version {safe(against)}</h3>"
    if not found:
        return block(heading, small("Nothing changes in meaning."))
    return block(heading, differences_list(found))


def differences_list(found: Sequence[Difference]) -> str:
    """The changes, a list a section, as the file has them."""
    parts = []
    for section, each in groupby(found, key=lambda each: each.section):
        listed = "".join(f"<li>{safe(one.words)}</li>" for one in each)
        parts.append(
            f'<p class="rc-small">{safe(name_of(section))}</p>'
            f'<ul class="rc-differences">{listed}</ul>'
        )
    return "".join(parts)


def head_block(line: VersionLine) -> str:
    """What holds of the version that is shown."""
    facts = [
        ("Version", line.version),
        ("In force", line.months),
        ("Published", line.published),
        ("Acknowledged", line.acknowledged),
        ("SHA-256", line.sha256),
    ]
    if line.reason:
        facts.insert(3, ("Published late", line.reason))
    found = "".join(
        f"<dt>{safe(name)}</dt><dd>{_hash(said) if name == 'SHA-256' else safe(said)}</dd>"
        for name, said in facts
    )
    return block(f'<dl class="rc-define">{found}</dl>')


def _hash(said: str) -> str:
    return f"<code>{safe(said)}</code>"


def versions_block(lines: Sequence[VersionLine]) -> str:
    """All versions, folded up, each with what it changed from the one before."""
    heads = f"<summary>{count_of(len(lines), 'version')}, and what each changed</summary>"
    return block(f"<details>{heads}{''.join(map(_version, lines))}</details>")


def _version(line: VersionLine) -> str:
    said = (
        f'<div class="rc-version"><h2>{safe(line.version)}</h2>'
        f"<p>{safe(line.months[:1].upper() + line.months[1:])}</p>"
        f'<p class="rc-small">Published {safe(line.published)}. Acknowledged '
        f"{safe(line.acknowledged)}. SHA-256 {safe(line.sha256[:12])}.</p>"
    )
    if line.reason:
        said += f'<p class="rc-small">Published late: {safe(line.reason)}</p>'
    if line.against and line.changes:
        count = count_of(len(line.changes), "change")
        said += (
            f"<details><summary>{count} from {safe(line.against)}</summary>"
            f"{differences_list(line.changes)}</details>"
        )
    elif line.against:
        said += small(f"Nothing changes in meaning from {line.against}.")
    return f"{said}</div>"


def coverage_block(found: Coverage, name: Callable[[str], str]) -> str:
    """Every duty with the KPIs that measure it, and the KPIs that no duty explains."""
    lines = [
        Card(
            duty.text,
            "",
            (
                name_of(duty.section),
                ", ".join(map(name, found.measured(duty))) or "no KPI measures it",
            ),
        )
        for duty in found.duties
    ]
    left = [name(each) for each in found.unexplained]
    said = small(f"No duty names: {listed(left)}." if left else "Every KPI is named by a duty.")
    return block(
        "<h2>Coverage</h2>", said, cards("Duties and KPIs", ("Duty", "Section", "KPIs"), lines)
    )


def targets_block(count: int, weights: str, right: bool, palette: Palette) -> str:
    """How many KPIs there are, and what their weights add up to."""
    sign = gate_sign("held" if right else "breached", palette).img("rc-sign")
    return block(
        f"<h2>{count_of(count, 'KPI')}</h2>"
        f'<span class="rc-cell" role="status">{sign}{safe(weights)}</span>'
    )
