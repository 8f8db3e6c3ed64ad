"""Which dataset or profile a header belongs to."""

from __future__ import annotations

from kpi.datasets import Dataset, all_datasets, dataset
from kpi.errors import FileRefused, NotFound, nearest
from kpi.ingest.files.table import Header
from kpi.ingest.mapping.plan import ColumnPlan, FeedPlan, Plan
from kpi.ingest.mapping.profile import Profile, all_profiles, plan_of

CANONICAL = "canonical"


def recognise(header: Header, name: str, wanted: str | None, profile: Profile | None) -> Plan:
    """The plan for a table with this header.

    With a ``profile`` that one; else the dataset whose columns the header has exactly (in any
    order, optional ones may be absent); else the profile whose columns it has. ``wanted`` names
    the one dataset to read: then required columns may be absent as well. Raises FileRefused with
    what is missing and what comes nearest.
    """
    _refuse_repeated(header, name)
    if profile is not None:
        missing = profile.missing(header)
        if missing:
            raise FileRefused(
                f"{name} is not {profile.title}: its header lacks {_listed(missing)}."
            )
        return _only(plan_of(profile, header), wanted, name)
    there = {column for column in header.folded if column}
    target = _dataset(wanted) if wanted is not None else None
    if target is not None and there <= set(target.names):
        _refuse_without_key(target, there, name)
        return _canonical(target, header)
    fitting = [
        each for each in all_datasets() if there <= set(each.names) and there >= set(each.required)
    ]
    if wanted is None and len(fitting) == 1:
        return _canonical(fitting[0], header)
    if wanted is None and fitting:
        names = [each.name for each in fitting]
        raise FileRefused(
            f"{name} could be {' or '.join(names)}. Say which with --as, "
            f"for example --as {names[0]}."
        )
    for each in all_profiles():
        if each.header and not each.missing(header):
            return _only(plan_of(each, header), wanted, name)
    raise FileRefused(_not_recognised(header, there, name, wanted))


def _dataset(name: str) -> Dataset:
    try:
        return dataset(name)
    except NotFound as error:
        raise FileRefused(str(error)) from None


def _canonical(target: Dataset, header: Header) -> Plan:
    places = {column: place for place, column in enumerate(header.folded)}
    columns = tuple(
        ColumnPlan(column, places[column.name], header.cells[places[column.name]].strip())
        for column in target.columns
        if column.name in places
    )
    return Plan(CANONICAL, (FeedPlan(target, columns),), _unnamed(header))


def _unnamed(header: Header) -> tuple[str, ...]:
    return tuple(
        f"column {place} (it has no name)"
        for place, column in enumerate(header.folded, start=1)
        if not column
    )


def _only(plan: Plan, wanted: str | None, name: str) -> Plan:
    """The plan with the one feed that is wanted."""
    if wanted is None:
        return plan
    target = _dataset(wanted)
    feeds = tuple(feed for feed in plan.feeds if feed.dataset is target)
    if not feeds:
        offered = " and ".join(feed.dataset.name for feed in plan.feeds)
        raise FileRefused(
            f"{name} is recognised as {plan.profile}, which feeds {offered} and not {wanted}. "
            "Leave out --as, or name another profile."
        )
    return Plan(plan.profile, feeds, plan.dropped, plan.routing)


def _refuse_repeated(header: Header, name: str) -> None:
    known = {column for each in all_datasets() for column in each.names}
    known |= {column for each in all_profiles() for column in each.header}
    seen: set[str] = set()
    for place, column in enumerate(header.folded, start=1):
        if column and column in seen:
            shown = f" ('{column}')" if column in known else ""
            raise FileRefused(
                f"{name}, line {header.line}: column {place}{shown} has the same name as one "
                "before it, so it cannot be told which is meant. Rename or remove one of them."
            )
        seen.add(column)


def _refuse_without_key(target: Dataset, there: set[str], name: str) -> None:
    needed = [column for column in target.key if target.column(column).required]
    if target.period:
        needed.append(target.period)
    missing = [column for column in needed if column not in there]
    if missing:
        raise FileRefused(
            f"{name} lacks {_listed(missing)}, without which no row of {target.name} can be "
            "told from another. Export it with that column."
        )


def _not_recognised(header: Header, there: set[str], name: str, wanted: str | None) -> str:
    """What the header has, lacks, and what comes nearest.

    A header cell is shown only where most cells are known names: a file without a header has
    a patient's data in its first line.
    """
    canonical = (
        _dataset(wanted)
        if wanted
        else max(all_datasets(), key=lambda each: (len(there & set(each.names)), -len(each.names)))
    )
    by_profile = max(
        (each for each in all_profiles() if each.header),
        key=lambda each: len(each.header) - len(each.missing(header)),
    )
    found = len(by_profile.header) - len(by_profile.missing(header))
    shared = there & set(canonical.names)
    where = f"{name}, line {header.line}: the header"
    if wanted is None and found > len(shared) and found * 2 >= len(by_profile.header):
        return (
            f"{where} is nearly that of {by_profile.title}, but lacks "
            f"{_listed(by_profile.missing(header))}. Export it with all columns."
        )
    if not shared or len(shared) * 2 < len(there):
        return (
            f"{where} has {len(header.cells)} columns and is not one that is known"
            f"{'' if shared else '; perhaps the first line is no header'}. Either write the "
            f"columns as 'kpi template DATASET' prints them (datasets: "
            f"{', '.join(each.name for each in all_datasets())}), or export one of: "
            f"{', '.join(each.title for each in all_profiles())}."
        )
    missing = [column for column in canonical.required if column not in there]
    unknown = [
        f"'{column}'{nearest(column, canonical.names)}"
        for column in header.folded
        if column not in canonical.names
    ]
    parts = []
    if missing:
        parts.append(f"lacks {_listed(missing)}")
    if unknown:
        parts.append(f"has {_listed(unknown)}, which {canonical.name} does not have")
    hint = (
        f" If it is meant to fill only some columns of {canonical.name}, say --as {canonical.name}."
        if not unknown and wanted is None
        else f" 'kpi template {canonical.name}' prints the columns that it may have."
    )
    return f"{where} is nearest to {canonical.name}, but {' and '.join(parts)}.{hint}"


def _listed(names: list[str] | tuple[str, ...]) -> str:
    shown = list(names[:8])
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return ", ".join(shown) + more
