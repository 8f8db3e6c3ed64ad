"""Which dataset or profile a table belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.datasets import Dataset, all_datasets, dataset
from kpi.errors import FileRefused, NotFound
from kpi.ingest.files.grid import Grid
from kpi.ingest.layout.header import Header, find_header
from kpi.ingest.layout.preamble import read_preamble
from kpi.ingest.mapping.names import GIVEN_BACK, all_names
from kpi.ingest.mapping.plan import ColumnPlan, FeedPlan, Plan, Shape
from kpi.ingest.mapping.planning import Context, plan_of
from kpi.ingest.mapping.profile import Profile, all_profiles
from kpi.ingest.mapping.ratings import find_ratings
from kpi.ingest.mapping.unknown import lies_on_its_side, listed, not_recognised
from kpi.ingest.questions import FileAsks, Question

CANONICAL = "canonical"


@dataclass(frozen=True, slots=True)
class Known:
    """What a table may be recognised as: one dataset, one profile, or, both None, anything; a
    practice's ``own`` profiles come before what is shipped."""

    dataset: str | None = None
    profile: Profile | None = None
    own: Sequence[Profile] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table's header and how the rows under it are read."""

    header: Header
    plan: Plan
    context: Context


def taken_for(grid: Grid, known: Known) -> Dataset | Profile | None:
    """What a table is taken for without a question, if it is anything known. Raises FileRefused
    for a table that has no header."""
    return _match(
        find_header(grid, lambda each: _match(each, known) is not None, all_names()), known
    )


def recognise(grid: Grid, known: Known, context: Context) -> Recognised:
    """The header of a table and the plan for what stands under it.

    In this order: the profile that is named; a profile of the practice's own whose header this is
    exactly; the dataset whose columns the header has exactly (in any order, optional ones may be
    absent); the shipped profile whose columns it has. With ``dataset`` required columns may be
    absent as well. Raises FileRefused with what is missing and what comes nearest.
    """
    header = find_header(grid, lambda each: _match(each, known) is not None, all_names())
    context = replace(context, preamble=read_preamble(header.above))
    found = _match(header, known)
    if found is None:
        if known.profile is not None:
            raise FileRefused(
                f"{grid.name} is not {known.profile.title}: its header lacks "
                f"{listed(known.profile.missing(header))}."
            )
        if lies_on_its_side(grid):
            raise FileRefused(
                f"{grid.name} lies on its side: the names of its columns stand below each other. "
                "Turn it in Excel (Copy, then Paste Special with Transpose) and load it again."
            )
        raise not_recognised(header, grid.name, known.dataset, known.own)
    if isinstance(found, Dataset):
        _refuse_without_key(found, set(header.folded), grid.name)
        _refuse_repeated(found, header, grid.name)
        _refuse_part_of_a_whole(found, header, grid.name)
        return Recognised(header, _canonical(found, header), context)
    if found.refuse:
        raise FileRefused(f"{grid.name} is {found.title}. {found.refuse}")
    if found.header_rows > 1:
        whole = find_header(
            grid, lambda each: each.line == header.line, all_names(), found.header_rows
        )
        header = whole
    if found.melt.get("columns") == "ratings":
        context = replace(context, ratings=find_ratings(grid, header, found))
    plan = plan_of(found, header, context)
    for feed in plan.feeds:
        _refuse_without_key(feed.dataset, set(feed.feed.columns), grid.name)
    return Recognised(header, _only(plan, known.dataset, grid.name), context)


def _match(header: Header, known: Known) -> Dataset | Profile | None:
    """What a header is exactly, if it is anything known."""
    if known.profile is not None:
        return None if known.profile.missing(header) else known.profile
    there = {name for name in header.folded if name}
    for own in known.own:
        if _is_own(own, header):
            return own
    columns = there - GIVEN_BACK
    if known.dataset is not None:
        target = _dataset(known.dataset)
        if columns and columns <= set(target.names):
            return target
    else:
        fitting = [
            each
            for each in all_datasets()
            if columns <= set(each.names) and columns >= set(each.required)
        ]
        if len(fitting) == 1:
            return fitting[0]
    for each in all_profiles():
        if each.header and not each.missing(header):
            return each
    return None


def _is_own(own: Profile, header: Header) -> bool:
    """Whether a header is the one that a practice's own profile was made for, in any order: a
    column more or less may change what the others mean, so a changed one is asked about again."""
    there = {name for name in header.folded if name}
    return {name for name in Header(0, own.names).folded if name} == there


def _dataset(name: str) -> Dataset:
    try:
        return dataset(name)
    except NotFound as error:
        raise FileRefused(str(error)) from None


def _canonical(target: Dataset, header: Header) -> Plan:
    places = {column: place for place, column in enumerate(header.folded)}
    columns = tuple(
        ColumnPlan(column, (places[column.name],), header.cells[places[column.name]].strip())
        for column in target.columns
        if column.name in places
    )
    unnamed = tuple(
        f"column {place} (it has no name)"
        for place, column in enumerate(header.folded, start=1)
        if not column
    )
    shape = Shape(given_back=bool(GIVEN_BACK & places.keys()))
    return Plan(CANONICAL, (FeedPlan(target, columns),), unnamed, shape=shape)


def _only(plan: Plan, wanted: str | None, name: str) -> Plan:
    """The plan with the one feed that is wanted."""
    if wanted is None:
        return plan
    target = _dataset(wanted)
    feeds = tuple(feed for feed in plan.feeds if feed.dataset is target)
    if not feeds:
        offered = " and ".join(feed.dataset.name for feed in plan.feeds)
        raise FileAsks(
            Question.DATASET,
            f"{name} is recognised as {plan.profile}, which feeds {offered} and not {wanted}.",
            plan.feeds[0].dataset.name,
        )
    return replace(plan, feeds=feeds)


def _refuse_repeated(target: Dataset, header: Header, name: str) -> None:
    seen: set[str] = set()
    for place, column in enumerate(header.folded, start=1):
        if column in seen and target.has(column):
            raise FileRefused(
                f"{name}, line {header.line}: column {place} ('{column}') has the same name as "
                "one before it, so it cannot be told which is meant. Rename or remove one of them."
            )
        seen.add(column)


def _refuse_part_of_a_whole(target: Dataset, header: Header, name: str) -> None:
    if not target.by_key and GIVEN_BACK & set(header.folded):
        raise FileRefused(
            f"{name} holds only the rows that were refused, and {target.name} is replaced a whole "
            f"{target.period} at a time: loading it would take away all other rows of its "
            f"{target.period}. Mend these rows in the export itself and load that."
        )


def _refuse_without_key(target: Dataset, there: set[str], name: str) -> None:
    needed = [column for column in target.key if target.column(column).required]
    if target.period:
        needed.append(target.period)
    missing = [column for column in needed if column not in there]
    if missing:
        raise FileRefused(
            f"{name} lacks {listed(missing)}, without which no row of {target.name} can be "
            "told from another. Export it with that column."
        )
