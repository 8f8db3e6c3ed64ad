"""What is said of a table that nothing known fits: what it has, lacks, and comes nearest to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from kpi.datasets import Dataset, all_datasets, dataset
from kpi.errors import nearest
from kpi.ingest.files.grid import Grid
from kpi.ingest.layout.header import PREAMBLE, Header
from kpi.ingest.mapping.names import GIVEN_BACK, all_names
from kpi.ingest.mapping.profile import Profile, all_profiles
from kpi.ingest.questions import FileAsks, Question
from kpi.ingest.showing import shown_heading

_NEAR = 0.7
_KNOWN_SHARE = 0.6


def not_recognised(
    header: Header, name: str, wanted: str | None, own: Sequence[Profile] = ()
) -> FileAsks:
    """What it asks: which dataset it is to fill in part, if its columns are all of one, else what
    its columns mean.

    A header cell is shown only where most cells are known names: a file without a header has
    a patient's data in its first line.
    """
    there = {column for column in header.folded if column} - GIVEN_BACK
    where = f"{name}, line {header.line}: the header"
    changed = _changed(header, own)
    if changed:
        return FileAsks(Question.MAPPING, f"{where} {changed}")
    canonical = _nearest_dataset(there, wanted)
    shared = there & set(canonical.names)
    by_profile = _nearest_profile(header)
    found = len(by_profile.header) - len(by_profile.missing(header))
    if wanted is None and found > len(shared) and found * 2 >= len(by_profile.header):
        return FileAsks(
            Question.MAPPING,
            f"{where} is nearly that of {by_profile.title}, but lacks "
            f"{listed(by_profile.missing(header))}. Export it with all columns.",
        )
    if not shared or len(shared) * 2 < len(there):
        return FileAsks(
            Question.MAPPING,
            f"{where} has {len(header.cells)} columns and is not one that is known"
            f"{'' if shared else '; perhaps the first line is no header'}.",
        )
    missing = [column for column in canonical.required if column not in there]
    unknown = [
        f"'{shown_heading(column)}'{nearest(column, canonical.names)}"
        for column in header.folded
        if column in there and column not in canonical.names
    ]
    parts = []
    if missing:
        parts.append(f"lacks {listed(missing)}")
    if unknown:
        parts.append(f"has {listed(unknown)}, which {canonical.name} does not have")
    said = " and ".join(parts) or "fits others too"
    return FileAsks(
        Question.DATASET if not unknown and wanted is None else Question.MAPPING,
        f"{where} is nearest to {canonical.name}, but {said}.",
        canonical.name,
    )


def mapped_before(header: Header, own: Sequence[Profile]) -> Profile | None:
    """The profile of the practice's own whose layout this most likely was before it changed."""
    there = {name for name in header.folded if name}

    def share(profile: Profile) -> float:
        known = set(Header(0, profile.names).folded)
        return len(known & there) / max(len(known), len(there))

    return max((each for each in own if share(each) >= _NEAR), key=share, default=None)


def lies_on_its_side(grid: Grid) -> bool:
    """Whether the names of columns stand below each other in the first column, a row a name."""
    with grid.records() as records:
        first = [cells[0].strip() for _, cells in islice(records, PREAMBLE) if any(cells)]
    named = [name for name in Header(0, tuple(first)).folded if name]
    known = {name for name in named if name in all_names()}
    return len(known) >= 2 and len(known) >= _KNOWN_SHARE * len(named)


def _changed(header: Header, own: Sequence[Profile]) -> str:
    """How the layout of a profile of the practice's own has changed, if this is one of those."""
    there = {name: cell.strip() for name, cell in zip(header.folded, header.cells, strict=True)}
    profile = mapped_before(header, own)
    if profile is None:
        return ""
    known = dict(zip(Header(0, profile.names).folded, profile.names, strict=True))
    gone = [known[name] for name in known if name not in there]
    new = [shown_heading(there[name]) for name in there if name and name not in known]
    parts = [f"no longer has {listed(gone)}"] if gone else []
    parts += [f"now has {listed(new)}"] if new else []
    return f"was mapped as '{profile.name}', but {' and '.join(parts)}."


def _nearest_dataset(there: set[str], wanted: str | None) -> Dataset:
    if wanted:
        return dataset(wanted)
    return max(all_datasets(), key=lambda each: (len(there & set(each.names)), -len(each.names)))


def _nearest_profile(header: Header) -> Profile:
    return max(
        (each for each in all_profiles() if each.header and not each.refuse),
        key=lambda each: len(each.header) - len(each.missing(header)),
    )


def listed(names: Sequence[str]) -> str:
    """Names for a sentence: eight at most, then how many more."""
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return ", ".join(names[:8]) + more
